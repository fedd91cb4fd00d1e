// Polls a run until it has ended or the time limit has passed. Implements `Client::waitForExecution`; knows nothing of
// requests.
#ifndef REFOLD_WAIT_EXECUTION_WAIT_HPP
#define REFOLD_WAIT_EXECUTION_WAIT_HPP

#include "time/clock.hpp"
#include "types/outage.hpp"
#include "types/process_identity.hpp"
#include "wait/run_state.hpp"

#include <refold/cancel.hpp>
#include <refold/error.hpp>
#include <refold/execution_detail.hpp>
#include <refold/observer.hpp>
#include <refold/wait_options.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace refold::internal {

/// Fetches the run. Implemented by client.cpp over the pipeline, and by scripts in the tests.
class DetailSource {
  public:
    DetailSource() = default;
    DetailSource(const DetailSource&) = delete;
    DetailSource& operator=(const DetailSource&) = delete;

    /// Throws as `Client::getExecution` does. Takes no longer than `maxTime`, if there is one.
    virtual ExecutionDetail fetch(std::optional<std::chrono::milliseconds> maxTime) = 0;

  protected:
    ~DetailSource() = default;
};

class ExecutionWait {
  public:
    /// Throws `InvalidArgument` for invalid options. `observer` may be null; the other arguments must outlive the wait.
    ExecutionWait(const std::string& id, DetailSource& source, const WaitOptions& options, Clock& clock,
                  const CancelToken& cancel, std::shared_ptr<Observer> observer = {});

    /// Returns the run when it has ended. Throws as `Client::waitForExecution` does.
    ExecutionDetail run();

  private:
    std::optional<ExecutionDetail> poll();
    void takeNote(const ExecutionDetail& detail);
    std::chrono::milliseconds nextPause(std::chrono::milliseconds atLeast);
    /// Throws in a child of fork() if the wait began in the parent, which continues it.
    void checkProcess() const;
    void sleep();
    std::optional<std::chrono::milliseconds> timeLeft() const;
    [[noreturn]] void giveUp() const;

    const ProcessIdentity process_ = ProcessIdentity::current();
    const std::string& id_;
    DetailSource& source_;
    const WaitOptions& options_;
    Clock& clock_;
    const CancelToken& cancel_;
    const Clock::TimePoint begin_;
    Outage outage_;

    std::chrono::milliseconds interval_;
    std::chrono::milliseconds pause_{0};
    int polls_ = 0;
    std::optional<RunState> seen_ = {};
    /// The time at which the run was last seen, or the wait began.
    Clock::TimePoint lastSeen_;
    /// Polls that did not find the run, since it was last seen.
    int misses_ = 0;
    std::string lastError_ = {};
};

}  // namespace refold::internal

#endif
