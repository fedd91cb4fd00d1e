// The version of the headers, as macros for the preprocessor, and of the library that is linked, as a function.
// CMake reads the three numbers from here, so that they are written once.
#ifndef REFOLD_VERSION_HPP
#define REFOLD_VERSION_HPP

#include <refold/export.hpp>

/// \{
/// A number of the headers' version.
#define REFOLD_VERSION_MAJOR 0
#define REFOLD_VERSION_MINOR 1
#define REFOLD_VERSION_PATCH 0
/// \}

namespace refold {
inline namespace v0 {

/// Returns the version of the linked library as `major.minor.patch`.
[[nodiscard]] REFOLD_EXPORT const char* version() noexcept;

}  // namespace v0
}  // namespace refold

#endif
