# Reads minimums.txt and refuses older versions. Used by the build only.
#
# Sets REFOLD_MINIMUM_<NAME> and REFOLD_PACKAGE_<NAME> (the Debian package) for each line of minimums.txt. The name is
# in capitals, with _ for anything but letters and digits.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/minimums.txt)
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/minimums.txt REFOLD_MINIMUM_LINES REGEX "^[a-z]")
foreach(REFOLD_MINIMUM_LINE IN LISTS REFOLD_MINIMUM_LINES)
    if(NOT REFOLD_MINIMUM_LINE MATCHES "^([^ ]+) +([0-9.]+) +([^ ]+)$")
        message(FATAL_ERROR "cmake/minimums.txt: not `name version package`: ${REFOLD_MINIMUM_LINE}")
    endif()
    set(REFOLD_MINIMUM_VERSION ${CMAKE_MATCH_2})
    set(REFOLD_MINIMUM_PACKAGE ${CMAKE_MATCH_3})
    string(TOUPPER "${CMAKE_MATCH_1}" REFOLD_MINIMUM_NAME)
    string(REGEX REPLACE "[^A-Z0-9]" "_" REFOLD_MINIMUM_NAME "${REFOLD_MINIMUM_NAME}")
    set(REFOLD_MINIMUM_${REFOLD_MINIMUM_NAME} ${REFOLD_MINIMUM_VERSION})
    set(REFOLD_PACKAGE_${REFOLD_MINIMUM_NAME} ${REFOLD_MINIMUM_PACKAGE})
endforeach()

# refold_require_version(<NAME> <title> <found version>)
#
# Stops if the version is below REFOLD_MINIMUM_<NAME>. An empty version passes, because targets of the surrounding
# project have none.
function(refold_require_version name title found)
    if(NOT "${found}" STREQUAL "" AND "${found}" VERSION_LESS "${REFOLD_MINIMUM_${name}}")
        message(FATAL_ERROR "refold needs ${title} ${REFOLD_MINIMUM_${name}} or newer; found ${found}. "
            "Debian and Ubuntu: install ${REFOLD_PACKAGE_${name}} of a newer release or from backports.")
    endif()
endfunction()

# refold_missing(<NAME> <title>): stops because a dependency is missing.
function(refold_missing name title)
    message(FATAL_ERROR "refold needs ${title} ${REFOLD_MINIMUM_${name}} or newer, which was not found. "
        "Debian and Ubuntu: apt install ${REFOLD_PACKAGE_${name}}.")
endfunction()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    refold_require_version(G__ "g++" "${CMAKE_CXX_COMPILER_VERSION}")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    refold_require_version(CLANG "clang" "${CMAKE_CXX_COMPILER_VERSION}")
endif()
