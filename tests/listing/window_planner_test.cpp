// Windows: anchored ones that overlap by one, unanchored ones of a fitting size, and the tail they are laid from.
#include "listing/window_planner.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace refold::tests {
namespace {

using internal::Aim;
using internal::anchoredWindow;
using internal::ItemMark;
using internal::KnownTail;
using internal::Place;
using internal::unanchoredWindow;

KnownTail tailOf(std::int64_t first, std::int64_t count, Place step = 10) {
    KnownTail tail;
    tail.startAt(first);
    for (std::int64_t i = 0; i < count; ++i) {
        tail.append({static_cast<std::uint64_t>(first + i + 1), (first + i) * step});
    }
    return tail;
}

TEST(KnownTail, RanksAndPlaces) {
    KnownTail tail = tailOf(100, 5);
    EXPECT_EQ(tail.firstRank(), 100);
    EXPECT_EQ(tail.lastRank(), 104);
    EXPECT_EQ(tail.frontier().key, 105U);
    EXPECT_EQ(tail.rankOf(103), 102);
    EXPECT_EQ(tail.rankOf(99), std::nullopt);
    EXPECT_TRUE(tail.opensPlace(104));
    EXPECT_FALSE(tail.opensPlace(100)) << "what stands before it is not known";
    EXPECT_TRUE(tailOf(0, 5).opensPlace(0)) << "the first of all";
    EXPECT_FALSE(tail.opensPlace(105));
    tail.append({200, 1040});
    tail.append({201, 1040});
    EXPECT_EQ(tail.tiesAtFrontier(), 3);
    EXPECT_FALSE(tail.opensPlace(105));
    EXPECT_TRUE(tail.opensPlace(104));
    EXPECT_EQ(tail.excerpt(106, 1).size(), 3U);
    EXPECT_EQ(tail.excerpt(103, 2).front().key, 103U);
    EXPECT_EQ(tail.excerpt(103, 99).size(), 4U);
}

TEST(KnownTail, AnExcerptHoldsWhatMayShareItsLastPlace) {
    KnownTail tail = tailOf(0, 3);
    for (std::uint64_t key = 50; key < 60; ++key) tail.append({key, 100});
    tail.append({60, {}});
    for (std::uint64_t key = 61; key < 63; ++key) tail.append({key, 100});
    EXPECT_EQ(tail.excerpt(tail.lastRank(), 1).front().key, 50U) << "one shows no place";
    tail.append({63, {}});
    EXPECT_EQ(tail.excerpt(tail.lastRank(), 1).front().key, 63U);
    EXPECT_EQ(tail.excerpt(tail.lastRank(), 2).front().key, 50U);
}

TEST(KnownTail, ForgetsButKeepsItsRanks) {
    KnownTail tail = tailOf(0, 5000);
    EXPECT_LE(tail.size(), 1024U);
    EXPECT_EQ(tail.lastRank(), 4999);
    EXPECT_EQ(tail.at(4999).key, 5000U);
    EXPECT_FALSE(tail.opensPlace(tail.firstRank()));
}

TEST(KnownTail, ItemsAtOneDateDoNotGrowItForEver) {
    KnownTail tail = tailOf(0, 100'000, 0);
    EXPECT_LE(tail.size(), 20'000U);
    EXPECT_EQ(tail.lastRank(), 99'999);
}

TEST(WindowPlanner, WindowsInFlightOverlapByOne) {
    const KnownTail tail = tailOf(0, 199);
    std::int64_t to = tail.lastRank();
    for (std::int64_t page = 1; page <= 8; ++page) {
        const std::optional<Aim> aim = anchoredWindow(tail, {to, to, 100, false}, {}, false);
        ASSERT_TRUE(aim);
        EXPECT_EQ(aim->page, page);
        EXPECT_EQ(aim->limit, 100);
        EXPECT_EQ(aim->start, to);
        EXPECT_EQ(aim->anchor, aim->base * 10);
        EXPECT_EQ(aim->base + (page - 1) * 100, aim->start);
        to = aim->start + 99;
    }
}

TEST(WindowPlanner, AnchorsOpenTheirPlace) {
    KnownTail tail = tailOf(0, 10);
    tail.append({100, 90});
    const std::optional<Aim> aim = anchoredWindow(tail, {10, 10, 5, false}, {}, false);
    ASSERT_TRUE(aim);
    EXPECT_NE(aim->base, 10) << "rank 10 shares its place with rank 9";
    EXPECT_LE(aim->start, 10);
    EXPECT_GT(aim->start + aim->limit - 1, 10);
    EXPECT_FALSE(anchoredWindow(tail, {10, 13, 5, false}, {}, true));
    EXPECT_FALSE(anchoredWindow(tail, {10, 10, 5, false}, 91, false));
}

TEST(WindowPlanner, UnanchoredOnesBeginAtOrBeforeAndReachBeyond) {
    for (std::int64_t start = 0; start < 3000; start += 7) {
        const std::optional<Aim> aim = unanchoredWindow({start, start, 100, true}, 0);
        ASSERT_TRUE(aim) << start;
        EXPECT_LE(aim->start, start);
        EXPECT_GT(aim->start + aim->limit - 1, start);
        EXPECT_EQ(aim->start, (aim->page - 1) * aim->limit);
        EXPECT_GE(aim->start + aim->limit - start, 50) << start;
    }
    // Ranks of the tail that stand elsewhere at the server.
    const std::optional<Aim> shifted = unanchoredWindow({50, 50, 10, true}, 30);
    ASSERT_TRUE(shifted);
    EXPECT_EQ((shifted->page - 1) * shifted->limit - 30, shifted->start);
    EXPECT_LE(shifted->start, 50);
    EXPECT_GT(shifted->start + shifted->limit - 1, 50);
    EXPECT_FALSE(unanchoredWindow({5, 5, 3, false}, 0));
}

}  // namespace
}  // namespace refold::tests
