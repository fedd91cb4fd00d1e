// Implements `refold-executions wait`, which waits until a run has ended. `rerun --wait` uses its loop.
#ifndef REFOLD_EXECUTIONS_WAIT_COMMAND_HPP
#define REFOLD_EXECUTIONS_WAIT_COMMAND_HPP

#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "run_arguments.hpp"

#include <refold/client.hpp>

#include <string>

namespace cli {

/// Prints how the run ended on stdout. `runFailed` if it failed.
ExitCode runWait(const WaitArguments& arguments, Console& console, const Interruption& interruption);

/// Describes the run in one line: `COMPLETED  <id>  after 3m20s`, and of a failed one the failed node.
std::string finalLine(const refold::ExecutionDetail& run, Charset charset);

/// Waits, with progress on stderr where that is a terminal.
refold::ExecutionDetail waitFor(const refold::Client& client, const std::string& id, refold::WaitOptions options,
                                const Console& console, const Interruption& interruption);

}  // namespace cli

#endif
