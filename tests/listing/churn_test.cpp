// Tests that each run is delivered exactly once while the history changes: hundreds of seeded histories over a grid of
// settings, checked against the runs that matched throughout. A naive listing must fail the same check.
#include "listing/execution_cursor.hpp"
#include "listing/history_simulator.hpp"
#include "listing/judged_listing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {
namespace {

TEST(Churn, NaiveListingLosesRuns) {
    int losses = 0;
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        HistorySetup setup;
        setup.seed = seed;
        setup.churn = Churn::light();
        HistorySimulator history(setup);
        std::vector<std::string> ids;
        std::set<std::string> seen;
        internal::PageRequest request;
        request.limit = 10;
        while (true) {
            const Page<Execution> page = history.fetch(request, CancelToken());
            for (const Execution& run : page) {
                if (seen.insert(run.id).second) ids.push_back(run.id);
            }
            if (!page.hasNextPage) break;
            ++request.page;
        }
        if (!history.complaint(ids).empty()) ++losses;
    }
    EXPECT_GT(losses, 30);
}

TEST(Churn, ExactlyOnce) {
    overTheGrid(4, [](Setting&) {});
}

TEST(Churn, ExactlyOnceWithTies) {
    overTheGrid(2, [](Setting& setting) { setting.history.spacing = 2; });
}

TEST(Churn, ExactlyOnceWithTiesInAnyOrder) {
    overTheGrid(2, [](Setting& setting) {
        setting.history.spacing = 12;
        setting.history.server.shufflesTies = true;
        setting.limit = std::max<std::int64_t>(7, *setting.limit);
    });
}

TEST(Churn, ExactlyOnceWithAnyReadingOfDates) {
    for (const DateMode mode : {DateMode::secondFloor, DateMode::secondCeiling, DateMode::dayFloor,
                                DateMode::dayCeiling, DateMode::exclusive, DateMode::ignored}) {
        overTheGrid(1, [mode](Setting& setting) { setting.history.server.dates = mode; });
    }
}

TEST(Churn, ExactlyOnceWithMissingDates) {
    for (const DateField field :
         {DateField::missingSorted, DateField::missingAmong, DateField::hidden, DateField::absent}) {
        overTheGrid(1, [field](Setting& setting) {
            setting.history.server.field = field;
            // Without dates, the walk has to assume a joint when every known run near it has been removed.
            setting.mustBeVerified = false;
        });
    }
}

TEST(Churn, ExactlyOnceWhenTheServerCapsThePage) {
    overTheGrid(1, [](Setting& setting) { setting.history.server.cap = 20; });
}

TEST(Churn, ExactlyOnceWhenTheServerCapsThePageLow) {
    overTheGrid(1, [](Setting& setting) {
        setting.history.server.cap = 6;
        setting.history.churn = Churn::light();
        // No page of six runs or fewer overlaps rank 60.
        setting.mustBeVerified = false;
    });
}

// Pages as decoded from envelopes with little more than `docs` and `hasNextPage`.
TEST(Churn, ExactlyOnceWithASilentCap) {
    for (const bool namesTotal : {true, false}) {
        for (const DateMode mode : {DateMode::millisecond, DateMode::ignored}) {
            overTheGrid(1, [&](Setting& setting) {
                setting.history.server.dates = mode;
                setting.history.server.cap = 20;
                setting.history.server.namesLimit = setting.history.server.namesPage = false;
                setting.history.server.namesTotal = namesTotal;
                setting.mustBeWhole = true;
            });
        }
    }
}

TEST(Churn, ExactlyOnceWithMoreRunsAtOneDateThanAPageHolds) {
    for (const bool namesTotal : {true, false}) {
        for (const DateMode mode : {DateMode::millisecond, DateMode::ignored}) {
            overTheGrid(1, [&](Setting& setting) {
                setting.history.server.dates = mode;
                setting.history.server.cap = 20;
                setting.history.server.namesLimit = setting.history.server.namesPage = namesTotal;
                setting.history.server.namesTotal = namesTotal;
                setting.history.runs = 200;
                setting.history.sharing = 30;
                setting.limit = std::max<std::int64_t>(10, *setting.limit);
                setting.mustBeVerified = false;
                // With five changes per request among twenty runs, sometimes no page shows a joint.
                setting.mustBeWhole = setting.history.churn.arrivals < 1;
                setting.mayEndInAnError = !setting.mustBeWhole;
            });
        }
    }
}

TEST(Churn, ExactlyOnceIfTheQuerysDatesAreIgnored) {
    for (const int outside : {30, 79}) {
        overTheGrid(1, [outside](Setting& setting) {
            setting.history.server.dates = DateMode::ignored;
            setting.history.outside = setting.history.runs * outside / 80;
        });
    }
}

