// Maps values of errno to own texts, so that they are the same on every platform.
#include "system_reason.hpp"

#include <system_error>

namespace cli {

std::string reasonOf(int error) {
    return std::generic_category().message(error);
}

}  // namespace cli
