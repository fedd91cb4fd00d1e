// Declares the flags of `refold-executions rerun` and `refold-executions stop`.
#ifndef REFOLD_EXECUTIONS_BULK_FLAGS_HPP
#define REFOLD_EXECUTIONS_BULK_FLAGS_HPP

#include "command.hpp"

namespace cli {

Command describeRerun(CLI::App& program);
Command describeStop(CLI::App& program);

}  // namespace cli

#endif
