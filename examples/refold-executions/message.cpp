#include "message.hpp"

#include "platform/streams.hpp"

namespace cli {

void writeMessage(std::string_view text) noexcept {
    // Where stderr is gone there is nobody left to tell.
    platform::writeOrDrop(platform::standardError, text);
}

}  // namespace cli
