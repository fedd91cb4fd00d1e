// Visibility of the testing component's symbols; see refold/export.hpp. On Windows the component exports its own
// symbols and imports the library's, so it needs a macro of its own. Its sources are compiled with
// REFOLD_TESTING_BUILDING.
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
