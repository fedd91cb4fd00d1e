// What the command line knows of a command: its flags, its examples, and how a parsed command line becomes something to
// run. Each command has a file `<name>_flags.cpp` that describes it so; command_line.cpp lists them.
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

/// Does a command's work. Its value is how the program ends where nothing is thrown.
using Run = std::function<ExitCode(Console&, const Interruption&)>;

struct Command {
    /// Where its flags are declared; owned by the program's app.
    CLI::App* app = nullptr;
    /// What `--help` leads with.
    std::string examples = {};
    /// Reads the flags after parsing. Throws `UsageError`.
    std::function<Run(refold::Timestamp now)> read = {};
};

}  // namespace cli

#endif
