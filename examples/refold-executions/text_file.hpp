// Reads a whole file of the program's own, such as a checkpoint.
#ifndef REFOLD_EXECUTIONS_TEXT_FILE_HPP
#define REFOLD_EXECUTIONS_TEXT_FILE_HPP

#include <string>

namespace cli {

/// The file's text; empty where there is no such file. Throws `UsageError`, which names `flag`, where there is one that
/// cannot be read.
std::string textOfFile(const char* flag, const std::string& path);

}  // namespace cli

#endif
