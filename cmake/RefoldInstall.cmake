# The rules of `cmake --install`, in three components: runtime (the shared library), development (headers, archives,
# CMake and pkg-config packages, the testing component) and tools (the program). The installed tree can be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(REFOLD_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/refold)

# Directories may be relative to the prefix or absolute. Paths between relative ones are relative, so that the tree can
# be moved. Mixed ones contain the prefix, which `cmake --install --prefix` may change, so they are written during the
# installation.
foreach(REFOLD_DIR IN ITEMS BIN LIB INCLUDE)
    set(REFOLD_${REFOLD_DIR}_ABSOLUTE FALSE)
    if(IS_ABSOLUTE "${CMAKE_INSTALL_${REFOLD_DIR}DIR}")
        set(REFOLD_${REFOLD_DIR}_ABSOLUTE TRUE)
    endif()
endforeach()

# refold_install_configured(<template> <name> <destination>): installs a file, replacing @REFOLD_INSTALL_PREFIX@ during
# the installation.
function(refold_install_configured template name destination)
    install(CODE "
        get_filename_component(REFOLD_INSTALL_PREFIX \"\${CMAKE_INSTALL_PREFIX}\" ABSOLUTE)
        configure_file(\"${template}\" \"${PROJECT_BINARY_DIR}/installed/${name}\" @ONLY)" COMPONENT development)
    install(FILES ${PROJECT_BINARY_DIR}/installed/${name} DESTINATION ${destination} COMPONENT development)
endfunction()

# Shared libraries and programs find each other after the tree was moved. In system directories the loader finds them,
# and distributions allow no run path.
set(REFOLD_LIBRARY_RPATH "")
set(REFOLD_PROGRAM_RPATH "")
if(BUILD_SHARED_LIBS AND NOT DEFINED CMAKE_INSTALL_RPATH AND NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(REFOLD_ORIGIN "$ORIGIN")
    if(APPLE)
        set(REFOLD_ORIGIN "@loader_path")
    endif()
    set(REFOLD_LIBRARY_RPATH "${REFOLD_ORIGIN}")
    if(REFOLD_BIN_ABSOLUTE STREQUAL REFOLD_LIB_ABSOLUTE)
        file(RELATIVE_PATH REFOLD_BIN_TO_LIB ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
        set(REFOLD_PROGRAM_RPATH "${REFOLD_ORIGIN}/${REFOLD_BIN_TO_LIB}")
    else()
        set(REFOLD_PROGRAM_RPATH "${CMAKE_INSTALL_FULL_LIBDIR}")
    endif()
endif()

# refold_install_library(<target> <export set> <component of the shared library>)
function(refold_install_library target export component)
    if(REFOLD_LIBRARY_RPATH)
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "${REFOLD_LIBRARY_RPATH}")
    endif()
    install(TARGETS ${target} EXPORT ${export}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component} NAMELINK_COMPONENT development
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    install(EXPORT ${export} NAMESPACE refold:: DESTINATION ${REFOLD_PACKAGE_DIR} COMPONENT development)
    # For a surrounding project that exports its own targets from its build tree.
    export(EXPORT ${export} NAMESPACE refold:: FILE ${PROJECT_BINARY_DIR}/exported/${export}.cmake)
endfunction()

refold_install_library(refold refoldTargets runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/refold DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
    FILES_MATCHING PATTERN "*.hpp" PATTERN testing EXCLUDE)
if(REFOLD_BUILD_TESTING)
    # For development only.
    refold_install_library(refold_testing refoldTestingTargets development)
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/refold/testing DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/refold
        COMPONENT development FILES_MATCHING PATTERN "*.hpp")
endif()

if(TARGET refold_executions)
    if(REFOLD_PROGRAM_RPATH)
        set_target_properties(refold_executions PROPERTIES INSTALL_RPATH "${REFOLD_PROGRAM_RPATH}")
    endif()
    install(TARGETS refold_executions RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tools)
    set(REFOLD_PROGRAM_DIR ${PROJECT_SOURCE_DIR}/examples/refold-executions)
    install(FILES ${REFOLD_PROGRAM_DIR}/refold-executions.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tools)
    install(FILES ${REFOLD_PROGRAM_DIR}/completion/refold-executions.bash RENAME refold-executions
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tools)
    install(FILES ${REFOLD_PROGRAM_DIR}/completion/_refold-executions
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT tools)
endif()

# The CMake package. The exported targets contain the include directory. It needs correction in one case: with an
# absolute CMAKE_INSTALL_LIBDIR they derive a relative include directory from the configured prefix.
get_target_property(REFOLD_LIBRARY_TYPE refold TYPE)
set(REFOLD_CONFIG_INCLUDES "")
if(REFOLD_LIB_ABSOLUTE AND NOT REFOLD_INCLUDE_ABSOLUTE)
    string(CONCAT REFOLD_CONFIG_INCLUDES "set_property(TARGET refold::refold PROPERTY INTERFACE_INCLUDE_DIRECTORIES "
        "\"@REFOLD_INSTALL_PREFIX@/${CMAKE_INSTALL_INCLUDEDIR}\")")
endif()
configure_package_config_file(cmake/refoldConfig.cmake.in ${PROJECT_BINARY_DIR}/install/refoldConfig.cmake
    INSTALL_DESTINATION ${REFOLD_PACKAGE_DIR}
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/install/refoldConfigVersion.cmake COMPATIBILITY SameMinorVersion)
refold_install_configured(${PROJECT_BINARY_DIR}/install/refoldConfig.cmake refoldConfig.cmake ${REFOLD_PACKAGE_DIR})
install(FILES ${PROJECT_BINARY_DIR}/install/refoldConfigVersion.cmake
    DESTINATION ${REFOLD_PACKAGE_DIR} COMPONENT development)

# The pkg-config package. Paths are relative to the file itself unless configured as absolute. A static refold requires
# libcurl for every link. A shared one must not require it: pkg-config would need libcurl's own file for each
# compilation.
if(REFOLD_LIB_ABSOLUTE)
    set(REFOLD_PC_PREFIX "@REFOLD_INSTALL_PREFIX@")
    set(REFOLD_PC_LIBDIR ${CMAKE_INSTALL_LIBDIR})
else()
    file(RELATIVE_PATH REFOLD_PC_UP /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
    string(REGEX REPLACE "/$" "" REFOLD_PC_UP "${REFOLD_PC_UP}")
    set(REFOLD_PC_PREFIX "\${pcfiledir}/${REFOLD_PC_UP}")
    set(REFOLD_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(REFOLD_INCLUDE_ABSOLUTE)
    set(REFOLD_PC_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
else()
    set(REFOLD_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
if(REFOLD_LIBRARY_TYPE STREQUAL "STATIC_LIBRARY")
    set(REFOLD_PC_REQUIRES "Requires: libcurl >= ${REFOLD_MINIMUM_LIBCURL}")
    set(REFOLD_PC_THREADS " ${CMAKE_THREAD_LIBS_INIT}")
else()
    set(REFOLD_PC_REQUIRES "Requires:")
    set(REFOLD_PC_THREADS "")
endif()
set(REFOLD_PC_DEFINITIONS "")
if(WIN32 AND REFOLD_LIBRARY_TYPE STREQUAL "STATIC_LIBRARY")
    set(REFOLD_PC_DEFINITIONS " -DREFOLD_STATIC")
endif()
configure_file(cmake/refold.pc.in ${PROJECT_BINARY_DIR}/install/refold.pc @ONLY)
refold_install_configured(${PROJECT_BINARY_DIR}/install/refold.pc refold.pc ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Inside another project CMAKE_INSTALL_DOCDIR is that project's, which has a licence and a README of its own.
if(PROJECT_IS_TOP_LEVEL)
    set(REFOLD_DOC_DIR ${CMAKE_INSTALL_DOCDIR})
else()
    set(REFOLD_DOC_DIR ${CMAKE_INSTALL_DATAROOTDIR}/doc/refold)
endif()
install(FILES LICENSE CHANGELOG.md README.md DESTINATION ${REFOLD_DOC_DIR} COMPONENT development)
