// Implements `refold-executions rerun` and `refold-executions stop`, for one run or many.
#ifndef REFOLD_EXECUTIONS_BULK_COMMAND_HPP
#define REFOLD_EXECUTIONS_BULK_COMMAND_HPP

#include "bulk_arguments.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"

namespace cli {

/// Selects, asks, acts, and waits if told. `declined` where the answer was no, `runFailed` where a new run that was
/// waited for failed; for several runs else the code of the first that could not be acted on.
ExitCode runBulk(const BulkArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
