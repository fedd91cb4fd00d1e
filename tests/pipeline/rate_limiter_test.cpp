// Tests rate limiting: the bucket, the order of callers, the hold after a 429, and waits that end early.
#include "pipeline/rate_limiter.hpp"

#include "pipeline/manual_clock.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using refold::CancelSource;
using refold::RateLimit;
using refold::internal::Clock;
using refold::internal::RateLimiter;
using refold::internal::SystemClock;
using refold::test::ManualClock;
using Outcome = RateLimiter::Outcome;

TEST(RateLimiter, LetsABurstPassAndThenKeepsTheRate) {
    ManualClock clock;
    RateLimiter limiter(RateLimit{20, 5}, clock);
    const auto far = clock.now() + 1h;
    std::uint64_t first = 0;
    EXPECT_EQ(limiter.acquire(far, {}, &first), Outcome::granted);
    limiter.answered(first);
    for (int i = 1; i < 5; ++i) EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    EXPECT_EQ(clock.elapsed(), 0ms);
    for (int i = 1; i <= 100; ++i) {
        EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
        EXPECT_NEAR(static_cast<double>(clock.elapsed().count()), i * 50.0, 1.0);
    }
}

TEST(RateLimiter, IdleTimeEarnsNoMoreThanTheBurst) {
    ManualClock clock;
    RateLimiter limiter(RateLimit{20, 5}, clock);
    const auto far = clock.now() + 24h;
    clock.advance(1h);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    EXPECT_GE(clock.elapsed(), 1h + 49ms);
}

// The server's bucket starts to refill when the first request of a burst arrives. The client knows that it has arrived
// when its response does.
TEST(RateLimiter, AFullBucketRefillsFromTheFirstAnswerOn) {
    ManualClock clock;
    RateLimiter limiter(RateLimit{20, 5}, clock);
    const auto far = clock.now() + 1h;
    std::uint64_t first = 0;
    EXPECT_EQ(limiter.acquire(far, {}, &first), Outcome::granted);
    clock.advance(300ms);  // a slow connect, as long as six requests at the rate
    limiter.answered(first);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    EXPECT_EQ(clock.elapsed(), 300ms);
    EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    EXPECT_GE(clock.elapsed(), 350ms);
}

TEST(RateLimiter, AWaitForTheFirstAnswerEndsWithIt) {
    SystemClock clock;
    RateLimiter limiter(RateLimit{1000, 2}, clock);
    const auto far = clock.now() + 1h;
    std::uint64_t first = 0;
    EXPECT_EQ(limiter.acquire(far, {}, &first), Outcome::granted);
    EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    Clock::TimePoint third;
    std::thread waiting([&] {
        EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
        third = clock.now();
    });
    std::this_thread::sleep_for(50ms);
    const Clock::TimePoint answered = clock.now();
    limiter.answered(first);
    waiting.join();
    EXPECT_GE(third, answered);
}

TEST(RateLimiter, MissingFirstAnswerDelaysOthersBriefly) {
    ManualClock clock;
    RateLimiter limiter(RateLimit{20, 5}, clock);
    const auto far = clock.now() + 1h;
    for (int i = 0; i < 105; ++i) EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    EXPECT_GE(clock.elapsed(), 5s);
    EXPECT_LE(clock.elapsed(), 7s);
}

TEST(RateLimiter, WithoutALimitNoCallerWaits) {
    ManualClock clock;
    RateLimiter limiter(RateLimit::none(), clock);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(limiter.acquire(clock.now(), {}), Outcome::granted);
    EXPECT_TRUE(clock.sleeps.empty());
}

TEST(RateLimiter, HoldStopsAllCallersAndEndsWithoutABurst) {
    for (const RateLimit& limit : {RateLimit{20, 5}, RateLimit::none()}) {
        ManualClock clock;
        RateLimiter limiter(limit, clock);
        const auto far = clock.now() + 1h;
        limiter.holdUntil(clock.now() + 3s, 429);
        limiter.holdUntil(clock.now() + 1s, 429);  // a shorter hold does not replace a longer one
        EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
        EXPECT_EQ(clock.elapsed(), 3000ms);
        EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
        EXPECT_GE(clock.elapsed(), limit.isNone() ? 3000ms : 3050ms);
    }
}

TEST(RateLimiter, RefusesAtOnceWhenTheTurnIsTooLate) {
    ManualClock clock;
    RateLimiter limiter(RateLimit{1, 1}, clock);
    EXPECT_EQ(limiter.acquire(clock.now() + 10ms, {}), Outcome::granted);
    EXPECT_EQ(limiter.acquire(clock.now() + 10ms, {}), Outcome::tooLate);
    EXPECT_EQ(clock.elapsed(), 0ms);
}

