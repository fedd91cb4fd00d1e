// The client's pace: a token bucket shared by all its threads and copies, first come first served, and the gate that a 429
// closes for everybody. Used by the pipeline before each request.
#ifndef REFOLD_PIPELINE_RATE_LIMITER_HPP
#define REFOLD_PIPELINE_RATE_LIMITER_HPP

#include <refold/cancel.hpp>
#include <refold/client_options.hpp>

#include "pipeline/clock.hpp"

#include <chrono>
#include <mutex>

namespace refold::internal {

class RateLimiter {
  public:
    /// `clock` must outlive the limiter.
    RateLimiter(const RateLimit& limit, Clock& clock);

    enum class Outcome { granted, cancelled, tooLate };

    /// Waits for this caller's turn. `tooLate`, without waiting longer than needed to know it, when the turn would come
    /// after `deadline`.
    Outcome acquire(Clock::TimePoint deadline, const CancelToken& cancel);

    /// Holds back every request until `time`: the server said that it has had enough.
    void holdUntil(Clock::TimePoint time);

  private:
    class Waiter;

    Outcome waitToBeFirst(std::unique_lock<std::mutex>& lock, Waiter& self, Clock::TimePoint deadline,
                          const CancelToken& cancel);
    Outcome waitForToken(std::unique_lock<std::mutex>& lock, Clock::TimePoint deadline, const CancelToken& cancel);
    void refill(Clock::TimePoint now);
    Clock::TimePoint nextTurn(Clock::TimePoint now) const;
    void enqueue(Waiter& waiter) noexcept;
    void leave(Waiter& waiter) noexcept;

    const RateLimit limit_;
    Clock& clock_;
    std::mutex mutex_;
    double tokens_;
    Clock::TimePoint refilledAt_;
    Clock::TimePoint heldUntil_;
    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
};

}  // namespace refold::internal

#endif
