# Read by cpack once per generator: settings of Debian packages.
if(CPACK_GENERATOR STREQUAL "DEB")
    set(CPACK_COMPONENTS_GROUPING IGNORE)
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
    # Each package has a description of its own, whose first line is the summary.
    unset(CPACK_PACKAGE_DESCRIPTION_SUMMARY)
    # The program's library is in a package of the same build, which dpkg does not know yet.
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CPACK_REFOLD_LIBRARY_DIRS})
endif()
