#include "input.hpp"

#include <refold/error.hpp>

#include <poll.h>
#include <unistd.h>
#include <cerrno>

namespace cli {

bool inputIsTerminal() noexcept {
    return ::isatty(STDIN_FILENO) != 0;
}

std::optional<std::string> readInputLine(const Interruption& interruption) {
    std::string line;
    for (;;) {
        pollfd waits[2] = {{STDIN_FILENO, POLLIN, 0}, {interruption.wakeDescriptor(), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0 && errno != EINTR) return {};
        if (interruption.requested() || waits[1].revents != 0) throw refold::Cancelled();
        if (waits[0].revents == 0) continue;
        char character = 0;
        const ssize_t count = ::read(STDIN_FILENO, &character, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return line.empty() ? std::nullopt : std::optional(line);
        if (character == '\n') return line;
        line += character;
    }
}

}  // namespace cli
