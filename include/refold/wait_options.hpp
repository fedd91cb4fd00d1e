// Options of waiting for a run's end, and an observer of its progress. Taken by `Client::waitForExecution`.
#ifndef REFOLD_WAIT_OPTIONS_HPP
#define REFOLD_WAIT_OPTIONS_HPP

#include <refold/execution_detail.hpp>
#include <refold/export.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace refold {
inline namespace v0 {

/// The state of a run as a poll saw it. `node` and `execution` are valid during the call of `onProgress`.
struct WaitProgress {
    /// The run's status, also in `execution`.
    ExecutionStatus status;
    /// 0 to 100; no value if the server sends none.
    std::optional<double> percentage;
    /// The node at work: the first that has not ended, or the last one if all have. Null if the server sends no nodes.
    const ExecutionNode* node;
    /// The whole answer.
    const ExecutionDetail& execution;
};

/// Receives the progress of a run that is waited for.
class REFOLD_EXPORT WaitObserver {
  public:
    WaitObserver() = default;
    WaitObserver(const WaitObserver&) = delete;
    WaitObserver& operator=(const WaitObserver&) = delete;
    virtual ~WaitObserver();

    /// Called on the waiting thread after the first poll and after each that saw something new: the status, the
    /// percentage, or the status or number of attempts of a node. Its exception leaves `waitForExecution` unchanged.
    virtual void onProgress(const WaitProgress& progress) = 0;
};

/// Options of a wait. It throws `InvalidArgument` when it begins unless `interval` and
/// `timeout` are positive and `notFoundGrace` is not negative.
///
/// Tolerates transient errors and time limits of polls until `timeout`; without one, until five minutes have passed
/// since the run was last seen. Reports outages to `Observer::onOutage`. Tolerates a run that it has seen and that is
/// missing from a few polls, since a replica of the server may lag: `NotFoundError` ends the wait at the fifth in a
/// row. For a run that it has not seen, at the first, except within `notFoundGrace`. Any other error ends it at once.
struct WaitOptions {
    /// From one poll to the next. Grows by half with each poll that sees nothing new, up to `maxInterval`, and starts
    /// again when something changes.
    std::chrono::milliseconds interval{1000};
    /// Longest time from one poll to the next. If smaller than `interval`, `interval` is used.
    std::chrono::milliseconds maxInterval{15000};
    /// The most that the whole wait may take. Unset: no limit.
    std::optional<std::chrono::milliseconds> timeout = {};
    /// For how long `NotFoundError` is tolerated, from the beginning of the wait and after each poll that saw the run.
    /// Set it, to 10 s for example, for an id that `Client::rerunExecution` has just returned: the service may name a
    /// run a little before it shows it. 0 reports an unknown id at once.
    std::chrono::milliseconds notFoundGrace{0};
    /// May be null.
    std::shared_ptr<WaitObserver> observer = {};
};

}  // namespace v0
}  // namespace refold

#endif
