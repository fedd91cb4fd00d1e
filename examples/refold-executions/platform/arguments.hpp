// Returns the arguments of the command line in UTF-8. Used by main.
#ifndef REFOLD_EXECUTIONS_PLATFORM_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_PLATFORM_ARGUMENTS_HPP

#include <string>
#include <vector>

namespace cli::platform {

/// Returns the arguments after the program's name: those of `main`; on Windows, where these are in the system's code
/// page, those of the system.
std::vector<std::string> argumentsOf(int argc, const char* const* argv);

}  // namespace cli::platform

#endif
