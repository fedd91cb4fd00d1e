// Tests exponential back-off with full jitter.
#include "pipeline/backoff.hpp"

#include "pipeline/manual_clock.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using refold::RetryPolicy;
using refold::internal::backoff;
using refold::test::FixedRandom;

TEST(Backoff, DoublesUpToTheCap) {
    FixedRandom almostOne(0.9999999);
    const RetryPolicy policy;  // 500 ms, at most 8 s
    EXPECT_EQ(backoff(policy, 1, almostOne), 499ms);
    EXPECT_EQ(backoff(policy, 2, almostOne), 999ms);
    EXPECT_EQ(backoff(policy, 3, almostOne), 1999ms);
    EXPECT_EQ(backoff(policy, 5, almostOne), 7999ms);
    EXPECT_EQ(backoff(policy, 6, almostOne), 7999ms);
    EXPECT_EQ(backoff(policy, 1000000, almostOne), 7999ms);
}

TEST(Backoff, UnlimitedBackoffDoesNotOverflow) {
    FixedRandom half(0.5);
    RetryPolicy policy;
    policy.initialBackoff = std::chrono::milliseconds::max() / 3 * 2;
    policy.maxBackoff = std::chrono::milliseconds::max();
    EXPECT_GT(backoff(policy, 5, half), 1h);
}

TEST(Backoff, JitterReachesDownToZero) {
    FixedRandom zero(0);
    FixedRandom half(0.5);
    EXPECT_EQ(backoff(RetryPolicy(), 4, zero), 0ms);
    EXPECT_EQ(backoff(RetryPolicy(), 4, half), 2000ms);
}

TEST(Backoff, AnInitialBackoffAboveTheCapIsCut) {
    FixedRandom half(0.5);
    RetryPolicy policy;
    policy.initialBackoff = 1h;
    EXPECT_EQ(backoff(policy, 1, half), 4000ms);
    policy.initialBackoff = 0ms;
    EXPECT_EQ(backoff(policy, 9, half), 0ms);
}

}  // namespace
