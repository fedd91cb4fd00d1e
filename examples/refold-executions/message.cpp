#include "message.hpp"

#include <unistd.h>

namespace cli {

void writeMessage(std::string_view text) noexcept {
    // Where stderr is gone there is nobody left to tell.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace cli
