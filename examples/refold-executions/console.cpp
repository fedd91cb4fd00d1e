#include "console.hpp"

#include "message.hpp"

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

void Console::beQuiet() {
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

void Console::complain(std::string_view text) const {
    put("refold-executions: " + std::string(text));
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
