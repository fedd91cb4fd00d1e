// `refold-executions rerun`
#ifndef REFOLD_EXECUTIONS_RERUN_COMMAND_HPP
#define REFOLD_EXECUTIONS_RERUN_COMMAND_HPP

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

namespace cli {

/// Asks, starts a run again, prints the new run's id, and waits for the new run if told. `runFailed` where it was waited for and
/// failed, `declined` where the answer was no.
ExitCode runRerun(const RerunArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
