// Which executions are wanted: the twelve documented parameters of the listing, and room for those to come. Taken by
// `listExecutions` and by the ranges.
#ifndef REFOLD_EXECUTION_QUERY_HPP
#define REFOLD_EXECUTION_QUERY_HPP

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {

/// A plain struct: set what matters, the rest is left to the server. Texts are percent-encoded when sent. Refused with
/// `InvalidArgument` before anything is sent: `page` or `limit` below 1, `startDate` after `endDate`, and texts that hold
/// CR, LF or NUL.
struct ExecutionQuery {
    /// 1-based; the server's default is 1.
    std::optional<std::int64_t> page = {};
    /// Runs per page; the server's default is 10. The page's own `limit` tells what was used.
    std::optional<std::int64_t> limit = {};
    /// Only runs with this status, as the server spells it.
    std::optional<ExecutionStatus> status = {};
    /// An application's slug; newer servers take several, separated by commas.
    std::optional<std::string> slug = {};
    /// Only runs of this workflow.
    std::optional<std::string> workflowId = {};
    /// Matched in part by servers that follow the vendor's older pages.
    std::optional<std::string> workflowName = {};
    /// Only the run with this id.
    std::optional<std::string> executionId = {};
    /// Bounds on `createdAt`, both inclusive, sent as full date-times. Some servers go by the day only.
    std::optional<Timestamp> startDate = {};
    /// See `startDate`.
    std::optional<Timestamp> endDate = {};
    /// Only runs whose caller waits, or does not.
    std::optional<ExecutionType> executionType = {};
    /// Only runs that were started in this way.
    std::optional<ExecutionSource> executionSource = {};
    /// Oldest first. The server's default is newest first.
    std::optional<bool> sortAsc = {};
    /// Name and value of parameters that the API has grown since. A name that is one of the twelve is refused.
    std::vector<std::pair<std::string, std::string>> extra = {};
};

}  // namespace v0
}  // namespace refold

#endif
