// Quotes flags and values for a POSIX shell. Used for the commands that the page of `history` and `errors` suggest.
#ifndef REFOLD_EXECUTIONS_SHELL_TEXT_HPP
#define REFOLD_EXECUTIONS_SHELL_TEXT_HPP

#include <string>

namespace cli {

/// ` --workflow-name 'Daily Sync'` for the filter `workflow name`; the value is left out if it is empty.
std::string shellFlag(std::string name, const std::string& value);

}  // namespace cli

#endif
