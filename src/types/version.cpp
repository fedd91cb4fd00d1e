// Returns the version of the linked library.
#include <refold/version.hpp>

#define REFOLD_TEXT_OF(number) #number
#define REFOLD_VERSION_TEXT(major, minor, patch) \
    REFOLD_TEXT_OF(major) "." REFOLD_TEXT_OF(minor) "." REFOLD_TEXT_OF(patch)

namespace refold {
inline namespace v0 {

const char* version() noexcept {
    return REFOLD_VERSION_TEXT(REFOLD_VERSION_MAJOR, REFOLD_VERSION_MINOR, REFOLD_VERSION_PATCH);
}

}  // namespace v0
}  // namespace refold
