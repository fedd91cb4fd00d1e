# Finds the library's dependencies, and decides which optional parts are built. Uses targets that the surrounding
# project has defined. Downloads nothing.

if(NOT TARGET Threads::Threads)
    set(THREADS_PREFER_PTHREAD_FLAG ON)
    find_package(Threads REQUIRED)
endif()

if(NOT TARGET CURL::libcurl)
    find_package(CURL QUIET)
    if(NOT TARGET CURL::libcurl)
        refold_missing(LIBCURL "libcurl")
    endif()
    if(CURL_VERSION_STRING)
        refold_require_version(LIBCURL "libcurl" "${CURL_VERSION_STRING}")
    else()
        refold_require_version(LIBCURL "libcurl" "${CURL_VERSION}")
    endif()
endif()

if(NOT TARGET nlohmann_json::nlohmann_json)
    find_package(nlohmann_json QUIET)
    if(NOT TARGET nlohmann_json::nlohmann_json)
        refold_missing(NLOHMANN_JSON "nlohmann/json")
    endif()
    refold_require_version(NLOHMANN_JSON "nlohmann/json" "${nlohmann_json_VERSION}")
endif()

# refold_decide(<option> <what it builds> <what it lacks>): sets AUTO to ON or OFF. `lacks` is empty if nothing is
# missing.
function(refold_decide option what lacks)
    if("${${option}}" STREQUAL "AUTO")
        if("${lacks}" STREQUAL "")
            set(${option} ON PARENT_SCOPE)
        else()
            message(STATUS "refold: leaving out ${what}; missing: ${lacks}")
            set(${option} OFF PARENT_SCOPE)
        endif()
    elseif(${${option}} AND NOT "${lacks}" STREQUAL "")
        message(FATAL_ERROR
            "${option} is ON, but ${what} cannot be built; missing: ${lacks}. Install it, or configure with "
            "-D${option}=OFF.")
    endif()
endfunction()

# refold_lacks(<NAME> <title> <found version>): sets REFOLD_LACKS to what an optional part lacks. The version is empty
# if nothing was found.
function(refold_lacks name title found)
    set(found_text "")
    if(NOT "${found}" STREQUAL "")
        set(found_text "; found ${found}")
    endif()
    set(REFOLD_LACKS
        "${title} ${REFOLD_MINIMUM_${name}} or newer (Debian: ${REFOLD_PACKAGE_${name}}${found_text})" PARENT_SCOPE)
endfunction()

# The testing component is built with Boost's headers.
set(REFOLD_LACKS "")
if(REFOLD_BUILD_TESTING)
    include(cmake/RefoldBoost.cmake)
    if(NOT TARGET refold::boost)
        refold_lacks(BOOST "the headers of Boost" "${REFOLD_BOOST_VERSION}")
    endif()
endif()
refold_decide(REFOLD_BUILD_TESTING "the testing component" "${REFOLD_LACKS}")

set(REFOLD_LACKS "")
if(REFOLD_BUILD_TESTS)
    set(REFOLD_MISSING)
    if(NOT REFOLD_BUILD_TESTING)
        list(APPEND REFOLD_MISSING "the testing component (REFOLD_BUILD_TESTING)")
    endif()
    find_package(GTest QUIET)
    if(NOT GTest_FOUND AND NOT GTEST_FOUND)
        list(APPEND REFOLD_MISSING "GoogleTest (Debian: libgtest-dev)")
    endif()
    find_package(ZLIB QUIET)
    if(NOT ZLIB_FOUND)
        list(APPEND REFOLD_MISSING "zlib (Debian: zlib1g-dev)")
    endif()
    list(JOIN REFOLD_MISSING " and " REFOLD_LACKS)
endif()
refold_decide(REFOLD_BUILD_TESTS "the tests" "${REFOLD_LACKS}")

# A real server for the tests of the wire.
if(REFOLD_BUILD_TESTS)
    find_program(REFOLD_NGINX nginx PATHS /usr/sbin /usr/local/sbin)
    mark_as_advanced(REFOLD_NGINX)
    if(NOT REFOLD_NGINX)
        message(STATUS "refold: leaving out the tests of the wire; missing: nginx (Debian: nginx-light)")
    endif()
endif()

set(REFOLD_LACKS "")
if(REFOLD_BUILD_TOOLS)
    find_package(CLI11 QUIET)
    if(NOT TARGET CLI11::CLI11)
        refold_lacks(CLI11 "CLI11" "")
    elseif(CLI11_VERSION AND CLI11_VERSION VERSION_LESS REFOLD_MINIMUM_CLI11)
        refold_lacks(CLI11 "CLI11" "${CLI11_VERSION}")
    endif()
endif()
refold_decide(REFOLD_BUILD_TOOLS "the program refold-executions" "${REFOLD_LACKS}")

if(REFOLD_BUILD_EXAMPLES AND NOT REFOLD_BUILD_TESTING)
    message(STATUS "refold: leaving out the demo; missing: the testing component (REFOLD_BUILD_TESTING)")
endif()
