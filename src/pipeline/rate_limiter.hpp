// The client's rate limit: a token bucket shared by all threads and copies, first come first served, and a hold for all
// callers after a rate limit's refusal. Used by the pipeline before each request.
#ifndef REFOLD_PIPELINE_RATE_LIMITER_HPP
#define REFOLD_PIPELINE_RATE_LIMITER_HPP

#include <refold/cancel.hpp>
#include <refold/client_options.hpp>

#include "time/clock.hpp"
#include "types/process_identity.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

namespace refold::internal {

class RateLimiter {
  public:
    /// On destruction, tells a limiter that a turn's request was answered or failed.
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

    /// Waits for this caller's turn. Returns `held` at once if a hold lasts for longer than `deadline` or `maxHold`
    /// allow. As soon as it is known that the turn comes after `deadline`, returns `held` if a hold was in force during
    /// the wait, and `tooLate` otherwise. Sets `turn`, if given, to the turn's number.
    Outcome acquire(Clock::TimePoint deadline, const CancelToken& cancel, std::uint64_t* turn = nullptr,
                    std::chrono::milliseconds maxHold = std::chrono::milliseconds::max());

    /// The request of that turn was answered or failed, so the server has seen it.
    void answered(std::uint64_t turn) noexcept;

    /// The pause that the server asked for, and its status (429 or 403).
    struct Hold {
        std::chrono::milliseconds left;
        int status;
    };
    /// Holds every request until `time`, as the server requested by an answer of `status`.
    void holdUntil(Clock::TimePoint time, int status);
    Hold hold();
    /// As `hold`, if one is in force.
    std::optional<Hold> holdInForce();

  private:
    class Waiter;
    class Place;

    /// The times at which a caller began to wait, its turn comes too late, and a hold lasts for too long.
    struct Patience {
        Clock::TimePoint begin;
        Clock::TimePoint deadline;
        Clock::TimePoint hold;
    };
    bool isHeld(const Patience& patience) const;
    Outcome lateOrHeld(const Patience& patience) const;
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
    int heldBy_ = 0;
    std::uint64_t turns_ = 0;
    // The turn that was taken from a full bucket and is not answered yet; 0 for none. Explained in the source.
    std::uint64_t starting_ = 0;
    Waiter* first_ = nullptr;
    Waiter* last_ = nullptr;
};

}  // namespace refold::internal

#endif
