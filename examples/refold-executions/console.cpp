#include "console.hpp"

#include "message.hpp"
#include "platform/streams.hpp"

#include <string>

namespace cli {

Console::Console(const Interruption& interruption)
    : dataTerminal_(inspectTerminal(platform::standardOutput)),
      messageTerminal_(inspectTerminal(platform::standardError)),
      data_(platform::standardOutput, interruption.wake()) {
}

void Console::setQuiet() {
    quiet_ = true;
    messageTerminal_.isTerminal = false;
    messageTerminal_.canRedraw = false;
}

void Console::say(std::string_view text) const {
    if (!quiet_) put(text);
}

void Console::put(std::string_view text) const {
    writeMessage(forDisplay(text, messageTerminal_.charset).text + "\n");
}

void Console::report(std::string_view text) const {
    put("refold-executions: " + std::string(text));
}

void Console::detail(std::string_view text) const {
    const std::size_t width = messageTerminal_.width.value_or(anyWidth);
    writeMessage(forDisplay(text, messageTerminal_.charset, width).text + "\n");
}

}  // namespace cli
