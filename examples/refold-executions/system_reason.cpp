// The names of errno, not those of the platform: the same text wherever the program runs.
#include "system_reason.hpp"

#include <system_error>

namespace cli {

std::string reasonOf(int error) {
    return std::generic_category().message(error);
}

}  // namespace cli
