# A port of refold. To publish it, replace these lines by a vcpkg_from_github or vcpkg_from_git call with its checksum.
# As an overlay port beside a checkout, set REFOLD_SOURCE_PATH to the source tree.
if(NOT DEFINED REFOLD_SOURCE_PATH)
    get_filename_component(REFOLD_SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
endif()
set(SOURCE_PATH "${REFOLD_SOURCE_PATH}")

vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        testing REFOLD_BUILD_TESTING
        tools   REFOLD_BUILD_TOOLS)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DREFOLD_BUILD_TESTS=OFF
        -DREFOLD_BUILD_EXAMPLES=OFF
        -DREFOLD_WARNINGS=OFF
        ${FEATURE_OPTIONS})
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/refold)
vcpkg_fixup_pkgconfig()
if("tools" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES refold-executions AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share"
    "${CURRENT_PACKAGES_DIR}/share/doc")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
