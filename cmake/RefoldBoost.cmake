# Defines refold::boost, through which the testing component uses Boost.Beast and Boost.Asio, if Boost is found and new
# enough. Sets REFOLD_BOOST_VERSION to the version found, empty if unknown. Headers only, so that nothing is linked and
# users of an installed testing component do not need Boost.

if(NOT TARGET refold::boost)
    set(REFOLD_BOOST_VERSION "")
    set(REFOLD_BOOST_FOUND OFF)
    if(TARGET Boost::headers)
        set(REFOLD_BOOST_FOUND ON)
    else()
        find_package(Boost QUIET CONFIG)
        if(TARGET Boost::headers)
            set(REFOLD_BOOST_FOUND ON)
            set(REFOLD_BOOST_VERSION ${Boost_VERSION})
        else()
            # Without its CMake package the headers are all that is needed.
            find_path(REFOLD_BOOST_INCLUDE_DIR boost/beast.hpp)
            mark_as_advanced(REFOLD_BOOST_INCLUDE_DIR)
            if(REFOLD_BOOST_INCLUDE_DIR)
                set(REFOLD_BOOST_FOUND ON)
                file(STRINGS ${REFOLD_BOOST_INCLUDE_DIR}/boost/version.hpp REFOLD_BOOST_VERSION
                    REGEX "^#define BOOST_LIB_VERSION \"[0-9_]+\"")
                string(REGEX REPLACE ".*\"([0-9_]+)\".*" "\\1" REFOLD_BOOST_VERSION "${REFOLD_BOOST_VERSION}")
                string(REPLACE "_" "." REFOLD_BOOST_VERSION "${REFOLD_BOOST_VERSION}")
            endif()
        endif()
    endif()
    if(REFOLD_BOOST_FOUND AND
            ("${REFOLD_BOOST_VERSION}" STREQUAL "" OR NOT REFOLD_BOOST_VERSION VERSION_LESS REFOLD_MINIMUM_BOOST))
        add_library(refold::boost INTERFACE IMPORTED)
        if(TARGET Boost::headers)
            target_link_libraries(refold::boost INTERFACE Boost::headers)
        else()
            target_include_directories(refold::boost SYSTEM INTERFACE ${REFOLD_BOOST_INCLUDE_DIR})
        endif()
        # No Boost library is linked, neither by name nor by the headers' pragmas for MSVC's linker.
        target_compile_definitions(refold::boost INTERFACE BOOST_ALL_NO_LIB BOOST_ERROR_CODE_HEADER_ONLY)
        if(WIN32)
            target_compile_definitions(refold::boost INTERFACE WIN32_LEAN_AND_MEAN NOMINMAX _WIN32_WINNT=0x0A00)
        endif()
    endif()
endif()
