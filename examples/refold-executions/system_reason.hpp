// Why a call to the system failed, in words. Used wherever the program opens, reads or writes something of its own.
#ifndef REFOLD_EXECUTIONS_SYSTEM_REASON_HPP
#define REFOLD_EXECUTIONS_SYSTEM_REASON_HPP

#include <string>

namespace cli {

/// \param error  a value of errno
/// \return such as `No space left on device`
std::string reasonOf(int error);

}  // namespace cli

#endif
