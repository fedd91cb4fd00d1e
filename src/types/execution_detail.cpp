// Which nodes' statuses are an end, which of those a bad one, and which node to look at first.
#include <refold/execution_detail.hpp>

#include "text/ascii_case.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace refold {
inline namespace v0 {
namespace {

template <std::size_t N>
bool isOneOf(const NodeStatus& status, const std::array<NodeStatus::Constant, N>& set) noexcept {
    return std::any_of(set.begin(), set.end(), [&status](NodeStatus::Constant member) {
        return internal::sameButForCase(status.value(), member.value());
    });
}

}  // namespace

bool NodeStatus::isFailure() const noexcept {
    constexpr std::array failed{Errored, Rejected, TimedOut, ErroredAndSkipped};
    return isOneOf(*this, failed);
}

bool NodeStatus::isTerminal() const noexcept {
    constexpr std::array ended{Success, Stopped};
    return isFailure() || isOneOf(*this, ended);
}

const ExecutionNode* ExecutionDetail::firstFailedNode() const noexcept {
    const ExecutionNode* skipped = nullptr;
    for (const ExecutionNode& node : nodes) {
        if (!node.status.isFailure()) continue;
        if (!internal::sameButForCase(node.status.value(), NodeStatus::ErroredAndSkipped.value())) return &node;
        if (skipped == nullptr) skipped = &node;
    }
    return skipped;
}

}  // namespace v0
}  // namespace refold
