#include "confirmation.hpp"

#include "display_text.hpp"
#include "exit_code.hpp"
#include "input.hpp"
#include "message.hpp"

#include <cctype>
#include <string>

namespace cli {

void requireTerminalInput() {
    if (inputIsTerminal()) return;
    throw UsageError(
        "cannot ask for confirmation: stdin is not a terminal; pass --yes to act without being asked, or "
        "--dry-run to see which runs are selected");
}

bool confirm(std::string_view question, const Console& console, const Interruption& interruption) {
    requireTerminalInput();
    writeMessage(forDisplay(question, console.messageTerminal().charset).text + " [y/N] ");
    std::string answer = readInputLine(interruption).value_or("");
    while (!answer.empty() && answer.back() == '\r') answer.pop_back();
    for (char& c : answer) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return answer == "y" || answer == "yes";
}

}  // namespace cli
