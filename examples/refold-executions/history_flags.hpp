// The flags of `history`. Used by the command line.
#ifndef REFOLD_EXECUTIONS_HISTORY_FLAGS_HPP
#define REFOLD_EXECUTIONS_HISTORY_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeHistory(CLI::App& program);

}  // namespace cli

#endif
