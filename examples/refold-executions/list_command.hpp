// Implements `refold-executions list`, which prints one page or every run that matches.
#ifndef REFOLD_EXECUTIONS_LIST_COMMAND_HPP
#define REFOLD_EXECUTIONS_LIST_COMMAND_HPP

#include "console.hpp"
#include "interruption.hpp"
#include "list_arguments.hpp"

namespace cli {

/// Returns when all is written; throws what went wrong, for `outcomeOf`.
void runList(const ListArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
