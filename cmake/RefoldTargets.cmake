# Settings shared by refold's own targets.

# Applies the options for warnings and sanitizers.
function(refold_developer_options target)
    if(REFOLD_WARNINGS)
        target_compile_options(${target} PRIVATE
            $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow;-Wold-style-cast>
            $<$<CXX_COMPILER_ID:MSVC>:/W4>)
        # g++ 10 takes the value of an empty std::optional for one that is used.
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 11)
            target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
        endif()
    endif()
    # Unity builds include sources: g++ warns about their unnamed namespaces, and names of one source may shadow those
    # of the next.
    if(CMAKE_UNITY_BUILD)
        target_compile_options(${target} PRIVATE
            $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
            $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wno-shadow>)
    endif()
    if(REFOLD_WERROR)
        target_compile_options(${target} PRIVATE
            $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Werror>
            $<$<CXX_COMPILER_ID:MSVC>:/WX>)
    endif()
    if(REFOLD_SANITIZE)
        target_compile_options(${target} PRIVATE
            -fsanitize=${REFOLD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
        target_link_options(${target} PRIVATE -fsanitize=${REFOLD_SANITIZE})
    endif()
endfunction()

# Applies the settings of everything in a library: at least C++17, and hidden visibility except for REFOLD_EXPORT.
function(refold_library_options target)
    target_compile_features(${target} PUBLIC cxx_std_17)
    set_target_properties(${target} PROPERTIES
        CXX_EXTENSIONS OFF
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON)
    # The sources are UTF-8; MSVC would assume the machine's code page.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:MSVC>:/utf-8>)
    refold_developer_options(${target})
endfunction()

# Objects of a shared library must be position independent; for a static one, CMAKE_POSITION_INDEPENDENT_CODE decides.
function(refold_object_library target)
    add_library(${target} OBJECT ${ARGN})
    refold_library_options(${target})
    if(BUILD_SHARED_LIBS)
        set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    endif()
endfunction()

# Sets the properties of an installed library. While the major version is 0, a minor version may break the binary
# interface, so it is part of the soname.
function(refold_delivered_library target)
    if(PROJECT_VERSION_MAJOR EQUAL 0)
        set(soversion ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
    else()
        set(soversion ${PROJECT_VERSION_MAJOR})
    endif()
    # Relative run paths in the build tree, so that libraries do not contain the build directory.
    set_target_properties(${target} PROPERTIES
        VERSION ${PROJECT_VERSION}
        SOVERSION ${soversion}
        BUILD_RPATH_USE_ORIGIN ON)
    # Hidden visibility does not affect the standard library's templates, which would be exported for every type of
    # refold.
    if(BUILD_SHARED_LIBS AND UNIX AND NOT APPLE)
        set(map ${PROJECT_SOURCE_DIR}/cmake/refold.map)
        target_link_options(${target} PRIVATE "LINKER:--version-script=${map}")
        set_target_properties(${target} PROPERTIES LINK_DEPENDS ${map})
    endif()
endfunction()
