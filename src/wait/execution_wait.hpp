// Waiting for a run's end: looks at it, sleeps, and looks again, until it has ended or time is up. Behind
// `Client::waitForExecution`; knows nothing of requests.
#ifndef REFOLD_LISTING_EXECUTION_WAIT_HPP
#define REFOLD_LISTING_EXECUTION_WAIT_HPP

#include "time/clock.hpp"

#include <refold/cancel.hpp>
#include <refold/error.hpp>
#include <refold/execution_detail.hpp>
#include <refold/wait_options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

/// Fetches the run. Implemented by client.cpp over the pipeline, and by scripts in the tests.
class DetailSource {
  public:
    DetailSource() = default;
    DetailSource(const DetailSource&) = delete;
    DetailSource& operator=(const DetailSource&) = delete;

    /// Throws as `Client::getExecution` does. Takes no longer than `most`, where that is given.
    virtual ExecutionDetail fetch(std::optional<std::chrono::milliseconds> most) = 0;

  protected:
    ~DetailSource() = default;
};

/// What of a run counts as news.
struct RunState {
    struct NodeState {
        std::string id;
        NodeStatus status;
        std::optional<std::int64_t> attemptsMade;
    };

    explicit RunState(const ExecutionDetail& detail);
    bool operator==(const RunState& other) const;

    ExecutionStatus status;
    std::optional<double> percentage;
    std::vector<NodeState> nodes;
};

class ExecutionWait {
  public:
    /// Throws InvalidArgument for options that cannot be. All that is passed must outlive the wait.
    ExecutionWait(const std::string& id, DetailSource& source, const WaitOptions& options, Clock& clock,
                  const CancelToken& cancel);

    /// The run when it has ended; throws as `Client::waitForExecution` does.
    ExecutionDetail run();

  private:
    /// Empty where there was none to be had for the time being.
    std::optional<ExecutionDetail> look();
    void bear(const Error& error);
    bool isOutage(const Error& error) const;
    void takeNote(const ExecutionDetail& detail);
    void sleep();
    std::optional<std::chrono::milliseconds> timeLeft() const;
    [[noreturn]] void giveUp() const;

    const std::string& id_;
    DetailSource& source_;
    const WaitOptions& options_;
    Clock& clock_;
    const CancelToken& cancel_;
    const Clock::TimePoint begin_;

    std::chrono::milliseconds interval_;
    /// What the server asked for, where it did.
    std::chrono::milliseconds atLeast_{0};
    int looks_ = 0;
    std::optional<RunState> seen_ = {};
    std::string nodeName_ = {};
    /// When the run was last seen, or the wait began.
    Clock::TimePoint lastSeen_;
    std::string lastError_ = {};
};

}  // namespace refold::internal

#endif
