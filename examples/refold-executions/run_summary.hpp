// Describes a run in a few words: id, status, age and workflow. Used where `rerun` and `stop` ask, and where the first
// letters of an id match several runs.
#ifndef REFOLD_EXECUTIONS_RUN_SUMMARY_HPP
#define REFOLD_EXECUTIONS_RUN_SUMMARY_HPP

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <string>
#include <vector>

namespace cli {

/// A line for each run, in aligned columns. Not yet safe for a terminal.
std::vector<std::string> summaryLines(const std::vector<refold::Execution>& runs, refold::Timestamp now);

}  // namespace cli

#endif