TEST(RateLimiter, ACallerThatIsTooLateDuringAHoldIsHeld) {
    ManualClock clock;
    RateLimiter limiter(RateLimit{1, 1}, clock);
    limiter.holdUntil(clock.now() + 1s, 429);
    EXPECT_EQ(limiter.acquire(clock.now() + 1500ms, {}), Outcome::granted);
    limiter.holdUntil(clock.now() + 500ms, 429);
    EXPECT_EQ(limiter.acquire(clock.now() + 700ms, {}), Outcome::held) << "the hold is over, the next turn is later";
    clock.advance(600ms);
    EXPECT_EQ(limiter.acquire(clock.now() + 100ms, {}), Outcome::tooLate) << "made after the hold";
}

TEST(RateLimiter, ACallerThatIsHeldBackBehindOthersIsHeldAlthoughTheHoldIsOver) {
    SystemClock clock;
    RateLimiter limiter(RateLimit{0.001, 1}, clock);
    const Clock::TimePoint now = clock.now();
    limiter.holdUntil(now + 20ms, 429);
    const CancelSource source;
    EXPECT_EQ(limiter.acquire(now + 1h, {}), Outcome::granted);
    limiter.holdUntil(clock.now() + 200ms, 429);
    std::thread first([&] { EXPECT_EQ(limiter.acquire(clock.now() + 1h, source.token()), Outcome::cancelled); });
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(limiter.acquire(clock.now() + 400ms, {}), Outcome::held);
    source.cancel();
    first.join();
}

TEST(RateLimiter, TheLongestHoldDoesNotOverflow) {
    ManualClock clock;
    RateLimiter limiter(RateLimit::none(), clock);
    constexpr auto longest = std::chrono::milliseconds::max();
    EXPECT_EQ(limiter.acquire(clock.now() + 1h, {}, nullptr, longest), Outcome::granted);
    limiter.holdUntil(clock.now() + 30min, 429);
    EXPECT_EQ(limiter.acquire(clock.now() + 1h, {}, nullptr, longest), Outcome::granted);
    EXPECT_EQ(clock.elapsed(), 30min);
}

TEST(RateLimiter, AHoldThatIsOverHoldsNobody) {
    ManualClock clock;
    RateLimiter limiter(RateLimit::none(), clock);
    EXPECT_EQ(limiter.acquire(clock.now() - 1h, {}), Outcome::granted);
    EXPECT_EQ(limiter.acquire(clock.now() + 1h, {}, nullptr, 0ms), Outcome::granted);
}

TEST(RateLimiter, AnExceptionOfTheClockLeavesTheQueue) {
    class BrokenClock final : public Clock {
      public:
        TimePoint now() const override { return std::chrono::steady_clock::now(); }
        refold::Timestamp calendarNow() const override { return {}; }
        bool sleepUntil(TimePoint, const refold::CancelToken&) override {
            if (isBroken) throw std::bad_alloc();
            return true;
        }
        bool isBroken = true;
    };
    BrokenClock clock;
    RateLimiter limiter(RateLimit{50, 1}, clock);
    EXPECT_EQ(limiter.acquire(clock.now() + 1h, {}), Outcome::granted);
    EXPECT_THROW(limiter.acquire(clock.now() + 1h, {}), std::bad_alloc);
    clock.isBroken = false;
    // Another stack, so that no address is the same by chance.
    std::thread next([&] { EXPECT_EQ(limiter.acquire(clock.now() + 5s, {}), Outcome::granted); });
    next.join();
}

TEST(RateLimiter, CancellationEndsTheWaitsOfAllCallers) {
    SystemClock clock;
    RateLimiter limiter(RateLimit{0.001, 1}, clock);
    const auto far = clock.now() + 1h;
    EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    const CancelSource source;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] { EXPECT_EQ(limiter.acquire(far, source.token()), Outcome::cancelled); });
    }
    source.cancel();
    for (std::thread& thread : threads) thread.join();
}

TEST(RateLimiter, ServesInTheOrderOfArrival) {
    SystemClock clock;
    RateLimiter limiter(RateLimit{100, 1}, clock);
    const auto far = clock.now() + 1min;
    EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
    limiter.holdUntil(clock.now() + 100ms, 429);
    std::mutex mutex;
    std::vector<int> order;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&, i] {
            EXPECT_EQ(limiter.acquire(far, {}), Outcome::granted);
            const std::lock_guard<std::mutex> lock(mutex);
            order.push_back(i);
        });
        std::this_thread::sleep_for(10ms);  // so that the callers arrive in order
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5}));
}

TEST(RateLimiter, CancelledCallerDoesNotBlockTheQueue) {
    SystemClock clock;
    RateLimiter limiter(RateLimit::none(), clock);
    limiter.holdUntil(clock.now() + 200ms, 429);
    const CancelSource source;
    std::thread first([&] { EXPECT_EQ(limiter.acquire(clock.now() + 1h, source.token()), Outcome::cancelled); });
    std::this_thread::sleep_for(20ms);
    std::thread hasty([&] { EXPECT_EQ(limiter.acquire(clock.now() + 30ms, {}), Outcome::held); });
    std::thread patient([&] { EXPECT_EQ(limiter.acquire(clock.now() + 1h, {}), Outcome::granted); });
    hasty.join();
    source.cancel();
    first.join();
    patient.join();
}

}  // namespace
