// Declares the flags of `refold-executions list`.
#ifndef REFOLD_EXECUTIONS_LIST_FLAGS_HPP
#define REFOLD_EXECUTIONS_LIST_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeList(CLI::App& program);

}  // namespace cli

#endif
