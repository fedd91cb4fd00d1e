// The command line: which command, with which arguments. All flags are described here, and only here.
#ifndef REFOLD_EXECUTIONS_COMMAND_LINE_HPP
#define REFOLD_EXECUTIONS_COMMAND_LINE_HPP

#include "list_arguments.hpp"

#include <optional>
#include <string>

namespace cli {

struct CommandLine {
    /// What `--help` and `--version` print; no command then.
    std::string information = {};
    std::optional<ListArguments> list = {};
};

/// Throws `UsageError`.
CommandLine parseCommandLine(int argc, const char* const* argv, refold::Timestamp now);

}  // namespace cli

#endif
