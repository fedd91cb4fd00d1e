# The options. Parts for refold's own developers are on if refold is the top-level project, and off otherwise.

# refold_part(<option> <description>): a part with further dependencies. ON requires it, OFF leaves it out, AUTO builds
# it if its dependencies are found. RefoldDependencies.cmake decides and sets a variable of the same name to ON or OFF.
macro(refold_part option description)
    if(NOT DEFINED ${option})
        if(PROJECT_IS_TOP_LEVEL)
            set(${option} AUTO CACHE STRING "${description} (ON, OFF, or AUTO: where what it needs is found)")
        else()
            set(${option} OFF CACHE STRING "${description} (ON, OFF, or AUTO: where what it needs is found)")
        endif()
        set_property(CACHE ${option} PROPERTY STRINGS AUTO ON OFF)
    endif()
endmacro()

refold_part(REFOLD_BUILD_TESTING "Build refold's testing component")
refold_part(REFOLD_BUILD_TESTS "Build refold's tests")
refold_part(REFOLD_BUILD_TOOLS "Build the program refold-executions")
option(REFOLD_BUILD_EXAMPLES "Build refold's examples" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_BUILD_BENCHMARKS "Build refold's benchmarks" OFF)
option(REFOLD_BUILD_FUZZERS "Build refold's fuzzers (clang only)" OFF)
option(REFOLD_INSTALL "Create refold's install and export rules" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_WARNINGS "Compile refold with many warnings" ${PROJECT_IS_TOP_LEVEL})
option(REFOLD_WERROR "Treat warnings in refold as errors" OFF)
set(REFOLD_SANITIZE "" CACHE STRING
    "Sanitizers for refold's own targets, as -fsanitize takes them: address,undefined or thread")
