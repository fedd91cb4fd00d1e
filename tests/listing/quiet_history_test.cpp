// Tests a history that does not change: every run in order, verified, with few more requests than there are pages, for
// each prefetch; and no request past the end.
#include "listing/execution_cursor.hpp"
#include "listing/history_simulator.hpp"
#include "listing/minute_history.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

struct Reading {
    int requests = 0;
    ListingReport report;
};

Reading readAll(std::int64_t runs, std::optional<std::int64_t> limit, int prefetch, bool ascending = false,
                std::optional<std::int64_t> page = {}) {
    const auto history = std::make_shared<MinuteHistory>(runs, ascending);
    ExecutionQuery query;
    query.limit = limit;
    query.page = page;
    if (ascending) query.sortAsc = true;
    ListingOptions options;
    options.prefetch = prefetch;
    ExecutionListing listing(internal::makeExecutionCursor(history, query, options, CancelToken()));
    std::int64_t next = (page.value_or(1) - 1) * limit.value_or(100);
    for (const Execution& run : listing) {
        EXPECT_EQ(run.id, std::to_string(ascending ? next : runs - 1 - next));
        ++next;
    }
    EXPECT_EQ(next, runs);
    EXPECT_EQ(history->pastTheEnd, 0);
    return {history->requests, listing.report()};
}

TEST(QuietHistory, HardlyMoreRequestsThanPages) {
    for (const int prefetch : {0, 1, 2, 8, 64}) {
        for (const bool ascending : {false, true}) {
            const Reading hundred = readAll(24742, {}, prefetch, ascending);
            EXPECT_LE(hundred.requests, 40) << prefetch;
            EXPECT_TRUE(hundred.report.verified);
            EXPECT_TRUE(hundred.report.complete);
            EXPECT_EQ(hundred.report.delivered, 24742);
            EXPECT_EQ(hundred.report.duplicatesDropped, 0);
            EXPECT_EQ(hundred.report.pagesReread, 0);
            EXPECT_EQ(hundred.report.pagesRead, hundred.requests);
            EXPECT_EQ(hundred.report.totalDocsAtStart, 24742);
            EXPECT_EQ(hundred.report.totalDocsAtEnd, 24742);
        }
        EXPECT_LE(readAll(24742, 100, prefetch).requests, 248 * 1.08) << prefetch;
        EXPECT_LE(readAll(24742, 20, prefetch).requests, 1238 * 1.25) << prefetch;
        EXPECT_LE(readAll(24742, 1000, prefetch).requests, 26) << prefetch;
    }
}

TEST(QuietHistory, EveryLengthAndLimit) {
    for (const int prefetch : {0, 1, 3, 8}) {
        for (std::int64_t limit = 1; limit <= 12; ++limit) {
            for (std::int64_t runs = 0; runs <= 40; ++runs) {
                const Reading reading = readAll(runs, limit, prefetch, runs % 2 == 0);
                EXPECT_LE(reading.requests, (runs + limit - 1) / limit + 2) << runs << " of " << limit;
                EXPECT_TRUE(reading.report.verified) << runs << " of " << limit;
            }
        }
    }
}

TEST(QuietHistory, PagesBeyondAHundredAreTriedOnce) {
    for (const int prefetch : {0, 1, 2, 8}) {
        for (const LargestPage& largest :
             {LargestPage{100, false, true}, LargestPage{100, false, false}, LargestPage{100, true, true}}) {
            const auto history = std::make_shared<MinuteHistory>(24742, false, largest);
            ListingOptions options;
            options.prefetch = prefetch;
            ExecutionListing listing(internal::makeExecutionCursor(history, ExecutionQuery(), options, CancelToken()));
            std::int64_t count = 0;
            for (const Execution& run : listing) {
                EXPECT_EQ(run.id, std::to_string(24741 - count));
                ++count;
            }
            EXPECT_EQ(count, 24742);
            EXPECT_TRUE(listing.report().verified);
            EXPECT_EQ(history->tooLarge, 1);
            EXPECT_LE(history->requests, 248 * 1.15) << prefetch;
        }
    }
}

TEST(QuietHistory, FromALaterPage) {
    for (const int prefetch : {0, 1, 8}) {
        for (const std::int64_t limit : {1, 2, 3, 10, 100}) {
            for (const std::int64_t page : {2, 3, 5, 8}) {
                const Reading reading = readAll(1000, limit, prefetch, false, page);
                EXPECT_TRUE(reading.report.verified) << page << " of " << limit;
                EXPECT_LE(reading.requests, 1250 / limit + 4);
            }
        }
    }
}

TEST(QuietHistory, FetchesNoMoreThanRequested) {
    for (const int prefetch : {1, 8}) {
        const auto history = std::make_shared<MinuteHistory>(5000, false);
        ListingOptions options;
        options.prefetch = prefetch;
        options.maxItems = 100;
        ExecutionListing listing(internal::makeExecutionCursor(history, ExecutionQuery(), options, CancelToken()));
        std::int64_t count = 0;
        for (auto it = listing.begin(); it != listing.end(); ++it) ++count;
        EXPECT_EQ(count, 100);
        EXPECT_LE(history->requests, 2);
    }
}

TEST(QuietHistory, PrefetchIsBounded) {
    for (const int prefetch : {0, 1, 4, 16}) {
        const auto history = std::make_shared<MinuteHistory>(24742, false);
        ListingOptions options;
        options.prefetch = prefetch;
        ExecutionListing listing(internal::makeExecutionCursor(history, ExecutionQuery(), options, CancelToken()));
        auto it = listing.begin();
        for (int i = 0; i < 450; ++i) ++it;
        const std::int64_t consumed = listing.report().pagesRead;
        EXPECT_LE(history->requests, consumed + prefetch);
    }
}

}  // namespace
}  // namespace refold::tests
