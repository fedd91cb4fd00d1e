# Defines refold::boost, through which the testing component uses Boost.Beast and Boost.Asio, if Boost is found. Headers
# only, so that nothing is linked and users of an installed testing component do not need Boost.

if(NOT TARGET refold::boost)
    if(NOT TARGET Boost::headers)
        find_package(Boost ${REFOLD_MINIMUM_BOOST} QUIET CONFIG)
    endif()
    if(TARGET Boost::headers)
        add_library(refold::boost INTERFACE IMPORTED)
        target_link_libraries(refold::boost INTERFACE Boost::headers)
    else()
        # Without its CMake package the headers are all that is needed.
        find_path(REFOLD_BOOST_INCLUDE_DIR boost/beast.hpp)
        mark_as_advanced(REFOLD_BOOST_INCLUDE_DIR)
        if(REFOLD_BOOST_INCLUDE_DIR)
            file(STRINGS ${REFOLD_BOOST_INCLUDE_DIR}/boost/version.hpp REFOLD_BOOST_VERSION
                REGEX "^#define BOOST_LIB_VERSION \"[0-9_]+\"")
            string(REGEX REPLACE ".*\"([0-9_]+)\".*" "\\1" REFOLD_BOOST_VERSION "${REFOLD_BOOST_VERSION}")
            string(REPLACE "_" "." REFOLD_BOOST_VERSION "${REFOLD_BOOST_VERSION}")
            if(REFOLD_BOOST_VERSION VERSION_GREATER_EQUAL REFOLD_MINIMUM_BOOST)
                add_library(refold::boost INTERFACE IMPORTED)
                target_include_directories(refold::boost SYSTEM INTERFACE ${REFOLD_BOOST_INCLUDE_DIR})
            endif()
        endif()
    endif()
    if(TARGET refold::boost)
        # No Boost library is linked, neither by name nor by the headers' pragmas for MSVC's linker.
        target_compile_definitions(refold::boost INTERFACE BOOST_ALL_NO_LIB BOOST_ERROR_CODE_HEADER_ONLY)
        if(WIN32)
            target_compile_definitions(refold::boost INTERFACE WIN32_LEAN_AND_MEAN NOMINMAX _WIN32_WINNT=0x0A00)
        endif()
    endif()
endif()
