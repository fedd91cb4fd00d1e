// Implements `refold-executions get`, which shows a run with its nodes.
#ifndef REFOLD_EXECUTIONS_GET_COMMAND_HPP
#define REFOLD_EXECUTIONS_GET_COMMAND_HPP

#include "console.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

namespace cli {

/// Prints one run, its nodes, and the reason of its failure. Like every command, returns when all is written, and
/// throws errors that `outcomeOf` maps to exit codes.
void runGet(const GetArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
