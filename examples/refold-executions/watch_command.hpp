// Implements `refold-executions watch`, which follows a history until it is interrupted, its output is closed, or, with
// `--exit-status`, a run fails.
#ifndef REFOLD_EXECUTIONS_WATCH_COMMAND_HPP
#define REFOLD_EXECUTIONS_WATCH_COMMAND_HPP

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "watch_arguments.hpp"

namespace cli {

ExitCode runWatch(const WatchArguments& arguments, Console& console, const Interruption& interruption);

}  // namespace cli

#endif
