#include "platform/arguments.hpp"

namespace cli::platform {

std::vector<std::string> argumentsOf(int argc, const char* const* argv) {
    if (argc < 2) return {};
    return {argv + 1, argv + argc};
}

}  // namespace cli::platform
