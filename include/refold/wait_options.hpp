// How to wait for a run's end, and what can be seen meanwhile. Taken by `Client::waitForExecution`.
#ifndef REFOLD_WAIT_OPTIONS_HPP
#define REFOLD_WAIT_OPTIONS_HPP

#include <refold/execution_detail.hpp>
#include <refold/export.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace refold {
inline namespace v0 {

/// What a poll saw. Refers to the answer it was read from, which lives as long as the call of `onProgress`.
struct WaitProgress {
    /// How the run stands.
    ExecutionStatus status;
    /// 0 to 100, where the server names it.
    std::optional<double> percentage;
    /// The node at work: the first that has not ended. The last one when all have; null where the server names none.
    const ExecutionNode* node;
    /// The whole answer.
    const ExecutionDetail& execution;
};

/// Hears of the progress of a run that is waited for.
class REFOLD_EXPORT WaitObserver {
  public:
    WaitObserver() = default;
    WaitObserver(const WaitObserver&) = delete;
    WaitObserver& operator=(const WaitObserver&) = delete;
    virtual ~WaitObserver();

    /// Called on the waiting thread, after the first poll and after each that saw something new: the status, the percentage,
    /// or the status or number of attempts of a node. What it throws ends the wait.
    /// \param progress  what the poll saw
    virtual void onProgress(const WaitProgress& progress) = 0;
};

/// Refused with `InvalidArgument` when the wait begins: an interval or a timeout that is not positive.
struct WaitOptions {
    /// From one look at the run to the next. Grows by half with each look that sees nothing new, up to `maxInterval`, and
    /// starts again when something changes.
    std::chrono::milliseconds interval{1000};
    /// What the pause grows to at most.
    std::chrono::milliseconds maxInterval{15000};  // counts as `interval` where it is smaller
    /// The most that the whole wait may take; unset, as long as the run does.
    std::optional<std::chrono::milliseconds> timeout = {};
    /// May be null.
    std::shared_ptr<WaitObserver> observer = {};
};

}  // namespace v0
}  // namespace refold

#endif
