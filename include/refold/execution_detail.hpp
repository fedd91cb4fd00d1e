// A run with its nodes, the steps of its workflow. Returned by `Client::getExecution` and `Client::waitForExecution`.
#ifndef REFOLD_EXECUTION_DETAIL_HPP
#define REFOLD_EXECUTION_DETAIL_HPP

#include <refold/execution.hpp>
#include <refold/export.hpp>
#include <refold/open_set.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// X11 defines a macro of this name. Code that includes X11's headers has to write NodeStatus("Success").
#pragma push_macro("Success")
#undef Success

namespace refold {
inline namespace v0 {

/// The status of a node, or of a batch of a node. The constants are the documented values; a server may send others.
class NodeStatus : public OpenSet<NodeStatus> {
  public:
    using OpenSet::OpenSet;

    /// Succeeded.
    static constexpr Constant Success{"Success"};
    /// Not started yet.
    static constexpr Constant Ready{"Ready"};
    /// Failed.
    static constexpr Constant Errored{"Errored"};
    /// Waiting, for a time or an answer for example.
    static constexpr Constant Waiting{"Waiting"};
    /// Ended because the run was stopped.
    static constexpr Constant Stopped{"Stopped"};
    /// Rejected, by an approver for example.
    static constexpr Constant Rejected{"Rejected"};
    /// Failed, and the workflow continued without it.
    static constexpr Constant ErroredAndSkipped{"Errored_and_Skipped"};
    /// Exceeded its time limit.
    static constexpr Constant TimedOut{"Timed_Out"};
    /// Ended by a Terminate node.
    static constexpr Constant Terminated{"Terminated"};
    /// Some of its batches failed; see `Client::nodeBatches`.
    static constexpr Constant PartiallySuccessful{"Partially Successful"};

    /// True for Errored, Rejected, Timed_Out and Errored_and_Skipped.
    [[nodiscard]] REFOLD_EXPORT bool isFailure() const noexcept;
    /// True for failures and for Success, Stopped, Terminated and Partially Successful. False for an unknown status.
    [[nodiscard]] REFOLD_EXPORT bool isTerminal() const noexcept;
};

/// A step of a run. Any field may be missing on the wire; a member is empty or has no value if its field is missing,
/// null or of another type. `rawJson` has the field as it was sent.
struct ExecutionNode {
    std::string id = {};     ///< `node_id`
    std::string name = {};   ///< `node_name`
    std::string type = {};   ///< `node_type`
    NodeStatus status = {};  ///< `node_status`
    bool isBatch = false;    ///< `is_batch`: the node processed its input in batches; see `Client::nodeBatches`.
    std::optional<std::int64_t> attemptsMade = {};     ///< `attempts_made`
    std::optional<std::int64_t> maximumAttempts = {};  ///< `maximum_attempts`
    /// `execution_time` in milliseconds, rounded. Servers send a number or a number in a string.
    std::optional<std::chrono::milliseconds> executionTime = {};
    /// `input_data`: the JSON text of the value, byte for byte as received; a string has its quotes, null is `null`.
    /// Empty if the field is missing.
    std::string inputData = {};
    /// `latest_output`, in the form of `inputData`.
    std::string latestOutput = {};

    /// The node's own JSON text, byte for byte as received.
    std::string rawJson = {};
};

/// A run with its nodes, in the server's order.
struct ExecutionDetail : Execution {
    /// The steps of the run; empty if the server sends none.
    std::vector<ExecutionNode> nodes = {};

    /// Returns the first failed node that was not skipped, else the first skipped one, else null. A successful run may
    /// have a skipped node too: check the run's status first. Points into `nodes`.
    [[nodiscard]] REFOLD_EXPORT const ExecutionNode* firstFailedNode() const noexcept;
};

}  // namespace v0
}  // namespace refold

/// Agrees with `==`: the case of letters does not matter.
template <>
struct std::hash<refold::NodeStatus> : refold::internal::OpenSetHash<refold::NodeStatus> {};

#pragma pop_macro("Success")

#endif
