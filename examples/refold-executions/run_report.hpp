// One run as people read it: its facts, its nodes as a table, and the output of the node at fault. Used by `get`.
#ifndef REFOLD_EXECUTIONS_RUN_REPORT_HPP
#define REFOLD_EXECUTIONS_RUN_REPORT_HPP

#include "terminal.hpp"

#include <refold/execution_detail.hpp>

#include <string>

namespace cli {

/// Lines that are safe for a terminal, and no wider than it where it has a width.
/// \param allNodes  show what each node got and gave, rather than what the failed one gave
std::string runReport(const refold::ExecutionDetail& run, const Terminal& terminal, bool allNodes = false);

}  // namespace cli

#endif
