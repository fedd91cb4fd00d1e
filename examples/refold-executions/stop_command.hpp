// `refold-executions stop`
#ifndef REFOLD_EXECUTIONS_STOP_COMMAND_HPP
#define REFOLD_EXECUTIONS_STOP_COMMAND_HPP

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

namespace cli {

/// Asks, and then asks the server to stop a run. Returns when the server has taken note, or with `declined`.
ExitCode runStop(const StopArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
