# Defines refold::httplib, through which the testing component reaches cpp-httplib, if it can be found: by its own CMake
# package, or by pkg-config where a distribution (such as Debian) ships only that. Used by the build and by the installed
# package alike.

if(NOT TARGET refold::httplib)
    if(NOT TARGET httplib::httplib)
        find_package(httplib QUIET CONFIG)
    endif()
    if(TARGET httplib::httplib)
        add_library(refold::httplib INTERFACE IMPORTED)
        target_link_libraries(refold::httplib INTERFACE httplib::httplib)
    else()
        find_package(PkgConfig QUIET)
        if(PKG_CONFIG_FOUND)
            pkg_check_modules(REFOLD_HTTPLIB QUIET IMPORTED_TARGET cpp-httplib>=0.11)
        endif()
        if(TARGET PkgConfig::REFOLD_HTTPLIB)
            add_library(refold::httplib INTERFACE IMPORTED)
            target_link_libraries(refold::httplib INTERFACE PkgConfig::REFOLD_HTTPLIB)
        endif()
    endif()
endif()
