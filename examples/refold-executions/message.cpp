#include "message.hpp"

#include "platform/streams.hpp"

namespace cli {

void writeMessage(std::string_view text) noexcept {
    // Without stderr there is nowhere to report the failure.
    platform::writeOrDrop(platform::standardError, text);
}

}  // namespace cli
