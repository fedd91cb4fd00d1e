# Makes the cross build of tests/windows/run fast: tests whose sources can stand in one file are compiled as few files.
# CMake reads this at the end of the project, where CMAKE_PROJECT_refold_INCLUDE names it.
cmake_language(DEFER CALL refold_speed_up)

function(refold_speed_up)
    foreach(name IN ITEMS types transport auth pipeline wait)
        if(TARGET refold_test_${name})
            set_target_properties(refold_test_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
            target_compile_options(refold_test_${name} PRIVATE -Wno-subobject-linkage -Wno-shadow)
        endif()
    endforeach()
endfunction()
