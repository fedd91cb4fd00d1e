// Messages are written in one piece each, so that those of several programs on one terminal do not mix.
#include "console.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <string>

namespace cli {

Console::Console(const Interruption& interruption)
    : dataTerminal_(inspectTerminal(STDOUT_FILENO)),
      messageTerminal_(inspectTerminal(STDERR_FILENO)),
      data_(STDOUT_FILENO, interruption.wakeDescriptor()) {
}

void Console::say(std::string_view text) const {
    const std::string line = forDisplay(text, messageTerminal_.charset).text + "\n";
    // Where stderr is gone there is nobody left to tell.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

void Console::complain(std::string_view text) const {
    say("refold-executions: " + std::string(text));
}

void prepareDescriptors() {
    std::signal(SIGPIPE, SIG_IGN);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
        // open() takes the lowest free number, which is this one. Opened for reading, it refuses every write.
        [[maybe_unused]] const int opened = ::open("/dev/null", O_RDONLY);
    }
}

}  // namespace cli
