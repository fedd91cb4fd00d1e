include(CMakeFindDependencyMacro)
find_dependency(refold COMPONENTS testing)
include(${CMAKE_CURRENT_LIST_DIR}/dependerTargets.cmake)
