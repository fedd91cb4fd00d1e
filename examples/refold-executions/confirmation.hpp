// The question whether to go on, before something is changed on the server.
#ifndef REFOLD_EXECUTIONS_CONFIRMATION_HPP
#define REFOLD_EXECUTIONS_CONFIRMATION_HPP

#include "console.hpp"
#include "interruption.hpp"

#include <string_view>

namespace cli {

/// Throws `UsageError` where stdin is no terminal: there is nobody to ask.
void requireSomebodyToAsk();

/// Asks on stderr, and reads the answer from stdin: true for y and yes. Throws `UsageError` where there is nobody to
/// ask.
bool confirm(std::string_view question, const Console& console, const Interruption& interruption);

}  // namespace cli

#endif
