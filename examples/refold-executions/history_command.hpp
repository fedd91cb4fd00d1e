// Implements `refold-executions history`, which reads every run of a period once and summarises the outcomes.
#ifndef REFOLD_EXECUTIONS_HISTORY_COMMAND_HPP
#define REFOLD_EXECUTIONS_HISTORY_COMMAND_HPP

#include "console.hpp"
#include "history_arguments.hpp"
#include "interruption.hpp"

namespace cli {

/// Prints and writes nothing unless all runs were read, because a part of a history would mislead.
void runHistory(const HistoryArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
