// Visibility of the testing component's symbols; see refold/export.hpp. A macro of its own, because on Windows the component imports
// the library's symbols while it exports its own: its sources are compiled with REFOLD_TESTING_BUILDING.
#ifndef REFOLD_TESTING_EXPORT_HPP
#define REFOLD_TESTING_EXPORT_HPP

#include <refold/export.hpp>

#if !defined(_WIN32) || defined(REFOLD_STATIC)
#define REFOLD_TESTING_EXPORT REFOLD_EXPORT
#elif defined(REFOLD_TESTING_BUILDING)
#define REFOLD_TESTING_EXPORT __declspec(dllexport)
#else
#define REFOLD_TESTING_EXPORT __declspec(dllimport)
#endif

#endif
