// Selects executions: the documented parameters of the listing, and further ones by name. Taken by
// `Client::listExecutions`, `Client::executions` and `Client::watchExecutions`.
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

/// A query; set what matters and leave the rest to the server. Texts are percent-encoded when sent. Refused with
/// `InvalidArgument` before anything is sent: `page` or `limit` below 1, `startDate` after `endDate`, dates outside the
/// years 0 to 9999, and texts with CR, LF or NUL.
struct ExecutionQuery {
    /// 1-based; the server's default is 1.
    std::optional<std::int64_t> page = {};
    /// Runs per page, at least 1. `Client::listExecutions`: unset means the server's default (10), and `Page::limit` is
    /// what the server used. `Client::executions`: unset lets the listing choose; if set, pages may hold up to 16 more,
    /// to overlap.
    std::optional<std::int64_t> limit = {};
    /// Only runs with this status. Failed runs are `ERRORED` on today's service and `FAILED` in older pages of the API.
    std::optional<ExecutionStatus> status = {};
    /// The slug of an application; today's service accepts several, separated by commas.
    std::optional<std::string> slug = {};
    /// Only runs of this workflow.
    std::optional<std::string> workflowId = {};
    /// Only runs of workflows with this name; some servers match parts of it.
    std::optional<std::string> workflowName = {};
    /// Only the run with this id.
    std::optional<std::string> executionId = {};
    /// Earliest `createdAt`, inclusive, with milliseconds. If the server accepts days only, the client repeats the
    /// request with days (UTC) and removes the runs outside `startDate` and `endDate`.
    std::optional<Timestamp> startDate = {};
    /// Latest `createdAt`, inclusive; sent like `startDate`.
    std::optional<Timestamp> endDate = {};
    /// Only runs of this type.
    std::optional<ExecutionType> executionType = {};
    /// Only runs started in this way.
    std::optional<ExecutionSource> executionSource = {};
    /// True: oldest first. The server's default is newest first.
    std::optional<bool> sortAsc = {};
    /// Further parameters, by name and value. The names of the members above are refused.
    std::vector<std::pair<std::string, std::string>> extra = {};
};

}  // namespace v0
}  // namespace refold

#endif
