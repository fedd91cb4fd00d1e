// Lists the known statuses, those that are failures, and their synonyms. Used by the filters, and by hints where a
// filter finds nothing.
#ifndef REFOLD_EXECUTIONS_STATUS_NAMES_HPP
#define REFOLD_EXECUTIONS_STATUS_NAMES_HPP

#include "filters.hpp"

#include <refold/execution.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// As the service spells them.
const std::vector<std::string>& knownStatuses();

/// ERRORED, FAILED and TIMED_OUT: what `--failed` means.
const std::vector<refold::ExecutionStatus>& failureStatuses();

/// True for RUNNING, QUEUED and STOPPING: runs that are known not to have ended.
bool isOpenStatus(const refold::ExecutionStatus& status) noexcept;

/// Adds the statuses in `text`, separated by commas, to the filters. A known one is taken in any case of letters and
/// spelt as the service does; any other is taken as it is, with a warning that names the one that was probably meant.
/// Throws `UsageError` for an empty one.
void addStatuses(std::string_view text, Filters& filters);

/// Adds a status unless it is there.
void addStatus(const refold::ExecutionStatus& status, Filters& filters);

/// Returns a hint if the filters name some statuses of failed runs and not all; empty otherwise.
std::string siblingHint(const Filters& filters);

}  // namespace cli

#endif
