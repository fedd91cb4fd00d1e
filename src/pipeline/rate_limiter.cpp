// Callers queue. Only the first one checks the bucket; it checks again after sleeping, so it notices a 429 that arrived
// meanwhile.
//
// The server counts requests when they arrive, which may be long after they were sent because of a connect, a TLS
// handshake or a stall. Its bucket is full until the first request of a burst arrives, and refills from then on. If
// this bucket refilled from the time of sending, it would be ahead of the server's, and the request after the burst
// would be refused. So a full bucket does not refill before the first answer. Sending the n-th request then satisfies
// the server's rule: n <= burst + rate * (its sending - the first answer) <= burst + rate * (its arrival - the first
// arrival).
#include "pipeline/rate_limiter.hpp"

#include "pipeline/call_time.hpp"
#include "types/cancel_state.hpp"

#include <algorithm>
#include <condition_variable>

namespace refold::internal {

namespace {

/// A first answer that takes longer is slow because of the server's work, not of the network.
constexpr std::chrono::seconds maxStart{1};

}  // namespace

/// An entry of the queue, on its caller's stack.
class RateLimiter::Waiter final : public CancelListener {
  public:
    explicit Waiter(RateLimiter& limiter) noexcept : limiter_(limiter) {}
    void onCancel() noexcept override {
        const std::lock_guard<std::mutex> lock(limiter_.mutex_);
        turn.notify_one();
    }

    std::condition_variable turn;
    Waiter* before = nullptr;
    Waiter* behind = nullptr;

