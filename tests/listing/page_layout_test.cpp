// Tests which page covers which ranks.
#include "listing/page_layout.hpp"

#include <gtest/gtest.h>

namespace refold::tests {
namespace {

using internal::layOutLargerPage;
using internal::layOutPage;
using internal::LayoutWish;
using internal::PageRequest;

TEST(PageLayout, ReachesFurthest) {
    // Page 2 of 98 is [98, 196); page 1 of 110 ends at 110.
    const PageRequest page = *layOutPage({98, 100, 110, false});
    EXPECT_EQ(page.page, 2);
    EXPECT_EQ(page.limit, 98);
}

TEST(PageLayout, MeetsEveryPossibleRequest) {
    for (std::int64_t start = 0; start < 300; ++start) {
        const auto page = layOutPage({start, start + 1, 20, false});
        ASSERT_TRUE(page) << start;
        EXPECT_LE(page->firstRank(), start);
        EXPECT_GT(page->endRank(), start + 1);
        EXPECT_LE(page->limit, 20);
    }
}

TEST(PageLayout, AtSomeRanksNoPageOverlaps) {
    // 60 is a multiple of 1 to 6: every page of those sizes ends or begins there.
    EXPECT_FALSE(layOutPage({59, 60, 6, false}));
    const auto larger = layOutLargerPage({59, 60, 6, false}, 10);
    ASSERT_TRUE(larger);
    EXPECT_EQ(larger->limit, 7);
}

TEST(PageLayout, SizeMayBeFixed) {
    const auto page = layOutPage({25, 25, 10, true});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->page, 3);
    EXPECT_EQ(page->limit, 10);
    EXPECT_FALSE(layOutPage({19, 20, 10, true}));
}

}  // namespace
}  // namespace refold::tests
