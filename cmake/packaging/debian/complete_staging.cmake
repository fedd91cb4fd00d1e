# Run by cpack between installing and packing, for Debian's requirements: licence and changelogs under the package's
# name, compressed manual pages, and no run path, since the loader searches /usr/lib.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
    return()
endif()

# Reproducible: gzip -n stores no time, and the changelog's date can be set.
function(refold_gzip file)
    execute_process(COMMAND gzip -9nf ${file} RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "gzip cannot compress ${file}")
    endif()
endfunction()

set(CPACK_DEBIAN_PACKAGE_VERSION_AND_RELEASE ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})

# debian/copyright indents the licence and has a dot in empty lines.
file(READ ${CPACK_REFOLD_SOURCE_DIR}/LICENSE REFOLD_LICENSE)
string(REGEX MATCH "Copyright \\(c\\) ([^\n]*)" _ "${REFOLD_LICENSE}")
set(REFOLD_COPYRIGHT "${CMAKE_MATCH_1}")
string(REGEX REPLACE "^.*(Permission is hereby)" "\\1" REFOLD_LICENSE "${REFOLD_LICENSE}")
string(STRIP "${REFOLD_LICENSE}" REFOLD_LICENSE)
string(REPLACE "\n\n" "\n.\n" REFOLD_LICENSE "${REFOLD_LICENSE}")
string(REPLACE "\n" "\n " REFOLD_LICENSE " ${REFOLD_LICENSE}")

string(TIMESTAMP REFOLD_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${component} COMPONENT)
    set(package ${CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME})
    set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}/usr)
    set(doc ${root}/share/doc/${package})
    file(MAKE_DIRECTORY ${doc})

    configure_file(${CPACK_REFOLD_SOURCE_DIR}/cmake/packaging/debian/copyright.in ${doc}/copyright @ONLY)
    configure_file(${CPACK_REFOLD_SOURCE_DIR}/cmake/packaging/debian/changelog.in ${doc}/changelog.Debian @ONLY)
    refold_gzip(${doc}/changelog.Debian)
    configure_file(${CPACK_REFOLD_SOURCE_DIR}/CHANGELOG.md ${doc}/changelog COPYONLY)
    refold_gzip(${doc}/changelog)

    # Removes what `cmake --install` put under the project's name and is copied above or moved to the package's name.
    file(GLOB documents ${root}/share/doc/refold/*)
    foreach(document IN LISTS documents)
        get_filename_component(name ${document} NAME)
        if(name MATCHES "^(LICENSE|CHANGELOG\\.md)$")
            file(REMOVE ${document})
        else()
            file(RENAME ${document} ${doc}/${name})
        endif()
    endforeach()
    file(REMOVE_RECURSE ${root}/share/doc/refold)

    file(GLOB pages ${root}/share/man/man*/*.[0-9])
    foreach(page IN LISTS pages)
        refold_gzip(${page})
    endforeach()

    # Debian's zsh has a separate directory for packages' completions.
    if(IS_DIRECTORY ${root}/share/zsh/site-functions)
        file(RENAME ${root}/share/zsh/site-functions ${root}/share/zsh/vendor-completions)
    endif()

    file(GLOB programs ${root}/bin/*)
    file(GLOB_RECURSE libraries ${root}/lib/*.so.*)
    foreach(file IN LISTS programs libraries)
        if(NOT IS_SYMLINK ${file})
            file(RPATH_REMOVE FILE ${file})
        endif()
    endforeach()
endforeach()
