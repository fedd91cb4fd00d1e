// Writes the history as a report for a terminal: totals, a chart, the workflows and applications that fail most, and
// the latest failures.
#ifndef REFOLD_EXECUTIONS_HISTORY_REPORT_HPP
#define REFOLD_EXECUTIONS_HISTORY_REPORT_HPP

#include "history.hpp"
#include "terminal.hpp"

#include <string>

namespace cli {

/// The whole report. No line is wider than the terminal, where it has a width.
std::string writeHistoryReport(const History& history, const Terminal& terminal);

}  // namespace cli

#endif
