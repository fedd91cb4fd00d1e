// Classifies the statuses of nodes, and finds the node that made a run fail.
#include <refold/execution_detail.hpp>

#include "types/is_one_of.hpp"

#include <array>

namespace refold {
inline namespace v0 {

bool NodeStatus::isFailure() const noexcept {
    constexpr std::array failed{Errored, Rejected, TimedOut, ErroredAndSkipped};
    return internal::isOneOf(*this, failed);
}

bool NodeStatus::isTerminal() const noexcept {
    constexpr std::array ended{Success, Stopped, Terminated, PartiallySuccessful};
    return isFailure() || internal::isOneOf(*this, ended);
}

const ExecutionNode* ExecutionDetail::firstFailedNode() const noexcept {
    const ExecutionNode* skipped = nullptr;
    for (const ExecutionNode& node : nodes) {
        if (!node.status.isFailure()) continue;
        if (node.status != NodeStatus::ErroredAndSkipped) return &node;
        if (skipped == nullptr) skipped = &node;
    }
    return skipped;
}

}  // namespace v0
}  // namespace refold
