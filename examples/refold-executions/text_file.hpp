// Reads a whole file that the program wrote, such as a checkpoint.
#ifndef REFOLD_EXECUTIONS_TEXT_FILE_HPP
#define REFOLD_EXECUTIONS_TEXT_FILE_HPP

#include <string>

namespace cli {

/// Returns the file's text; empty if there is no such file or if it holds only blanks and line ends. Throws
/// `UsageError`, which names `flag`, if the file cannot be read.
std::string textOfFile(const char* flag, const std::string& path);

}  // namespace cli

#endif
