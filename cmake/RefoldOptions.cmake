# What can be switched. Everything that only the project's own developers need is on when refold is the top-level project and
# off when it is part of another one.

option(REFOLD_BUILD_TESTS "Build refold's tests" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_BUILD_EXAMPLES "Build refold's examples" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_BUILD_TOOLS "Build the program refold-executions" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_BUILD_BENCHMARKS "Build refold's benchmarks" OFF)
option(REFOLD_BUILD_FUZZERS "Build refold's fuzzers (clang only)" OFF)
option(REFOLD_INSTALL "Create refold's install rules" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_WARNINGS "Compile refold with many warnings" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_WERROR "Take warnings in refold for errors" OFF)
set(REFOLD_SANITIZE "" CACHE STRING "Sanitizers for refold's own targets, as -fsanitize takes them: address,undefined or thread")

# REFOLD_BUILD_TESTING, the testing component, is set in RefoldDependencies.cmake: its default depends on what is found.
