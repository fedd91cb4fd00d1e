// Classifies statuses: which are terminal, which are failures, and whether a run has ended.
#include <refold/execution.hpp>

#include <algorithm>
#include <array>

namespace refold {
inline namespace v0 {
namespace {

template <std::size_t N>
bool isOneOf(const ExecutionStatus& status, const std::array<ExecutionStatus::Constant, N>& set) noexcept {
    return std::any_of(set.begin(), set.end(),
                       [&status](ExecutionStatus::Constant member) { return status == member; });
}

}  // namespace

bool ExecutionStatus::isTerminal() const noexcept {
    constexpr std::array ended{Completed, Failed, Errored, Stopped, TimedOut, Duplicate, Terminated};
    return isOneOf(*this, ended);
}

bool ExecutionStatus::isFailure() const noexcept {
    constexpr std::array failed{Failed, Errored, TimedOut};
    return isOneOf(*this, failed);
}

bool Execution::hasEnded() const noexcept {
    constexpr std::array underWay{ExecutionStatus::Running, ExecutionStatus::Queued, ExecutionStatus::Stopping};
    return status.isTerminal() || (completionTime.has_value() && !isOneOf(status, underWay));
}

}  // namespace v0
}  // namespace refold
