// Refuses compilers that cannot use the library, and defines REFOLD_EXPORT, which marks the documented interface.
// Everything else is compiled with hidden visibility and is not exported from a shared library. Included by every
// public header.
//
// On Windows the CMake and pkg-config packages define REFOLD_STATIC for programs that link the static library; the
// library's own sources are compiled with REFOLD_BUILDING.
#ifndef REFOLD_EXPORT_HPP
#define REFOLD_EXPORT_HPP

#if defined(_MSVC_LANG)
#if _MSVC_LANG < 201703L
#error "refold needs C++17: compile with /std:c++17 or newer"
#endif
#elif __cplusplus < 201703L
#error "refold needs C++17: compile with -std=c++17 or newer (CMake: target_compile_features(... cxx_std_17))"
#endif
#if !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#error "refold reports failures by exceptions: compile without -fno-exceptions"
#endif

#if defined(_WIN32)
#if defined(REFOLD_STATIC)
#define REFOLD_EXPORT
#elif defined(REFOLD_BUILDING)
#define REFOLD_EXPORT __declspec(dllexport)
#else
#define REFOLD_EXPORT __declspec(dllimport)
#endif
#elif defined(__GNUC__) || defined(__clang__)
#define REFOLD_EXPORT __attribute__((visibility("default")))
#else
#define REFOLD_EXPORT
#endif

#endif
