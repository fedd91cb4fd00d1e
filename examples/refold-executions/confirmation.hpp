// Asks before something is done that cannot be undone. Used by `stop` and `rerun`.
#ifndef REFOLD_EXECUTIONS_CONFIRMATION_HPP
#define REFOLD_EXECUTIONS_CONFIRMATION_HPP

#include "console.hpp"
#include "interruption.hpp"

#include <string_view>

namespace cli {

/// Asks on stderr and reads the answer from stdin: true for y or yes, in any case of letters; anything else is no.
/// Throws `UsageError` where stdin is no terminal, and `Cancelled` when the program is interrupted meanwhile.
bool confirm(std::string_view question, const Console& console, const Interruption& interruption);

}  // namespace cli

#endif
