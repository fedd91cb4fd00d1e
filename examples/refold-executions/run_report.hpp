// One run as people read it: its facts, its nodes as a table, and the output of the node at fault. Used by `get`.
#ifndef REFOLD_EXECUTIONS_RUN_REPORT_HPP
#define REFOLD_EXECUTIONS_RUN_REPORT_HPP

#include "terminal.hpp"

#include <refold/execution_detail.hpp>

#include <string>

namespace cli {

/// Lines that are safe for a terminal, and no wider than it where it has a width.
std::string runReport(const refold::ExecutionDetail& run, const Terminal& terminal);

}  // namespace cli

#endif
