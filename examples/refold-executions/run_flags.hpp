// Declares the flags of `get` and `wait`.
#ifndef REFOLD_EXECUTIONS_RUN_FLAGS_HPP
#define REFOLD_EXECUTIONS_RUN_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeGet(CLI::App& program);
Command describeWait(CLI::App& program);

}  // namespace cli

#endif
