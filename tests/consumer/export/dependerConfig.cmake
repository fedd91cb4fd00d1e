include(CMakeFindDependencyMacro)
find_dependency(refold)
include(${CMAKE_CURRENT_LIST_DIR}/dependerTargets.cmake)
