// Implements `refold-executions history`, which reads every run of a period once and summarises the outcomes.
#ifndef REFOLD_EXECUTIONS_HISTORY_COMMAND_HPP
#define REFOLD_EXECUTIONS_HISTORY_COMMAND_HPP

#include "console.hpp"
#include "history_arguments.hpp"
#include "interruption.hpp"

namespace cli {

/// Prints nothing and writes no page unless all runs could be read: half a history would mislead.
void runHistory(const HistoryArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
