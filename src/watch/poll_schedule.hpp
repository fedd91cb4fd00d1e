// Schedules polls: the interval, which grows while nothing changes, and the back-off during an outage. Used by the
// watch cursor.
#ifndef REFOLD_WATCH_POLL_SCHEDULE_HPP
#define REFOLD_WATCH_POLL_SCHEDULE_HPP

#include "time/clock.hpp"
#include "time/random.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_watch.hpp>

#include <chrono>
#include <cstdint>

namespace refold::internal {

/// The result of the last poll.
enum class PollResult {
    nothing,
    changes,
    more  ///< changes, and newer ones that are to be read at once
};

class PollSchedule {
  public:
    /// Throws `InvalidArgument` for invalid intervals. `clock` and `random` must outlive it.
    PollSchedule(const WatchOptions& options, Clock& clock, Random& random);

    /// Sleeps until the next poll is due. Throws `Cancelled`.
    void waitForTurn(const CancelToken& cancel);
    void beginPoll() { began_ = clock_.now(); }
    /// Plans the next poll after one that succeeded, and returns the time until then.
    std::chrono::milliseconds plan(PollResult result);
    /// Plans the next poll after `failures` in a row, at least `requested` from now, and returns the time until then.
    std::chrono::milliseconds backOff(std::int64_t failures, std::chrono::milliseconds requested);

  private:
    const std::chrono::milliseconds interval_;
    const std::chrono::milliseconds maxInterval_;
    Clock& clock_;
    Random& random_;
    std::chrono::milliseconds current_;
    Clock::TimePoint began_;
    Clock::TimePoint due_;
};

}  // namespace refold::internal

#endif
