// Which statuses are an end, and which of those a bad one.
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
    constexpr std::array ended{Completed, Failed, Errored, Stopped, TimedOut, Duplicate};
    return isOneOf(*this, ended);
}

bool ExecutionStatus::isFailure() const noexcept {
    constexpr std::array failed{Failed, Errored, TimedOut};
    return isOneOf(*this, failed);
}

}  // namespace v0
}  // namespace refold
