// Parses the command line into a command with its arguments. Used by main.
#ifndef REFOLD_EXECUTIONS_COMMAND_LINE_HPP
#define REFOLD_EXECUTIONS_COMMAND_LINE_HPP

#include "command.hpp"

#include <string>
#include <vector>

namespace cli {

struct CommandLine {
    /// The text for `--help` or `--version`; empty if a command was given.
    std::string information = {};
    Run run = {};
};

/// \param words  of the command line, behind the name of the program
/// Throws `UsageError`.
CommandLine parseCommandLine(const std::vector<std::string>& words, refold::Timestamp now);

}  // namespace cli

#endif
