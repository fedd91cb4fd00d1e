// Runs a shell command of the user for a change (`watch --exec`). Its output goes to stderr, so that it does not mix
// with the data.
#ifndef REFOLD_EXECUTIONS_PLATFORM_CHILD_PROCESS_HPP
#define REFOLD_EXECUTIONS_PLATFORM_CHILD_PROCESS_HPP

#include <refold/cancel.hpp>

#include <string>
#include <utility>
#include <vector>

namespace cli::platform {

/// Runs `command` by the shell (/bin/sh, on Windows cmd.exe), with `input` on its stdin and `variables` in its
/// environment, waits for its end, and returns the reason of a failure; empty if it ended with 0. Texts from
/// outside are never part of the shell's command line. Ends the command when cancelled.
std::string runCommand(const std::string& command, const std::string& input,
                       const std::vector<std::pair<std::string, std::string>>& variables,
                       const refold::CancelToken& cancel);

}  // namespace cli::platform

#endif
