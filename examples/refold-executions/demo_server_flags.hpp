// Declares the flags of `refold-executions demo-server`.
#ifndef REFOLD_EXECUTIONS_DEMO_SERVER_FLAGS_HPP
#define REFOLD_EXECUTIONS_DEMO_SERVER_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeDemoServer(CLI::App& program);

}  // namespace cli

#endif
