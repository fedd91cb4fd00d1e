// Tests the walk response by response: its next request, what it delivers, what it keeps, and when it ends.
#include "listing/walk.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace refold::tests {
namespace {

using internal::PageRequest;
using internal::PageView;
using internal::Walk;
using internal::WalkOptions;

using Delivered = std::optional<std::vector<std::size_t>>;

/// A page of `count` items from number `first` on, in order, with more after it.
PageView numbered(std::uint64_t first, std::int64_t count) {
    PageView page;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::uint64_t number = first + static_cast<std::uint64_t>(i);
        page.items.push_back({number, static_cast<std::int64_t>(10 * number)});
    }
    page.totalDocs = 1000;
    page.hasNextPage = true;
    return page;
}

/// The requested page of an unchanged history, whose first item is number 1.
PageView answerTo(const PageRequest& request) {
    return numbered(static_cast<std::uint64_t>(request.firstRank()) + 1, request.limit);
}

Walk walkBy(std::int64_t limit) {
    WalkOptions options;
    options.limit = limit;
    return Walk(options);
}

std::size_t countOf(const Delivered& delivered) {
    return delivered ? delivered->size() : 0;
}

TEST(Walk, BeginsWithTheQuerysPage) {
    WalkOptions options;
    options.firstPage = 3;
    options.limit = 20;
    Walk walk(options);
    EXPECT_TRUE(walk.needsRequest());
    const PageRequest request = walk.planFirst();
    EXPECT_EQ(request.page, 3);
    EXPECT_EQ(request.limit, 20);
    EXPECT_FALSE(walk.needsRequest());
    EXPECT_FALSE(walk.planAhead(1000));
}

TEST(Walk, TheNextPageBeginsAtOrBeforeTheLastItem) {
    Walk walk = walkBy(20);
    EXPECT_EQ(countOf(walk.take(answerTo(walk.planFirst()), {})), 20U);
    const PageRequest next = walk.planFirst();
    EXPECT_LT(next.firstRank(), 20);
    EXPECT_GT(next.endRank(), 35);
    const Delivered delivered = walk.take(answerTo(next), {});
    ASSERT_TRUE(delivered);
    EXPECT_EQ(delivered->front(), static_cast<std::size_t>(20 - next.firstRank()));
}

/// A checkpoint may name a rank that is far from where its items are. Planning by that distance would not end.
TEST(Walk, AFarRankIsSearchedForAndNotPlannedBy) {
    internal::Position position;
    position.nextRank = 200'000'000'000'000;
    position.tail = {{500, 5000}};
    WalkOptions options;
    options.limit = 100;
    Walk walk(options, position);
    std::size_t delivered = 0;
    for (int requests = 0; delivered < 300; ++requests) {
        ASSERT_LT(requests, 60);
        const PageRequest request = walk.planFirst();
        PageView page = answerTo(request);
        page.hasNextPage = request.firstRank() < 1000;
        if (!page.hasNextPage) page.items.clear();
        delivered += countOf(walk.take(page, {}));
    }
}

TEST(Walk, EndsWithAShortPage) {
    Walk walk = walkBy(20);
    walk.planFirst();
    PageView page = numbered(1, 7);
    page.hasNextPage = false;
    EXPECT_EQ(countOf(walk.take(page, {})), 7U);
    EXPECT_TRUE(walk.isDone());
    EXPECT_FALSE(walk.needsRequest());
}

TEST(Walk, DoesNotEndWithAFullPage) {
    Walk walk = walkBy(20);
    walk.planFirst();
    PageView page = numbered(1, 20);
    page.hasNextPage = false;
    EXPECT_EQ(countOf(walk.take(page, {})), 20U);
    EXPECT_FALSE(walk.isDone());
}

TEST(Walk, KeepsALatePageUntilTheGapIsClosed) {
    Walk walk = walkBy(20);
    walk.take(answerTo(walk.planFirst()), {});
    const PageRequest ahead = *walk.planAhead(1000);
    // Five runs were removed: the page begins at number 25, after the frontier.
    const PageView late = numbered(25, ahead.limit);
    EXPECT_FALSE(walk.take(late, {}));
    ASSERT_TRUE(walk.needsRequest());
    const PageRequest between = walk.planFirst();
    EXPECT_FALSE(walk.needsRequest());
    EXPECT_LT(between.firstRank(), ahead.firstRank());
    const PageView closing = numbered(static_cast<std::uint64_t>(between.firstRank()) + 6, between.limit);
    const Delivered closed = walk.take(closing, {});
    EXPECT_GT(countOf(closed), 0U);
    EXPECT_FALSE(walk.needsRequest());
    const Delivered kept = walk.take(late, {});
    ASSERT_TRUE(kept);
    EXPECT_EQ(late.items[kept->front()].key, closing.items.back().key + 1);
    ListingReport report;
    walk.fillReport(report);
    EXPECT_EQ(report.pagesRead, 3);
    EXPECT_TRUE(report.verified);
}

TEST(Walk, PagesGrowWithoutALimit) {
    Walk walk{WalkOptions()};
    EXPECT_EQ(walk.planFirst().limit, 100);
    walk.take(numbered(1, 100), {});
    EXPECT_GT(walk.planFirst().limit, 150);
}

TEST(Walk, APageWithoutProgressEndsInAnError) {
    Walk walk = walkBy(20);
    const auto readOn = [&] {
        for (int i = 0; i < 20; ++i) {
            walk.planFirst();
            walk.take(numbered(1, 20), {});
        }
    };
    EXPECT_THROW(readOn(), ResponseError);
}

}  // namespace
}  // namespace refold::tests
