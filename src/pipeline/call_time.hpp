// The time that a call may take, with its retries, waits and pacing. Used by Call.
#ifndef REFOLD_PIPELINE_CALL_TIME_HPP
#define REFOLD_PIPELINE_CALL_TIME_HPP

#include "time/clock.hpp"

#include <algorithm>
#include <chrono>

namespace refold::internal {

class CallTime {
  public:
    /// A longer one would overflow when added to the current time.
    static constexpr std::chrono::milliseconds maxLimit = std::chrono::hours(24 * 365);

    /// Begins now. `clock` must outlive it.
    CallTime(const Clock& clock, std::chrono::milliseconds limit)
        : clock_(clock), limit_(std::min(limit, maxLimit)), begin_(clock.now()), deadline_(begin_ + limit_) {}

    std::chrono::milliseconds limit() const noexcept { return limit_; }
    Clock::TimePoint deadline() const noexcept { return deadline_; }
    /// Negative after the deadline.
    std::chrono::milliseconds left() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - clock_.now());
    }
    std::chrono::microseconds spent() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(clock_.now() - begin_);
    }

  private:
    const Clock& clock_;
    const std::chrono::milliseconds limit_;
    const Clock::TimePoint begin_;
    const Clock::TimePoint deadline_;
};

}  // namespace refold::internal

#endif
