// Describes a command: its flags, its examples, and how a parsed command line becomes something to run. Each command
// has a file `<name>_flags.cpp`; command_line.cpp lists them.
#ifndef REFOLD_EXECUTIONS_COMMAND_HPP
#define REFOLD_EXECUTIONS_COMMAND_HPP

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"

#include <refold/timestamp.hpp>

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace cli {

/// Runs a command; returns the program's exit code unless it throws.
using Run = std::function<ExitCode(Console&, const Interruption&)>;

struct Command {
    /// The app that declares its flags; owned by the program's app.
    CLI::App* app = nullptr;
    /// The examples at the top of `--help`.
    std::string examples = {};
    /// Reads the flags after parsing. Throws `UsageError`.
    std::function<Run(refold::Timestamp now)> read = {};
};

}  // namespace cli

#endif