  private:
    RateLimiter& limiter_;
};

/// Keeps a waiter in the queue during its own lifetime.
class RateLimiter::Place {
  public:
    /// `lock` must be held.
    Place(RateLimiter& limiter, Waiter& waiter, std::unique_lock<std::mutex>& lock) noexcept
        : limiter_(limiter), waiter_(waiter), lock_(lock) {
        limiter_.enqueue(waiter_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        // An exception may leave a sleep, during which the lock is released.
        if (!lock_.owns_lock()) lock_.lock();
        limiter_.leave(waiter_);
    }

  private:
    RateLimiter& limiter_;
    Waiter& waiter_;
    std::unique_lock<std::mutex>& lock_;
};

RateLimiter::RateLimiter(const RateLimit& limit, Clock& clock)
    : limit_(limit), clock_(clock), tokens_(limit.burst), refilledAt_(clock.now()), heldUntil_(refilledAt_) {
}

RateLimiter::Outcome RateLimiter::acquire(Clock::TimePoint deadline, const CancelToken& cancel, std::uint64_t* turn,
                                          std::chrono::milliseconds maxHold) {
    // A longer one would overflow when converted.
    const Clock::TimePoint::duration hold = std::min(maxHold, CallTime::maxLimit);
    const Clock::TimePoint now = clock_.now();
    const Patience patience{now, deadline, hold < deadline - now ? now + hold : deadline};
    Waiter self(*this);
    const CancelRegistration registration(cancel, self);
    std::unique_lock<std::mutex> lock(mutex_);
    const Place place(*this, self, lock);
    Outcome outcome = waitToBeFirst(lock, self, patience, cancel);
    if (outcome == Outcome::granted) outcome = waitForToken(lock, patience, cancel);
    if (outcome == Outcome::granted && turn != nullptr) *turn = turns_;
    return outcome;
}

void RateLimiter::answered(std::uint64_t turn) noexcept {
    // In a child of fork() the mutex may stay locked.
    if (!process_.isCurrent()) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (turn != starting_) return;
    starting_ = 0;
    refilledAt_ = std::max(refilledAt_, clock_.now());
}

/// True if a hold is in force that lasts for too long.
bool RateLimiter::isHeld(const Patience& patience) const {
    return heldUntil_ > patience.hold && heldUntil_ > clock_.now();
}

/// Without the hold, a caller that it delayed might be in time.
RateLimiter::Outcome RateLimiter::lateOrHeld(const Patience& patience) const {
    return heldUntil_ > patience.begin ? Outcome::held : Outcome::tooLate;
}

RateLimiter::Outcome RateLimiter::waitToBeFirst(std::unique_lock<std::mutex>& lock, Waiter& self,
                                                const Patience& patience, const CancelToken& cancel) {
    const bool woken = self.turn.wait_until(
        lock, patience.deadline, [&] { return first_ == &self || isHeld(patience) || cancel.isCancelled(); });
    if (cancel.isCancelled()) return Outcome::cancelled;
    if (isHeld(patience)) return Outcome::held;
    return woken ? Outcome::granted : lateOrHeld(patience);
}

RateLimiter::Outcome RateLimiter::waitForToken(std::unique_lock<std::mutex>& lock, const Patience& patience,
                                               const CancelToken& cancel) {
    while (true) {
        if (cancel.isCancelled()) return Outcome::cancelled;
        const Clock::TimePoint now = clock_.now();
        refill(now);
        const Clock::TimePoint turn = nextTurn(now);
        if (turn <= now) {
            take(now);
            return Outcome::granted;
        }
        if (isHeld(patience)) return Outcome::held;
        if (turn > patience.deadline) return lateOrHeld(patience);
        // The first answer may come at any time.
        const Clock::TimePoint next = isStarting() ? now + std::chrono::milliseconds(5) : turn;
        lock.unlock();
        clock_.sleepUntil(std::min(turn, next), cancel);
        lock.lock();
    }
}

void RateLimiter::refill(Clock::TimePoint now) {
    if (limit_.isNone() || now <= refilledAt_) return;
    if (isStarting()) {
        if (now < refilledAt_ + maxStart) return;
        starting_ = 0;
        refilledAt_ = now;
        return;
    }
    const double seconds = std::chrono::duration<double>(now - refilledAt_).count();
    tokens_ = std::min(tokens_ + seconds * limit_.perSecond, static_cast<double>(limit_.burst));
    refilledAt_ = now;
}

void RateLimiter::take(Clock::TimePoint now) {
    ++turns_;
    if (limit_.isNone()) return;
    // With a burst of one, waiting for every answer would halve the rate.
    if (limit_.burst > 1 && tokens_ >= limit_.burst) {
        starting_ = turns_;
        refilledAt_ = now;
    }
    tokens_ -= 1;
}

/// Returns the earliest time of the next turn.
Clock::TimePoint RateLimiter::nextTurn(Clock::TimePoint now) const {
    Clock::TimePoint turn = std::max(now, heldUntil_);
    if (!limit_.isNone() && tokens_ < 1) {
        // The next turn would overflow.
        constexpr std::chrono::duration<double> longest = std::chrono::hours(24 * 365 * 10);
        const auto missing = std::min(std::chrono::duration<double>((1 - tokens_) / limit_.perSecond), longest);
        // Rounded up, so as not to wait repeatedly for the last nanosecond.
        turn =
            std::max(turn, (isStarting() ? now : refilledAt_) + std::chrono::ceil<Clock::TimePoint::duration>(missing));
    }
    return turn;
}

void RateLimiter::holdUntil(Clock::TimePoint time, int status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (time <= heldUntil_) return;
    heldUntil_ = time;
    heldBy_ = status;
    // Callers that may not wait that long give up at once.
    for (Waiter* waiter = first_; waiter != nullptr; waiter = waiter->behind) waiter->turn.notify_one();
    if (limit_.isNone()) return;
    // The server's bucket is empty too: continue at the rate, without a burst.
    refill(clock_.now());
    tokens_ = std::min(tokens_, 1.0);
    refilledAt_ = std::max(refilledAt_, time);
}

RateLimiter::Hold RateLimiter::hold() {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Clock::TimePoint now = clock_.now();
    return {std::chrono::ceil<std::chrono::milliseconds>(std::max(heldUntil_ - now, Clock::TimePoint::duration(0))),
            heldBy_};
}

std::optional<RateLimiter::Hold> RateLimiter::holdInForce() {
    const Hold now = hold();
    return now.left.count() > 0 ? std::optional<Hold>(now) : std::nullopt;
}

void RateLimiter::enqueue(Waiter& waiter) noexcept {
    waiter.before = last_;
    if (last_ != nullptr) {
        last_->behind = &waiter;
    } else {
        first_ = &waiter;
    }
    last_ = &waiter;
}

void RateLimiter::leave(Waiter& waiter) noexcept {
    const bool wasFirst = first_ == &waiter;
    (waiter.before != nullptr ? waiter.before->behind : first_) = waiter.behind;
    (waiter.behind != nullptr ? waiter.behind->before : last_) = waiter.before;
    if (wasFirst && first_ != nullptr) first_->turn.notify_one();
}

}  // namespace refold::internal
