// `refold-executions rerun`
#ifndef REFOLD_EXECUTIONS_RERUN_COMMAND_HPP
#define REFOLD_EXECUTIONS_RERUN_COMMAND_HPP

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

namespace cli {

///  asks, starts a run again, and waits for the new one if told.:Prints the new run's id. `runFailed` where that run was waited for and failed.
ExitCode runRerun(const RerunArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
