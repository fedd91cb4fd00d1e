// Tests what a listing learns about a server's page sizes.
#include "listing/page_sizes.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace refold::tests {
namespace {

using internal::PageRequest;
using internal::PageSizes;
using internal::PageView;
using internal::SizeFailure;

PageView pageOf(std::int64_t count, std::int64_t limit, bool hasNextPage = true) {
    PageView page;
    page.items.resize(static_cast<std::size_t>(count));
    page.limit = limit;
    page.hasNextPage = hasNextPage;
    return page;
}

TEST(PageSizes, ExplicitLimitGrowsOnlyByTheOverlap) {
    EXPECT_EQ(PageSizes(100, 1000).wanted(), 100);
    EXPECT_EQ(PageSizes(100, 1000).largest(), 110);
    EXPECT_EQ(PageSizes(20, 1000).largest(), 24);
    PageSizes sizes(100, 1000);
    sizes.served({1, 100}, pageOf(100, 100), {});
    EXPECT_EQ(sizes.wanted(), 100) << "an explicit limit does not grow";
}

TEST(PageSizes, GrowsWhileGrantedFastAndSmall) {
    PageSizes sizes({}, 1000);
    EXPECT_EQ(sizes.wanted(), 100);
    for (const std::int64_t grown : {200, 400, 800, 1000, 1000}) {
        const std::int64_t asked = sizes.wanted();
        sizes.served({1, asked}, pageOf(asked, asked), {});
        EXPECT_EQ(sizes.wanted(), grown);
    }
    PageSizes slow({}, 1000);
    slow.served({1, 100}, pageOf(100, 100), {std::chrono::milliseconds(900), 0});
    EXPECT_LT(slow.wanted(), 120);
    PageSizes heavy({}, 1000);
    heavy.served({1, 100}, pageOf(100, 100), {std::chrono::milliseconds(1), 1 << 20});
    EXPECT_EQ(heavy.wanted(), 100);
}

TEST(PageSizes, LearnsAReportedOrASilentCap) {
    for (const std::int64_t named : {100, 0}) {
        PageSizes sizes({}, 1000);
        sizes.served({1, 100}, pageOf(100, 100), {});
        const PageRequest served = sizes.served({1, 200}, pageOf(100, named), {});
        EXPECT_EQ(served.limit, 100);
        EXPECT_EQ(sizes.largest(), 100);
        EXPECT_TRUE(sizes.showsJoints());
    }
}

TEST(PageSizes, ItemsOverruleTheEnvelope) {
    PageSizes sizes(100, 1000);
    EXPECT_EQ(sizes.served({1, 100}, pageOf(100, 7), {}).limit, 100);
    EXPECT_EQ(sizes.served({2, 100}, pageOf(60, 7, false), {}).limit, 100);
    EXPECT_EQ(sizes.largest(), 110);
}

TEST(PageSizes, DetectsAnIgnoredLimit) {
    PageSizes sizes(10, 1000);
    EXPECT_EQ(sizes.served({2, 10}, pageOf(25, 25), {}).limit, 25);
    EXPECT_FALSE(sizes.showsJoints());
    EXPECT_EQ(sizes.largest(), 25);
}

TEST(PageSizes, DetectsPagesThatAreFilteredAfterPaging) {
    PageSizes sizes(10, 1000);
    sizes.served({1, 10}, pageOf(10, 10), {});
    sizes.served({2, 10}, pageOf(7, 10), {});
    EXPECT_FALSE(sizes.showsJoints());
}

TEST(PageSizes, ItemsMayBeRemovedBetweenCountAndRead) {
    PageSizes sizes(10, 1000);
    sizes.served({1, 10}, pageOf(10, 10), {});
    PageView page = pageOf(7, 10);
    page.totalDocs = 21;  // 17 runs remained when the items were read
    sizes.served({2, 10}, page, {});
    EXPECT_TRUE(sizes.showsJoints());
}

TEST(PageSizes, ShrinksPermanentlyWhenRefused) {
    PageSizes sizes({}, 1000);
    sizes.served({1, 100}, pageOf(100, 100), {});
    EXPECT_TRUE(sizes.learnFailure(200, SizeFailure::refused));
    EXPECT_EQ(sizes.wanted(), 100);
    EXPECT_FALSE(sizes.learnFailure(100, SizeFailure::failed)) << "the failure is an outage, not caused by the size";
    EXPECT_TRUE(sizes.learnFailure(100, SizeFailure::limitRefused));
    EXPECT_EQ(sizes.wanted(), 50);
}

TEST(PageSizes, FailureWithAnExplicitLimitIsNotBlamedOnTheSize) {
    PageSizes sizes(500, 1000);
    EXPECT_FALSE(sizes.learnFailure(510, SizeFailure::failed));
    EXPECT_TRUE(sizes.learnFailure(510, SizeFailure::refused));
    EXPECT_EQ(sizes.largest(), 500);
}

}  // namespace
}  // namespace refold::tests
