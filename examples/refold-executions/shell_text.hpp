// Flags and their values as they are typed into a POSIX shell, for commands that the program suggests. Used by the page
// of `history` and by `errors`.
#ifndef REFOLD_EXECUTIONS_SHELL_TEXT_HPP
#define REFOLD_EXECUTIONS_SHELL_TEXT_HPP

#include <string>

namespace cli {

/// ` --workflow-name 'Daily Sync'` for the filter `workflow name`; the value is left out if it is empty.
std::string shellFlag(std::string name, const std::string& value);

}  // namespace cli

#endif
