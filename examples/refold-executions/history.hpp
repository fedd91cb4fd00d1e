// Holds the result of `history`: the summary, and the period and filters that it covers. Made by the command, shown by
// the report, the JSON and the page.
#ifndef REFOLD_EXECUTIONS_HISTORY_HPP
#define REFOLD_EXECUTIONS_HISTORY_HPP

#include "comparison.hpp"
#include "error_groups.hpp"
#include "filters.hpp"
#include "history_summary.hpp"

#include <refold/execution.hpp>
#include <refold/execution_query.hpp>
#include <refold/timestamp.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

enum class HistoryGrouping { workflow, application, account, environment, error };

struct History {
    HistorySummary summary = {};
    /// Unset: from the first run on.
    std::optional<refold::Timestamp> from = {};
    refold::Timestamp to = {};
    /// Neither date was given: the last seven days.
    bool isDefaultPeriod = false;
    std::vector<AppliedFilter> filters = {};
    /// The filter on statuses; empty for runs of any status.
    std::vector<refold::ExecutionStatus> statuses = {};
    refold::Timestamp readAt = {};
    /// The listing could tell that no run is missing.
    bool verified = false;
    /// The period before this one, read with the same filters; null if none was asked for. The page compares the
    /// two.
    std::shared_ptr<const History> previous = {};
    /// The errors of failed runs; null unless requested.
    std::shared_ptr<const ErrorGroups> errors = {};
    /// The groups that the report shows; empty: workflows and applications, and accounts if there are several.
    std::vector<HistoryGrouping> groupings = {};
    /// Shows failures and runs in this order.
    bool oldestFirst = false;

    Measure measure() const { return measureFor(statuses); }
    /// True if a failure rate is meaningful.
    bool hasRates() const { return statuses.empty(); }
};

/// True if runs of the period may be gone: the service keeps runs for 30 days.
bool reachesBeyondRetention(const History& history) noexcept;

/// Says that the period before reaches back further than that; empty if it does not, or was not read.
std::string retentionNote(const History& history);

/// True if a run was created outside the requested dates, as it comes from servers that ignore or round
/// them. A run without a date is not.
bool isOutsideOf(const refold::ExecutionQuery& query, const refold::Execution& run) noexcept;

/// `2026-06-09 13:15 to 2026-06-16 13:15 UTC`, or `up to …`
std::string periodText(const History& history);

}  // namespace cli

#endif
