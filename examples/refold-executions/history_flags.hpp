// Declares the flags of `refold-executions history`.
#ifndef REFOLD_EXECUTIONS_HISTORY_FLAGS_HPP
#define REFOLD_EXECUTIONS_HISTORY_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeHistory(CLI::App& program);

}  // namespace cli

#endif
