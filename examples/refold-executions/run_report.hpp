// Writes one run as a report for a terminal: its facts, its nodes as a table, and the output of the failed node. Used
// by `get`.
#ifndef REFOLD_EXECUTIONS_RUN_REPORT_HPP
#define REFOLD_EXECUTIONS_RUN_REPORT_HPP

#include "terminal.hpp"

#include <refold/execution_detail.hpp>

#include <string>

namespace cli {

/// Lines that are safe for a terminal, and no wider than it where it has a width.
/// \param allNodes  show the input and output of each node, rather than the output of the failed one
std::string runReport(const refold::ExecutionDetail& run, const Terminal& terminal, bool allNodes = false);

}  // namespace cli

#endif
