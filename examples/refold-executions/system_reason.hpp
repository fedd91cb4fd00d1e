// Describes the failure of a system call. Used wherever the program opens, reads or writes a file or stream.
#ifndef REFOLD_EXECUTIONS_SYSTEM_REASON_HPP
#define REFOLD_EXECUTIONS_SYSTEM_REASON_HPP

#include <string>

namespace cli {

/// \param error  a value of errno
/// \return such as `No space left on device`
std::string reasonOf(int error);

}  // namespace cli

#endif
