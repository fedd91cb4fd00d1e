// The parts of a run whose change is reported to a WaitObserver. Used by the wait.
#ifndef REFOLD_WAIT_RUN_STATE_HPP
#define REFOLD_WAIT_RUN_STATE_HPP

#include <refold/execution_detail.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

/// Returns the first node that has not ended, the last one if all have, or null if there are none.
const ExecutionNode* nodeAtWork(const ExecutionDetail& detail) noexcept;

class RunState {
  public:
    explicit RunState(const ExecutionDetail& detail);

    bool operator==(const RunState& other) const;
    /// Formats "RUNNING at 62 %, in node Fetch", on one line and without control characters.
    std::string text() const;

  private:
    struct NodeState {
        std::string id;
        NodeStatus status;
        std::optional<std::int64_t> attemptsMade;
    };

    ExecutionStatus status_;
    std::optional<double> percentage_;
    std::string nodeName_;
    std::vector<NodeState> nodes_;
};

}  // namespace refold::internal

#endif
