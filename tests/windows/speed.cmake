# Speeds up the cross build of tests/windows/run by unity builds of the tests whose sources allow it. Included through
# CMAKE_PROJECT_refold_INCLUDE.
cmake_language(DEFER CALL refold_speed_up)

function(refold_speed_up)
    foreach(name IN ITEMS types transport auth pipeline wait)
        if(TARGET refold_test_${name})
            set_target_properties(refold_test_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
            target_compile_options(refold_test_${name} PRIVATE -Wno-subobject-linkage -Wno-shadow)
        endif()
    endforeach()
endfunction()
