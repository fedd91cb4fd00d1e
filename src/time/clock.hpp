// An interface for time, so that tests of back-off and pacing need not sleep. Used by everything that waits.
#ifndef REFOLD_TIME_CLOCK_HPP
#define REFOLD_TIME_CLOCK_HPP

#include <refold/cancel.hpp>
#include <refold/timestamp.hpp>

#include <chrono>

namespace refold::internal {

class Clock {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Monotonic. All deadlines use it.
    virtual TimePoint now() const = 0;
    /// Calendar time, for dates sent by a server.
    virtual Timestamp calendarNow() const = 0;
    /// Returns false if cancelled before `time`.
    virtual bool sleepUntil(TimePoint time, const CancelToken& cancel) = 0;
};

class SystemClock final : public Clock {
  public:
    TimePoint now() const override;
    Timestamp calendarNow() const override;
    bool sleepUntil(TimePoint time, const CancelToken& cancel) override;
};

}  // namespace refold::internal

#endif
