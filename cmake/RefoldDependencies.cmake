# Finds what the library is made of. A target that the surrounding project has already defined is taken as it is; nothing is
# downloaded.

if(NOT TARGET Threads::Threads)
    set(THREADS_PREFER_PTHREAD_FLAG ON)
    find_package(Threads REQUIRED)
endif()

if(NOT TARGET CURL::libcurl)
    find_package(CURL 7.85 REQUIRED)
endif()

if(NOT TARGET nlohmann_json::nlohmann_json)
    find_package(nlohmann_json 3.8 REQUIRED)
endif()

# The testing component is built with Boost's headers. Without them everything else is still built.
if(PROJECT_IS_TOP_LEVEL OR REFOLD_BUILD_TESTING)
    include(cmake/RefoldBoost.cmake)
endif()
set(REFOLD_BUILD_TESTING_DEFAULT OFF)
if(PROJECT_IS_TOP_LEVEL AND TARGET refold::boost)
    set(REFOLD_BUILD_TESTING_DEFAULT ON)
endif()
option(REFOLD_BUILD_TESTING "Build refold's testing component (needs Boost's headers)" ${REFOLD_BUILD_TESTING_DEFAULT})

if(REFOLD_BUILD_TESTING AND NOT TARGET refold::boost)
    message(FATAL_ERROR
        "refold's testing component is built with the headers of Boost ${REFOLD_BOOST_MINIMUM} or newer, which were not found. Install "
        "them (Debian and Ubuntu: libboost-dev), or switch the component off with -DREFOLD_BUILD_TESTING=OFF.")
endif()
if(REFOLD_BUILD_TESTS AND NOT REFOLD_BUILD_TESTING)
    message(FATAL_ERROR
        "refold's tests run on its testing component, which is built with the headers of Boost ${REFOLD_BOOST_MINIMUM} or newer (Debian "
        "and Ubuntu: libboost-dev). Run cmake/bootstrap, or configure with -DREFOLD_BUILD_TESTS=OFF.")
endif()
