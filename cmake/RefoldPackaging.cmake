# Packages the installed components with `cpack`: Debian packages (librefold<soname>, librefold-dev, refold-tools) and
# archives. Debian packages need a tree configured with the preset `package`. Included by the top-level project only.

set(CPACK_PACKAGE_NAME refold)
set(CPACK_PACKAGE_VENDOR refold)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_RESOURCE_FILE_README ${PROJECT_SOURCE_DIR}/README.md)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_MONOLITHIC_INSTALL OFF)
if(NOT CPACK_GENERATOR)
    set(CPACK_GENERATOR TGZ)
endif()
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME refold-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "/\\.git/" "/build/" "/\\.cache/" "CMakeUserPresets\\.json$")

# Set by the packager; the default says that it was not set.
set(REFOLD_PACKAGE_CONTACT "refold packagers <packagers@refold.example>" CACHE STRING
    "Maintainer of the packages that cpack makes, as Name <address>")
set(CPACK_PACKAGE_CONTACT "${REFOLD_PACKAGE_CONTACT}")

# Without shared libraries the component runtime is empty and makes no package.
get_target_property(REFOLD_LIBRARY_TYPE refold TYPE)
set(CPACK_COMPONENTS_ALL development)
if(REFOLD_LIBRARY_TYPE STREQUAL "SHARED_LIBRARY")
    list(PREPEND CPACK_COMPONENTS_ALL runtime)
endif()
if(TARGET refold_executions)
    list(APPEND CPACK_COMPONENTS_ALL tools)
endif()

# Archives: a single one with every component.
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)

# Debian: one package per component; that of the library is named after the soname. The variables' names contain the
# component's name in capitals.
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/cmake/packaging/debian/cpack_options.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/packaging/debian/complete_staging.cmake)
set(CPACK_REFOLD_SOURCE_DIR ${PROJECT_SOURCE_DIR})
set(CPACK_REFOLD_LIBRARY_DIRS ${PROJECT_BINARY_DIR}/src ${PROJECT_BINARY_DIR}/src/testing)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

get_target_property(REFOLD_SOVERSION refold SOVERSION)
set(REFOLD_DEBIAN_VERSION "${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME librefold${REFOLD_SOVERSION})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/packaging/debian/triggers)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION
    "C++ client for Refold's executions API (shared library)
Lists the executions of Refold workflows, page by page or all of them, with
retries, pacing, cancellation and one time limit for a whole call.
.
This package holds the shared library.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME librefold-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/packaging/debian/triggers)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "nlohmann-json3-dev, pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
    "C++ client for Refold's executions API (development files)
Lists the executions of Refold workflows, page by page or all of them, with
retries, pacing, cancellation and one time limit for a whole call.
.
This package holds the headers, the CMake and pkg-config packages and what a
program is linked with.")
if(REFOLD_LIBRARY_TYPE STREQUAL "SHARED_LIBRARY")
    set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "librefold${REFOLD_SOVERSION} (= ${REFOLD_DEBIAN_VERSION})")
else()
    # Programs that link a static library link its dependencies.
    set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libcurl4-openssl-dev | libcurl-dev")
endif()

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME refold-tools)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION utils)
if(REFOLD_LIBRARY_TYPE STREQUAL "SHARED_LIBRARY")
    set(CPACK_DEBIAN_TOOLS_PACKAGE_DEPENDS "librefold${REFOLD_SOVERSION} (>= ${REFOLD_DEBIAN_VERSION})")
endif()
set(CPACK_DEBIAN_TOOLS_DESCRIPTION
    "run history of Refold workflows on the command line
The program refold-executions lists the executions of Refold workflows as a
table, as CSV or as JSON.")

include(CPack)
