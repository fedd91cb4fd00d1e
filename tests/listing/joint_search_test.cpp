// Tests the search for a lost frontier.
#include "listing/joint_search.hpp"

#include <gtest/gtest.h>

namespace refold::tests {
namespace {

using internal::JointSearch;
using internal::PageRequest;

PageRequest pageAt(std::int64_t rank) {
    return {rank / 10 + 1, 10};
}

TEST(JointSearch, FindsARankFromEitherSide) {
    for (const std::int64_t sought : {0, 1, 50, 999, 5000, 123456}) {
        for (const std::int64_t from : {0, 40, 1000, 200000}) {
            JointSearch search;
            PageRequest page = pageAt(from);
            while (page.firstRank() > sought || page.endRank() <= sought) {
                ASSERT_LT(search.attempts(), 60) << sought << " from " << from;
                page.firstRank() > sought ? search.tooLate(page) : search.tooEarly(page);
                ASSERT_GE(search.target(), 0);
                page = pageAt(search.target());
            }
        }
    }
}

TEST(JointSearch, ContradictingBoundsAreDropped) {
    JointSearch search;
    search.tooLate(pageAt(100));
    search.tooEarly(pageAt(90));
    EXPECT_GE(search.target(), 100) << "the older bound is stale: the history has shifted since";
}

TEST(JointSearch, SearchesBothSidesOfAnEmptyAnswer) {
    JointSearch search;
    search.unseen(100, 10);
    const std::int64_t first = search.target();
    search.unseen(100, 10);
    EXPECT_LT(first, 100);
    EXPECT_GT(search.target(), 100);
    search.clampTo(50);
    EXPECT_EQ(search.target(), 49);
}

}  // namespace
}  // namespace refold::tests