TEST(Churn, NothingIsLostFromPagesThatAreFilteredAfterPaging) {
    for (const bool namesTotal : {true, false}) {
        for (const DateMode mode : {DateMode::millisecond, DateMode::ignored}) {
            overTheGrid(1, [&](Setting& setting) {
                setting.history.server.dates = mode;
                setting.history.server.filtersPages = true;
                setting.history.server.namesLimit = setting.history.server.namesTotal = namesTotal;
                setting.history.churn = Churn::none();
                // With a limit of one, a filtered page is empty and shows no joint.
                setting.limit = std::max<std::int64_t>(2, *setting.limit);
                setting.mustBeVerified = false;
                setting.mustBeWhole = true;
            });
        }
    }
}

TEST(Churn, ExactlyOnceWithPagesOfOneSize) {
    overTheGrid(1, [](Setting& setting) {
        setting.history.server.fixedSize = 10;
        setting.history.runs = 200;
        // The first pages are read before the server has shown how it treats dates.
        setting.mustBeVerified = false;
    });
}

TEST(Churn, ExactlyOnceWithoutTotals) {
    overTheGrid(1, [](Setting& setting) { setting.history.server.namesTotal = false; });
}

TEST(Churn, ExactlyOnceThroughFailures) {
    overTheGrid(4, [](Setting& setting) { setting.history.failures = 0.2; });
}

// With threads, responses arrive in any order and no listing can be reproduced. The guarantees must hold nevertheless.
TEST(Churn, NothingIsLostSilentlyWithThreads) {
    for (std::uint32_t seed = 1; seed <= 96; ++seed) {
        HistorySetup setup;
        setup.seed = seed;
        setup.runs = 200;
        setup.slow = true;
        setup.ascending = seed % 2 == 0;
        setup.churn = churns[seed % 4];
        const auto history = std::make_shared<HistorySimulator>(setup);
        ExecutionQuery query = history->query();
        query.limit = seed % 3 == 0 ? 100 : 10;
        ListingOptions options;
        options.prefetch = seed % 8 < 4 ? 8 : 2;
        const Outcome outcome =
            readAll(ExecutionListing(internal::makeExecutionCursor(history, query, options, CancelToken())));
        EXPECT_EQ(history->complaint(outcome.ids, outcome.report.verified), "") << seed;
        EXPECT_TRUE(outcome.report.complete) << seed;
    }
}

template <class T, std::size_t count>
T oneOf(std::mt19937& random, const T (&values)[count]) {
    return values[random() % count];
}

// Draws servers and histories at random, whereas the grids above vary one setting at a time.
TEST(Churn, NothingIsLostSilentlyWithPagesOfOneSize) {
    for (std::uint32_t seed = 1; seed <= 1200; ++seed) {
        Setting setting;
        HistorySetup& history = setting.history;
        history.seed = seed;
        history.runs = 50;
        history.spacing = 50;
        history.churn.arrivals = seed % 2 == 0 ? 0.2 : 0.5;
        history.churn.removals = seed % 2 == 0 ? 1.5 : 0.5;
        history.server.fixedSize = 20;
        if (seed % 3 != 0) history.server.dates = DateMode::ignored;
        history.server.namesLimit = history.server.namesPage = seed % 5 != 0;
        setting.mustBeVerified = false;
        expectExactlyOnce(setting);
        if (::testing::Test::HasFailure()) return;
    }
}

TEST(Churn, NothingIsLostSilentlyWithRandomServers) {
    std::mt19937 random(20261124);
    for (int i = 0; i < 1200; ++i) {
        Setting setting;
        HistorySetup& history = setting.history;
        ServerTraits& server = history.server;
        history.seed = static_cast<std::uint32_t>(random());
        history.runs = oneOf(random, {50, 200, 430});
        history.spacing = oneOf(random, {2, 50, 3000});
        history.sharing = oneOf(random, {1, 1, 1, 2, 5, 30});
        history.ascending = random() % 3 == 0;
        history.outside = oneOf(random, {0, 0, 0, 20});
        history.churn = oneOf(random, {Churn::none(), Churn::light(), Churn::balanced(), Churn::draining()});
        server.dates = static_cast<DateMode>(random() % 7);
        server.field = oneOf(random, {DateField::present, DateField::present, DateField::missingSorted,
                                      DateField::missingAmong, DateField::hidden, DateField::absent});
        if (random() % 2 == 0) server.cap = oneOf<std::int64_t>(random, {20, 25, 50, 100});
        if (random() % 8 == 0) server.fixedSize = oneOf<std::int64_t>(random, {20, 50});
        server.namesTotal = random() % 2 == 0;
        server.namesLimit = random() % 2 == 0;
        server.namesPage = random() % 2 == 0;
        setting.prefetch = oneOf(random, prefetches);
        if (random() % 2 == 0) setting.limit = oneOf<std::int64_t>(random, {1, 2, 5, 10, 20, 30, 100, 150});
        setting.mustBeVerified = false;
        setting.mayEndInAnError = server.fixedSize.has_value() || history.sharing >= 30;
        expectExactlyOnce(setting);
        if (::testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace refold::tests
