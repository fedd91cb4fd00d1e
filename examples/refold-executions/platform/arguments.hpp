// Returns the arguments of the command line in UTF-8. Used by main.
#ifndef REFOLD_EXECUTIONS_PLATFORM_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_PLATFORM_ARGUMENTS_HPP

#include <string>
#include <vector>

namespace cli::platform {

/// Those behind the name of the program, as `main` got them; on Windows, where those are in the code page of the
/// system, as the system has them.
std::vector<std::string> argumentsOf(int argc, const char* const* argv);

}  // namespace cli::platform

#endif
