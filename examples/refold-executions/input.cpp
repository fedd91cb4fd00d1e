#include "input.hpp"

#include "platform/streams.hpp"

#include <refold/error.hpp>

namespace cli {

bool inputIsTerminal() noexcept {
    return platform::isTerminal(platform::standardInput);
}

std::optional<std::string> readInputLine(const Interruption& interruption) {
    std::string line;
    for (;;) {
        char character = 0;
        const platform::ReadResult result =
            platform::readStream(platform::standardInput, character, interruption.wake());
        if (interruption.requested() || result == platform::ReadResult::interrupted) throw refold::Cancelled();
        if (result == platform::ReadResult::end) return line.empty() ? std::nullopt : std::optional(line);
        if (character == '\n') return line;
        line += character;
    }
}

}  // namespace cli
