// Declares the flags of `refold-executions errors`.
#ifndef REFOLD_EXECUTIONS_ERRORS_FLAGS_HPP
#define REFOLD_EXECUTIONS_ERRORS_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeErrors(CLI::App& program);

}  // namespace cli

#endif
