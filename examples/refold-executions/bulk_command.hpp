// Implements `refold-executions rerun` and `refold-executions stop`, for one run or many.
#ifndef REFOLD_EXECUTIONS_BULK_COMMAND_HPP
#define REFOLD_EXECUTIONS_BULK_COMMAND_HPP

#include "bulk_arguments.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"

namespace cli {

/// Selects runs, asks for confirmation, acts, and waits if requested. Returns `declined` if the answer was no,
/// `runFailed` if a new run that was waited for failed, otherwise the code of the first run that could not be acted on.
ExitCode runBulk(const BulkArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
