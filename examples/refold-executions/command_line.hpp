// The command line: which command, with which arguments. Used by main.
#ifndef REFOLD_EXECUTIONS_COMMAND_LINE_HPP
#define REFOLD_EXECUTIONS_COMMAND_LINE_HPP

#include "command.hpp"

#include <string>

namespace cli {

struct CommandLine {
    /// What `--help` and `--version` print; no command then.
    std::string information = {};
    Run run = {};
};

/// Throws `UsageError`.
CommandLine parseCommandLine(int argc, const char* const* argv, refold::Timestamp now);

}  // namespace cli

#endif
