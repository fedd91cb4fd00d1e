// Tests after which refusals credentials are renewed.
#include "auth/renewal_limits.hpp"

#include <gtest/gtest.h>
#include <chrono>

namespace refold::internal {
namespace {

using std::chrono::seconds;
using TimePoint = RenewalLimits::TimePoint;

const TimePoint start{std::chrono::hours(1)};

TEST(RenewalLimits, ACallRenewsOnceAndItsPathNotAgainForAMinute) {
    RenewalLimits limits(true);
    EXPECT_TRUE(limits.allows("/a", 0, start));
    EXPECT_FALSE(limits.allows("/a", 1, start));
    EXPECT_FALSE(limits.allows("/a", 0, start + seconds(60)));
    EXPECT_TRUE(limits.allows("/b", 0, start + seconds(60)));
    EXPECT_TRUE(limits.allows("/a", 0, start + seconds(61)));
}

TEST(RenewalLimits, APathThatHasAcceptedIsRenewedForUntilClientsHaveSettled) {
    RenewalLimits limits(true);
    limits.accepted("/a");
    EXPECT_TRUE(limits.allows("/a", 2, start));
    EXPECT_FALSE(limits.allows("/a", 3, start));
    EXPECT_FALSE(limits.allows("/a", 0, start + seconds(11)));
}

TEST(RenewalLimits, WithoutSettlingAPathThatHasAcceptedWaitsTenSeconds) {
    RenewalLimits limits(false);
    limits.accepted("/a");
    EXPECT_FALSE(limits.allows("/a", 1, start));
    EXPECT_FALSE(limits.allows("/a", 0, start + seconds(10)));
    EXPECT_TRUE(limits.allows("/a", 0, start + seconds(11)));
}

TEST(RenewalLimits, AfterThreeRefusingPathsOnlyAcceptingPathsRenewYoungCredentials) {
    RenewalLimits limits(true);
    limits.accepted("/good");
    limits.renewed(start);
    for (const char* const path : {"/a", "/b", "/c"}) EXPECT_FALSE(limits.allows(path, 1, start));
    EXPECT_FALSE(limits.allows("/new", 0, start + seconds(9)));
    EXPECT_TRUE(limits.allows("/good", 0, start + seconds(9)));
    EXPECT_TRUE(limits.allows("/new", 0, start + seconds(10)));
}

}  // namespace
}  // namespace refold::internal
