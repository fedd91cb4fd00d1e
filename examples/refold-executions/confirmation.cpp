// Reads with poll(), so that Ctrl-C ends the question and not only the program's patience.
#include "confirmation.hpp"

#include "display_text.hpp"
#include "exit_code.hpp"

#include <refold/error.hpp>

#include <poll.h>
#include <unistd.h>
#include <cctype>
#include <cerrno>
#include <string>

namespace cli {
namespace {

/// A line from stdin without its end; what there is of it where the input ends.
std::string readLine(const Interruption& interruption) {
    std::string line;
    for (;;) {
        pollfd waits[2] = {{STDIN_FILENO, POLLIN, 0}, {interruption.wakeDescriptor(), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0 && errno != EINTR) return {};
        if (interruption.requested() || waits[1].revents != 0) throw refold::Cancelled();
        if (waits[0].revents == 0) continue;
        char character = 0;
        const ssize_t count = ::read(STDIN_FILENO, &character, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || character == '\n' || character == '\r') return line;
        line += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    }
}

}  // namespace

bool confirm(std::string_view question, const Console& console, const Interruption& interruption) {
    if (::isatty(STDIN_FILENO) == 0) {
        throw UsageError("stdin is no terminal, so that nobody can be asked; give --yes to go on without asking");
    }
    const std::string text = forDisplay(question, console.messageTerminal().charset).text + " [y/N] ";
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    const std::string answer = readLine(interruption);
    return answer == "y" || answer == "yes";
}

}  // namespace cli
