// One run in depth: the run itself and the nodes that it went through. What `Client::getExecution` and
// `Client::waitForExecution` return.
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

// X11 defines a macro of this name. Who includes it has to write NodeStatus("Success").
#pragma push_macro("Success")
#undef Success

namespace refold {
inline namespace v0 {

/// How a node of a run stands, or a batch of a node. The constants are the values in the vendor's pages; a server may answer
/// others.
class REFOLD_EXPORT NodeStatus : public OpenSet<NodeStatus> {
  public:
    NodeStatus() = default;
    /// \param text  as on the wire
    NodeStatus(const char* text) : OpenSet(text) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    NodeStatus(std::string text) : OpenSet(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    /// \param text  as on the wire
    NodeStatus(std::string_view text) : OpenSet(std::string(text)) {}  // NOLINT(google-explicit-constructor)

    /// It did what it was there for.
    static constexpr Constant Success{"Success"};
    /// It has not begun.
    static constexpr Constant Ready{"Ready"};
    /// It failed.
    static constexpr Constant Errored{"Errored"};
    /// It waits for something, such as a time or an answer.
    static constexpr Constant Waiting{"Waiting"};
    /// Somebody ended the run.
    static constexpr Constant Stopped{"Stopped"};
    /// It was refused, as by a person who was asked.
    static constexpr Constant Rejected{"Rejected"};
    /// It failed, and the workflow was made to go on without it.
    static constexpr Constant ErroredAndSkipped{"Errored_and_Skipped"};
    /// It took too long.
    static constexpr Constant TimedOut{"Timed_Out"};

    /// Whether the node did not do what it was there for: Errored, Rejected, Timed_Out, or Errored_and_Skipped, which is a
    /// failure too, though one that the run survived. A stopped node was somebody's decision. Values compare by their exact
    /// text, but this and `isTerminal` take any case of letters: runs' statuses are in capitals, and to overlook a
    /// failure because a server spells nodes' alike would be the worse mistake.
    /// \return whether somebody ought to look
    bool isFailure() const noexcept;
    /// Whether the node will do nothing more: it failed, or it is Success or Stopped. An unknown status counts as not ended.
    /// \return whether nothing more will come of the node
    bool isTerminal() const noexcept;
};

/// A step of a run. Any field may be missing on the wire: a missing, null or oddly typed one is empty or has no value, and
/// can still be looked up in `rawJson`.
struct ExecutionNode {
    std::string id = {};     ///< `node_id`
    std::string name = {};   ///< `node_name`
    std::string type = {};   ///< `node_type`
    NodeStatus status = {};  ///< `node_status`
    bool isBatch = false;    ///< `is_batch`: it worked through its input in batches; see `Client::nodeBatches`
    std::optional<std::int64_t> attemptsMade = {};     ///< `attempts_made`
    std::optional<std::int64_t> maximumAttempts = {};  ///< `maximum_attempts`
    /// `execution_time`, a number of milliseconds, rounded where it has a fraction; servers also send it as a string.
    std::optional<std::chrono::milliseconds> executionTime = {};
    /// `input_data` and `latest_output`: whatever JSON value the server sent, as its text, byte for byte; a string has its
    /// quotes and null is `null`. Empty where the field is missing.
    std::string inputData = {};
    /// See `inputData`.
    std::string latestOutput = {};

    /// The node's own JSON text, byte for byte as received.
    std::string rawJson = {};
};

/// A run with its nodes, in the order in which the server names them.
struct REFOLD_EXPORT ExecutionDetail : Execution {
    /// The run's steps; empty where the server names none.
    std::vector<ExecutionNode> nodes = {};

    /// The node to look at when a run has failed: the first that failed and was not skipped over; if all that failed were
    /// skipped over, the first of those; null if none failed. Points into `nodes`.
    /// \return a node of this run, or null
    const ExecutionNode* firstFailedNode() const noexcept;
};

}  // namespace v0
}  // namespace refold

#pragma pop_macro("Success")

#endif
