// Classifies the statuses of nodes, and finds the node that made a run fail.
#include <refold/execution_detail.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace refold {
inline namespace v0 {
namespace {

template <std::size_t N>
bool isOneOf(const NodeStatus& status, const std::array<NodeStatus::Constant, N>& set) noexcept {
    return std::any_of(set.begin(), set.end(), [&status](NodeStatus::Constant member) { return status == member; });
}

}  // namespace

bool NodeStatus::isFailure() const noexcept {
    constexpr std::array failed{Errored, Rejected, TimedOut, ErroredAndSkipped};
    return isOneOf(*this, failed);
}

bool NodeStatus::isTerminal() const noexcept {
    constexpr std::array ended{Success, Stopped, Terminated, PartiallySuccessful};
    return isFailure() || isOneOf(*this, ended);
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
