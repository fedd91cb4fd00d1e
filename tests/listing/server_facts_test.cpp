// What is learnt of a server on the way: what it makes of date bounds, how large its pages may be; and the search for a
// page that joins.
#include "listing/date_bounds.hpp"
#include "listing/joint_search.hpp"
#include "listing/page_size.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace refold::tests {
namespace {

using internal::Aim;
using internal::DateBounds;
using internal::JointSearch;
using internal::PageSize;
using internal::Place;
using internal::Slice;

void answer(DateBounds& bounds, Place anchor, std::optional<Place> first, std::int64_t page = 1) {
    Aim aim;
    aim.page = page;
    aim.anchor = anchor;
    Slice slice;
    if (first) slice.marks.push_back({1, *first});
    bounds.learn(aim, slice, 1000);
}

TEST(DateBounds, AnItemAtABoundWithMillisecondsProvesThem) {
    DateBounds bounds;
    answer(bounds, 1000, 1000);
    EXPECT_EQ(bounds.state(), DateBounds::State::unknown) << "the listing's first item proves nothing";
    answer(bounds, 2000, 2000);
    EXPECT_EQ(bounds.state(), DateBounds::State::unknown) << "a whole second may have been cut";
    answer(bounds, 2345, 2345);
    EXPECT_TRUE(bounds.exact());
}

TEST(DateBounds, WholeSecondsProveThemWhenThereAreSeveral) {
    DateBounds bounds;
    for (const Place place : {2000, 3000, 3000, 4000}) answer(bounds, place, place);
    EXPECT_TRUE(bounds.exact());
}

TEST(DateBounds, AnItemBeforeTheBoundMakesThemUseless) {
    DateBounds bounds;
    answer(bounds, 2345, 2345);
    answer(bounds, 3456, 3000, 4);
    EXPECT_TRUE(bounds.useless());
}

TEST(DateBounds, OneThatAlwaysMissesIsUseless) {
    DateBounds bounds;
    answer(bounds, 2345, 2400);
    answer(bounds, 3456, std::nullopt);
    EXPECT_FALSE(bounds.useless()) << "the items may have gone";
    answer(bounds, 4567, 4600);
    EXPECT_TRUE(bounds.useless());
}

TEST(DateBounds, AreTrustedWhenAnchoredSetsHaveTwiceEndedWhereTheWholeOneDid) {
    DateBounds bounds;
    bounds.sawEnd(false, 100);
    EXPECT_FALSE(bounds.mayCompare()) << "whether it stands still is not known";
    bounds.sawEnd(false, 100);
    EXPECT_TRUE(bounds.mayCompare());
    bounds.sawEnd(true, 100);
    EXPECT_TRUE(bounds.leavesNothingOut(100));
    EXPECT_FALSE(bounds.likely());
    bounds.sawEnd(false, 100);
    EXPECT_TRUE(bounds.likely());
    bounds.sawEnd(true, 100);
    EXPECT_TRUE(bounds.wantsWholePage());
    EXPECT_FALSE(bounds.trusted());
    bounds.sawEnd(false, 100);
    EXPECT_TRUE(bounds.trusted());
    bounds.sawEnd(true, 97);
    EXPECT_TRUE(bounds.leavesNothingOut(97)) << "what it holds has been settled; the history has moved";
}

TEST(DateBounds, AreNotTrustedWhereAnchoredSetsLackSomething) {
    DateBounds bounds;
    int comparisons = 0;
    for (int i = 0; i < 40; ++i) {
        bounds.sawEnd(false, 100);
        if (!bounds.mayCompare()) continue;
        ++comparisons;
        EXPECT_FALSE(bounds.leavesNothingOut(97));
        bounds.sawEnd(true, 97);
    }
    EXPECT_FALSE(bounds.likely());
    EXPECT_EQ(comparisons, 6) << "it is not tried for ever";
}

TEST(DateBounds, AnAgreementByChanceInAMovingHistoryDoesNotCount) {
    DateBounds bounds;
    for (const int end : {100, 101, 101}) bounds.sawEnd(false, end);
    EXPECT_TRUE(bounds.cannotTell());
    EXPECT_FALSE(bounds.mayCompare());
    bounds.sawEnd(true, 101);
    EXPECT_FALSE(bounds.leavesNothingOut(101));
    bounds.sawEnd(false, 101);
    EXPECT_FALSE(bounds.likely());
    for (int i = 0; i < 4; ++i) bounds.sawEnd(false, 101);
    EXPECT_TRUE(bounds.mayCompare()) << "it has come to rest";
}

TEST(DateBounds, WhatWasLikelyIsNotWhenTheHistoryMoves) {
    DateBounds bounds;
    for (const bool anchored : {false, false, true, false}) bounds.sawEnd(anchored, 100);
    EXPECT_TRUE(bounds.likely());
    bounds.sawEnd(true, 99);
    EXPECT_FALSE(bounds.likely());
    EXPECT_FALSE(bounds.leavesNothingOut(99));
}

TEST(PageSize, OverlapsAreAddedWhereTheyAreFree) {
    const PageSize ten(10);
    EXPECT_EQ(ten.wanted(), 10);
    EXPECT_EQ(ten.window(), 12);
    EXPECT_EQ(ten.overlap(), 2);
    EXPECT_EQ(PageSize(std::nullopt).wanted(), 100);
    EXPECT_EQ(PageSize(std::nullopt).window(), 102);
    EXPECT_EQ(PageSize(99).window(), 101);
    EXPECT_EQ(PageSize(500).window(), 502);
}

TEST(PageSize, AnUncommonlyLargePageIsTriedOnce) {
    PageSize size(100);
    EXPECT_EQ(size.sure(102), 100) << "until it was granted";
    size.noteAsked(102);
    EXPECT_EQ(size.window(), 100);
    size.forgetAsked();
    EXPECT_EQ(size.window(), 102);
    size.noteAsked(102);
    size.noteAnswered(102);
    size.forgetAsked();
    EXPECT_EQ(size.window(), 102);
    EXPECT_EQ(size.sure(102), 102);

    PageSize small(10);
    small.noteAsked(12);
    EXPECT_EQ(small.window(), 12) << "no server is expected to refuse that";
    EXPECT_EQ(small.sure(12), 12);
}

TEST(PageSize, GoesByWhatTheServerGrants) {
    PageSize size(100);
    size.cap(20);
    EXPECT_EQ(size.window(), 20);
    EXPECT_EQ(size.granted(), 20);
    EXPECT_TRUE(size.mayVary());
    EXPECT_FALSE(size.mayGrow());
    size.fix(25);
    EXPECT_EQ(size.window(), 25);
    EXPECT_FALSE(size.mayVary());

    PageSize refused(10);
    refused.refuseGrowth();
    EXPECT_EQ(refused.window(), 10);
    EXPECT_EQ(refused.overlap(), 1);
}

TEST(PageSize, TiesWidenTheOverlapForAWhile) {
    PageSize size(100);
    size.noteTies(4);
    EXPECT_EQ(size.overlap(), 5);
    for (int i = 0; i < 10; ++i) size.noteTies(1);
    EXPECT_EQ(size.overlap(), 2) << "one strictly before the frontier's date is always shown then";
}

TEST(JointSearch, FindsARankFromEitherSide) {
    for (const std::int64_t target : {0, 1, 50, 999, 5000, 123456}) {
        for (const std::int64_t from : {0, 40, 1000, 200000}) {
            JointSearch search;
            std::int64_t rank = from;
            const std::int64_t size = 10;
            while (rank > target || rank + size <= target) {
                ASSERT_FALSE(search.exhausted()) << target << " from " << from;
                search.countAttempt();
                if (rank > target) {
                    search.tooLate(rank, size);
                } else {
                    search.tooEarly(rank, size, std::nullopt);
                }
                rank = search.nextRank(-1);
                ASSERT_GE(rank, 0);
            }
        }
    }
}

// In a history that moves, both sides may have been seen at other times than now.
TEST(JointSearch, LeavesASideThatLeadsNowhere) {
    JointSearch search;
    search.tooLate(20, 20);
    search.tooEarly(0, 20, std::nullopt);
    EXPECT_LT(search.nextRank(-1), 20);
    search.tooEarly(0, 20, std::nullopt);
    EXPECT_GE(search.nextRank(-1), 20);
}

}  // namespace
}  // namespace refold::tests
