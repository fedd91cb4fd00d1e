// Tests the retry quota: spent by retries, refilled by successes.
#include "pipeline/retry_quota.hpp"

#include <gtest/gtest.h>

namespace {

using refold::internal::RetryQuota;

TEST(RetryQuota, IsSpentByRetriesAndEarnedBackByTenSuccessesEach) {
    RetryQuota quota(2);
    EXPECT_TRUE(quota.take());
    EXPECT_TRUE(quota.take());
    EXPECT_FALSE(quota.take());
    for (int i = 0; i < 9; ++i) quota.onSuccess();
    EXPECT_FALSE(quota.take());
    quota.onSuccess();
    quota.onSuccess();
    EXPECT_TRUE(quota.take());
    EXPECT_FALSE(quota.take());
}

TEST(RetryQuota, NeverHoldsMoreThanItsCapacity) {
    RetryQuota quota(1);
    for (int i = 0; i < 1000; ++i) quota.onSuccess();
    EXPECT_TRUE(quota.take());
    EXPECT_FALSE(quota.take());
}

}  // namespace
