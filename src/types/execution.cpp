// Classifies statuses: which are terminal, which are failures, and whether a run has ended.
#include <refold/execution.hpp>

#include "types/is_one_of.hpp"

#include <array>

namespace refold {
inline namespace v0 {

bool ExecutionStatus::isTerminal() const noexcept {
    constexpr std::array ended{Completed, Failed, Errored, Stopped, TimedOut, Duplicate, Terminated};
    return internal::isOneOf(*this, ended);
}

bool ExecutionStatus::isFailure() const noexcept {
    constexpr std::array failed{Failed, Errored, TimedOut};
    return internal::isOneOf(*this, failed);
}

bool Execution::hasEnded() const noexcept {
    constexpr std::array underWay{ExecutionStatus::Running, ExecutionStatus::Queued, ExecutionStatus::Stopping};
    return status.isTerminal() || (completionTime.has_value() && !internal::isOneOf(status, underWay));
}

}  // namespace v0
}  // namespace refold
