// Tests servers that send wrong numbers or count before they read, histories whose oldest runs expire, and interrupted
// readers. Each listing is checked against the runs that matched throughout.
#include "listing/history_simulator.hpp"
#include "listing/judged_listing.hpp"
#include "listing/seeded_cursor.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

TEST(DeviatingServer, CountAndItemsAreReadAtDifferentTimes) {
    overTheGrid(3, [](Setting& setting) { setting.history.server.countsFirst = true; });
}

/// Pages grow until the server refuses, times out or caps them, while the history changes.
TEST(DeviatingServer, PagesThatGrowTooLargeLoseNothing) {
    std::uint32_t seed = 0;
    const auto read = [&seed](const ServerTraits& server, std::int64_t granted) {
        for (const int prefetch : prefetches) {
            for (const Churn& churn : {Churn::none(), Churn::light(), Churn::heavy(), Churn::balanced()}) {
                Setting setting;
                setting.history.seed = ++seed;
                setting.history.runs = 3000;
                setting.history.ascending = seed % 2 == 0;
                setting.history.churn = churn;
                setting.history.server = server;
                setting.prefetch = prefetch;
                const int requests = expectExactlyOnce(setting);
                EXPECT_LE(requests, 3 * 3000 / granted + 20) << setting;
                if (HasFailure()) return;
            }
        }
    };
    for (const std::int64_t largest : {100, 150, 400, 999}) {
        // Halving finds at least half of the largest size.
        ServerTraits refusing;
        refusing.refusesAbove = largest;
        read(refusing, std::max<std::int64_t>(100, largest / 2));
        ServerTraits slow;
        slow.timesOutAbove = largest;
        read(slow, std::max<std::int64_t>(100, largest / 2));
        ServerTraits capped;
        capped.cap = largest;
        capped.namesLimit = largest % 2 == 0;
        read(capped, largest);
    }
}

/// A page that overlaps, or holds all runs of one date, is larger than the query's limit. A server that refuses such a
/// page is asked for no other one.
TEST(DeviatingServer, RefusesAnythingAboveTheQuerysLimit) {
    std::uint32_t seed = 0;
    for (const int prefetch : prefetches) {
        for (const std::int64_t limit : {7, 20, 50, 100}) {
            for (const int sharing : {1, 5, 10, 12, 20}) {
                for (const Churn& churn : {Churn::none(), Churn::light()}) {
                    Setting setting;
                    setting.history.seed = ++seed;
                    setting.history.sharing = sharing;
                    setting.history.churn = churn;
                    setting.history.server.refusesAbove = limit;
                    setting.prefetch = prefetch;
                    setting.limit = limit;
                    setting.mustBeVerified = false;
                    const int requests = expectExactlyOnce(setting);
                    EXPECT_LE(requests, 1500 / limit + 40) << setting;
                    if (HasFailure()) return;
                }
            }
        }
    }
}

TEST(DeviatingServer, WrongNumbersLoseNothingInAQuietHistory) {
    for (const Envelope envelope : {Envelope::wrongPage, Envelope::wrongLimit, Envelope::wrongTotal, Envelope::wrong}) {
        overTheGrid(1, [envelope](Setting& setting) {
            setting.history.server.envelope = envelope;
            setting.history.churn = Churn::none();
            setting.mustBeWhole = true;
        });
    }
}

TEST(DeviatingServer, WrongNumbersLoseNothingSilentlyInAMovingHistory) {
    overTheGrid(1, [](Setting& setting) { setting.history.server.envelope = Envelope::wrong; });
}

TEST(DeviatingServer, TheOldestRunsExpire) {
    overTheGrid(1, [](Setting& setting) {
        setting.history.churn = setting.history.seed % 2 == 0 ? Churn::light() : Churn::none();
        setting.history.churn.expiries = setting.history.seed % 3 == 0 ? 2 : 0.5;
    });
}

/// Reads in parts of random length. Each part is a new listing that resumes from the previous checkpoint, with another
/// prefetch and limit.
TEST(DeviatingServer, AnInterruptionAtAnyPointLosesNothing) {
    for (std::uint32_t seed = 1; seed <= 150; ++seed) {
        std::mt19937 random(seed);
        HistorySetup setup;
        setup.seed = seed;
        setup.runs = 160;
        setup.ascending = seed % 2 == 0;
        setup.churn = churns[seed % 4];
        setup.churn.expiries = seed % 5 == 0 ? 0.5 : 0;
        setup.server.countsFirst = seed % 3 == 0;
        setup.restAfter = 60;
        const auto history = std::make_shared<HistorySimulator>(setup);
        ExecutionQuery query = history->query();
        ListingOptions options;
        std::vector<std::string> ids;
        bool verified = true;
        int listings = 0;
        for (bool complete = false; !complete; ++listings) {
            ASSERT_LT(listings, 400) << seed;
            query.limit = limits[2 + random() % 4];
            options.prefetch = prefetches[random() % 4];
            ExecutionListing listing = openSeeded(history, query, options);
            auto it = listing.begin();
            for (auto left = random() % 40; it != listing.end() && left > 0; --left) {
                ids.push_back(it->id);
                options.resumeFrom = listing.checkpoint();
                if (left > 1) ++it;
            }
            complete = it == listing.end();
            verified = verified && listing.report().verified;
            history->moveOn(listings < 20 ? static_cast<int>(random() % 4) : 0);
        }
        EXPECT_EQ(history->complaint(ids, verified), "") << seed;
        EXPECT_TRUE(verified || history->maxSharing() > 1) << seed;
        EXPECT_LE(history->requests(), 10 * listings + 200) << seed;
        if (HasFailure()) return;
    }
}

/// 100 to 150 runs share a date and are ordered differently on each page; the history does not change. The server's
/// total reveals missing runs.
TEST(DeviatingServer, ManyRunsAtOneDateInAnyOrderLoseNothingSilently) {
    int verified = 0;
    int errors = 0;
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        HistorySetup setup;
        setup.seed = seed;
        setup.runs = 600;
        setup.sharing = 100 + static_cast<int>(seed % 3) * 25;
        setup.server.shufflesTies = true;
        setup.server.dates = DateMode::ignored;
        const auto history = std::make_shared<HistorySimulator>(setup);
        ExecutionQuery query = history->query();
        if (seed % 2 == 0) query.limit = seed % 4 == 0 ? 100 : 50;
        ListingOptions options;
        options.prefetch = prefetches[seed % 4];
        try {
            const Outcome outcome = readAll(openSeeded(history, query, options));
            EXPECT_EQ(history->complaint(outcome.ids, outcome.report.verified), "") << seed;
            if (outcome.report.verified) ++verified;
        } catch (const ResponseError&) {
            // If no page spans all runs of a date, an error is acceptable.
            ++errors;
        }
        EXPECT_LE(history->requests(), 200) << seed;
    }
    RecordProperty("verified", verified);
    RecordProperty("errors", errors);
}

}  // namespace
}  // namespace refold::tests
