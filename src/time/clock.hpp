// Time as a seam: what the pipeline waits on, so that tests of back-off and pacing need not sleep.
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

    /// Monotonic; all deadlines are in its terms.
    virtual TimePoint now() const = 0;
    /// The calendar, for dates that a server names.
    virtual Timestamp calendarNow() const = 0;
    /// False when cancelled before `time`.
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
