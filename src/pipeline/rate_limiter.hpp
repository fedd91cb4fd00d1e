// The client's pace: a token bucket shared by all its threads and copies, first come first served, and the gate that a
// 429 closes for everybody. Used by the pipeline before each request.
#ifndef REFOLD_PIPELINE_RATE_LIMITER_HPP
#define REFOLD_PIPELINE_RATE_LIMITER_HPP

#include <refold/cancel.hpp>
#include <refold/client_options.hpp>

#include "time/clock.hpp"
#include "types/process_identity.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>

namespace refold::internal {

class RateLimiter {
  public:
    /// Tells a limiter, when it goes, that a turn's request has been answered or has failed.
    class Answer {
      public:
        Answer(RateLimiter& limiter, std::uint64_t turn) noexcept : limiter_(limiter), turn_(turn) {}
        Answer(const Answer&) = delete;
        Answer& operator=(const Answer&) = delete;
        ~Answer() { limiter_.answered(turn_); }

      private:
        RateLimiter& limiter_;
        const std::uint64_t turn_;
    };

    /// `clock` must outlive the limiter.
    RateLimiter(const RateLimit& limit, Clock& clock);

    enum class Outcome { granted, cancelled, tooLate, held };

    /// Waits for this caller's turn. `held` at once if the server's own rate limit holds the client back for longer
    /// than `deadline` or `longestHold` allow. `tooLate`, without waiting longer than needed to know it, when the turn
    /// would come after `deadline`. Sets `turn`, if given, to the turn's number.
    Outcome acquire(Clock::TimePoint deadline, const CancelToken& cancel, std::uint64_t* turn = nullptr,
                    Clock::TimePoint::duration longestHold = Clock::TimePoint::duration::max());

    /// The request of that turn has been answered, or has failed: by now the server has seen it.
    void answered(std::uint64_t turn) noexcept;

    /// Holds back every request until `time`, as the server has asked.
    void holdUntil(Clock::TimePoint time);
    /// For how much longer requests are held back.
    std::chrono::milliseconds heldFor();

  private:
    class Waiter;

    /// Until when a caller waits: for its turn, and for the end of a hold.
    struct Patience {
        Clock::TimePoint deadline;
        Clock::TimePoint hold;
    };
    Outcome waitToBeFirst(std::unique_lock<std::mutex>& lock, Waiter& self, const Patience& patience,
                          const CancelToken& cancel);
    Outcome waitForToken(std::unique_lock<std::mutex>& lock, const Patience& patience, const CancelToken& cancel);
    void refill(Clock::TimePoint now);
    void take(Clock::TimePoint now);
    bool isStarting() const noexcept { return starting_ != 0; }
    Clock::TimePoint nextTurn(Clock::TimePoint now) const;
    void enqueue(Waiter& waiter) noexcept;
    void leave(Waiter& waiter) noexcept;

    const ProcessIdentity process_ = ProcessIdentity::current();
    const RateLimit limit_;
    Clock& clock_;
    std::mutex mutex_;
    double tokens_;
    Clock::TimePoint refilledAt_;
    Clock::TimePoint heldUntil_;
    std::uint64_t turns_ = 0;
    // The turn that was taken from a full bucket and is not answered yet; 0 for none. See the source.
    std::uint64_t starting_ = 0;
    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
};

}  // namespace refold::internal

#endif
