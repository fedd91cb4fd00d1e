// Asks for confirmation before something is changed on the server.
#ifndef REFOLD_EXECUTIONS_CONFIRMATION_HPP
#define REFOLD_EXECUTIONS_CONFIRMATION_HPP

#include "console.hpp"
#include "interruption.hpp"

#include <string_view>

namespace cli {

/// Throws `UsageError` unless stdin is a terminal.
void requireTerminalInput();

/// Asks on stderr and reads the answer from stdin: true for y and yes. Throws `UsageError` unless stdin is a terminal.
bool confirm(std::string_view question, const Console& console, const Interruption& interruption);

}  // namespace cli

#endif
