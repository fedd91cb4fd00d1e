# What `cmake --install` lays down, in three components: runtime (the shared library), development (headers, archives, CMake and
# pkg-config packages, the testing component) and tools (the program). The result may be moved as a whole.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(REFOLD_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/refold)

# Shared libraries and programs find each other wherever the tree is moved to. In the system's own directories the
# loader does that, and distributions want no run path there.
set(REFOLD_RELATIVE_RPATH "")
if(BUILD_SHARED_LIBS AND NOT DEFINED CMAKE_INSTALL_RPATH AND NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    file(RELATIVE_PATH REFOLD_BIN_TO_LIB ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
    if(APPLE)
        set(REFOLD_RELATIVE_RPATH "@loader_path;@loader_path/${REFOLD_BIN_TO_LIB}")
    else()
        set(REFOLD_RELATIVE_RPATH "$ORIGIN;$ORIGIN/${REFOLD_BIN_TO_LIB}")
    endif()
endif()

# refold_install_library(<target> <export set> <component of the shared library> [<file set>...])
function(refold_install_library target export component)
    set(file_sets)
    foreach(file_set IN LISTS ARGN)
        list(APPEND file_sets FILE_SET ${file_set} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
    endforeach()
    if(REFOLD_RELATIVE_RPATH)
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "${REFOLD_RELATIVE_RPATH}")
    endif()
    install(TARGETS ${target} EXPORT ${export}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component} NAMELINK_COMPONENT development
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
        ${file_sets})
    install(EXPORT ${export} NAMESPACE refold:: DESTINATION ${REFOLD_PACKAGE_DIR} COMPONENT development)
endfunction()

refold_install_library(refold refoldTargets runtime HEADERS refold_json_headers)
if(REFOLD_BUILD_TESTING)
    # No program in production needs it.
    refold_install_library(refold_testing refoldTestingTargets development HEADERS)
endif()

if(TARGET refold_executions)
    if(REFOLD_RELATIVE_RPATH)
        set_target_properties(refold_executions PROPERTIES INSTALL_RPATH "${REFOLD_RELATIVE_RPATH}")
    endif()
    install(TARGETS refold_executions RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tools)
    set(REFOLD_PROGRAM_DIR ${PROJECT_SOURCE_DIR}/examples/refold-executions)
    install(FILES ${REFOLD_PROGRAM_DIR}/refold-executions.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tools)
    install(FILES ${REFOLD_PROGRAM_DIR}/completion/refold-executions.bash RENAME refold-executions
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tools)
    install(FILES ${REFOLD_PROGRAM_DIR}/completion/_refold-executions
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT tools)
endif()

# The CMake package.
get_target_property(REFOLD_LIBRARY_TYPE refold TYPE)
configure_package_config_file(cmake/refoldConfig.cmake.in ${PROJECT_BINARY_DIR}/refoldConfig.cmake
    INSTALL_DESTINATION ${REFOLD_PACKAGE_DIR}
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/refoldConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/refoldConfig.cmake ${PROJECT_BINARY_DIR}/refoldConfigVersion.cmake
    DESTINATION ${REFOLD_PACKAGE_DIR} COMPONENT development)

# The pkg-config package. Paths are relative to the file itself, unless the builder asked for absolute ones. A static refold
# needs libcurl on every link. A shared one brings it along, and must not ask for it: pkg-config would want libcurl's own file for
# each compilation, though no static library is there that could be linked.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    set(REFOLD_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
    set(REFOLD_PC_LIBDIR ${CMAKE_INSTALL_LIBDIR})
else()
    file(RELATIVE_PATH REFOLD_PC_UP /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
    string(REGEX REPLACE "/$" "" REFOLD_PC_UP "${REFOLD_PC_UP}")
    set(REFOLD_PC_PREFIX "\${pcfiledir}/${REFOLD_PC_UP}")
    set(REFOLD_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
    set(REFOLD_PC_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
else()
    set(REFOLD_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
if(REFOLD_LIBRARY_TYPE STREQUAL "STATIC_LIBRARY")
    set(REFOLD_PC_REQUIRES "Requires: libcurl >= 7.85.0")
    set(REFOLD_PC_THREADS " ${CMAKE_THREAD_LIBS_INIT}")
else()
    set(REFOLD_PC_REQUIRES "Requires:")
    set(REFOLD_PC_THREADS "")
endif()
configure_file(cmake/refold.pc.in ${PROJECT_BINARY_DIR}/refold.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/refold.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

# Inside another project CMAKE_INSTALL_DOCDIR is that project's, which has a licence and a README of its own.
if(PROJECT_IS_TOP_LEVEL)
    set(REFOLD_DOC_DIR ${CMAKE_INSTALL_DOCDIR})
else()
    set(REFOLD_DOC_DIR ${CMAKE_INSTALL_DATAROOTDIR}/doc/refold)
endif()
install(FILES LICENSE CHANGELOG.md README.md DESTINATION ${REFOLD_DOC_DIR} COMPONENT development)
