// Formats groups of errors as a report for a terminal and as JSON. Used by `errors` and `history --why`.
#ifndef REFOLD_EXECUTIONS_ERRORS_REPORT_HPP
#define REFOLD_EXECUTIONS_ERRORS_REPORT_HPP

#include "error_groups.hpp"
#include "terminal.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace cli {

/// Formats at most `maxGroups` groups as paragraphs, the most frequent first.
std::string errorsReport(const ErrorGroups& errors, const Terminal& terminal, std::size_t maxGroups);

/// Names with their numbers of runs, the most frequent first: `Daily Sync 12, Create deal 3 and 4 more`
std::string namesOf(const std::map<std::string, std::int64_t>& counts);

/// One group as a JSON object on one line.
std::string errorJson(const ErrorGroup& group);

}  // namespace cli

#endif
