// Holds the runs that a command selects: the API's query, and the filters that the program adds. Read by
// `filter_flags`, used by `RunListing` and by every command that reads a history.
#ifndef REFOLD_EXECUTIONS_FILTERS_HPP
#define REFOLD_EXECUTIONS_FILTERS_HPP

#include <refold/execution_query.hpp>
#include <refold/timestamp.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cli {

/// A date flag as written, with its meaning at that time: `7d` keeps its meaning when an export is resumed tomorrow.
struct ResolvedDate {
    std::string text = {};
    refold::Timestamp time = {};
};

/// A filter as it was given, except for dates.
struct AppliedFilter {
    std::string name = {};
    std::string value = {};
};

struct Filters {
    /// Without dates and statuses, which are below.
    refold::ExecutionQuery query = {};
    /// Empty: runs of any status.
    std::vector<refold::ExecutionStatus> statuses = {};
    std::optional<ResolvedDate> since = {};
    std::optional<ResolvedDate> until = {};
    /// As written, for reports.
    std::vector<AppliedFilter> applied = {};
    /// Warnings for stderr: accepted values that are probably mistakes.
    std::vector<std::string> warnings = {};

    /// Returns the query with the dates, without the statuses.
    refold::ExecutionQuery datedQuery() const {
        refold::ExecutionQuery dated = query;
        if (since) dated.startDate = since->time;
        if (until) dated.endDate = until->time;
        return dated;
    }
    /// True if any filter is set.
    bool any() const { return since || until || !applied.empty(); }
};

}  // namespace cli

#endif
