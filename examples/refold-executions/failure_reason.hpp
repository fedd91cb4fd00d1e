// Extracts the reason of a failure from a run's detail: the failed node and its message, in one line. Lists do not
// contain it. Used by `errors`, the `error` column of `list`, `watch` and `history --why`.
#ifndef REFOLD_EXECUTIONS_FAILURE_REASON_HPP
#define REFOLD_EXECUTIONS_FAILURE_REASON_HPP

#include <refold/execution_detail.hpp>

#include <string>
#include <string_view>

namespace cli {

struct FailureReason {
    /// The node's name, or its id; empty if the server names no node that failed.
    std::string node = {};
    /// Empty if there is none.
    std::string message = {};
};

FailureReason failureReasonOf(const refold::ExecutionDetail& run);

/// The message in a node's output, which is any JSON: its first line, without line breaks.
std::string messageIn(std::string_view json);

/// Formats `node: message`, or the part that is known; `-` for neither.
std::string reasonText(const FailureReason& reason);

/// A message with the parts that differ from run to run replaced: `#` for numbers, `<id>` for ids, `<date>`, `<email>`.
/// Status codes of HTTP stay, since 429 and 500 are two errors.
std::string foldMessage(std::string_view message);

}  // namespace cli

#endif
