// Implements `refold-executions get`, which shows a run with its nodes.
#ifndef REFOLD_EXECUTIONS_GET_COMMAND_HPP
#define REFOLD_EXECUTIONS_GET_COMMAND_HPP

#include "console.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

namespace cli {

/// Prints one run, its nodes, and why it failed. Returns when all is written; throws what went wrong, for `outcomeOf`;
/// so do the other commands.
void runGet(const GetArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
