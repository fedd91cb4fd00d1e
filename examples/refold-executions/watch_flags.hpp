// Declares the flags of `refold-executions watch`.
#ifndef REFOLD_EXECUTIONS_WATCH_FLAGS_HPP
#define REFOLD_EXECUTIONS_WATCH_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeWatch(CLI::App& program);

}  // namespace cli

#endif
