// Reads stdin line by line; Ctrl-C ends a read. Used to ask for confirmation and to read ids from a pipe.
#ifndef REFOLD_EXECUTIONS_INPUT_HPP
#define REFOLD_EXECUTIONS_INPUT_HPP

#include "interruption.hpp"

#include <optional>
#include <string>

namespace cli {

/// True if stdin is a terminal.
bool inputIsTerminal() noexcept;

/// A line from stdin without its end, also the last one where it has none; nothing at the end of the input. Throws
/// `refold::Cancelled` when interrupted.
std::optional<std::string> readInputLine(const Interruption& interruption);

}  // namespace cli

#endif
