// Tests checkpoints: resuming in another listing after the history has changed neither repeats nor loses runs.
// Truncated or altered checkpoints, and those of another query, are refused.
#include "listing/checkpoint.hpp"
#include "listing/execution_cursor.hpp"
#include "listing/history_simulator.hpp"
#include "listing/seeded_cursor.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

using internal::Position;

ExecutionListing open(const std::shared_ptr<internal::PageSource>& source, const ExecutionQuery& query,
                      const ListingOptions& options) {
    return openSeeded(source, query, options);
}

struct Interruption {
    HistorySetup history = {};
    std::optional<std::int64_t> limit = 10;
    int prefetch = 1;
    /// Runs to read before each interruption.
    int stretch = 25;
    /// Changes during an interruption, as a number of requests.
    int pause = 20;
};

/// Reads a history in parts, each with a new listing that resumes from the previous checkpoint.
void expectExactlyOnce(const Interruption& setting) {
    const auto history = std::make_shared<HistorySimulator>(setting.history);
    ExecutionQuery query = history->query();
    query.limit = setting.limit;
    ListingOptions options;
    options.prefetch = setting.prefetch;
    std::vector<std::string> ids;
    bool verified = true;
    std::string what = "seed " + std::to_string(setting.history.seed) + " limit " +
                       std::to_string(setting.limit.value_or(0)) + " prefetch " + std::to_string(setting.prefetch) +
                       " ascending " + std::to_string(setting.history.ascending) + " dates " +
                       std::to_string(static_cast<int>(setting.history.server.dates));
    try {
        int stretches = 0;
        for (bool complete = false; !complete;) {
            ASSERT_LT(ids.size(), 5000U);
            // In ascending order the listing would never end if runs arrived faster than they are read.
            if (++stretches > 12) history->setChurn(Churn::none());
            ExecutionListing listing = open(history, query, options);
            int left = setting.stretch;
            auto it = listing.begin();
            for (; it != listing.end() && left > 0; --left) {
                ids.push_back(it->id);
                if (left > 1) ++it;
            }
            complete = it == listing.end();
            verified = verified && listing.report().verified;
            options.resumeFrom = listing.checkpoint();
            history->moveOn(setting.pause);
        }
    } catch (const std::exception& error) {
        ADD_FAILURE() << error.what() << " " << what;
    }
    EXPECT_EQ(history->complaint(ids, verified), "") << what;
    // If many runs share dates, the search may have to assume that their order is stable.
    EXPECT_TRUE(verified || setting.history.spacing < 1000) << what;
}

TEST(Resume, ExactlyOnceUnderChurn) {
    std::uint32_t seed = 0;
    for (int round = 0; round < 6; ++round) {
        for (const bool ascending : {false, true}) {
            for (const std::int64_t limit : {2, 10, 100}) {
                for (const int prefetch : {0, 1, 8}) {
                    for (const Churn& churn : {Churn::light(), Churn::balanced(), Churn::draining()}) {
                        Interruption setting;
                        setting.history.seed = ++seed;
                        setting.history.ascending = ascending;
                        setting.history.churn = churn;
                        setting.history.runs = 160;
                        setting.history.spacing = round % 2 == 0 ? 3000 : 40;
                        setting.limit = limit;
                        setting.prefetch = prefetch;
                        setting.pause = round < 4 ? 10 : 60;
                        expectExactlyOnce(setting);
                        if (HasFailure()) return;
                    }
                }
            }
        }
    }
}

TEST(Resume, ExactlyOnceWithAnyReadingOfDates) {
    std::uint32_t seed = 0;
    for (const DateMode mode :
         {DateMode::secondFloor, DateMode::secondCeiling, DateMode::dayFloor, DateMode::exclusive, DateMode::ignored}) {
        for (const bool ascending : {false, true}) {
            for (const std::int64_t limit : {3, 10, 100}) {
                Interruption setting;
                setting.history.seed = ++seed;
                setting.history.ascending = ascending;
                setting.history.churn = Churn::light();
                setting.history.runs = 160;
                setting.history.server.dates = mode;
                setting.limit = limit;
                expectExactlyOnce(setting);
                if (HasFailure()) return;
            }
        }
    }
}

TEST(Resume, ExactlyOnceWithMinimalEnvelopes) {
    std::uint32_t seed = 0;
    for (const std::int64_t cap : {20, 50}) {
        for (const int sharing : {1, 5, 30, 120}) {
            for (const bool namesTotal : {false, true}) {
                for (const std::optional<std::int64_t> limit : {std::optional<std::int64_t>(), {20}, {100}}) {
                    for (const Churn& churn : {Churn::none(), Churn::light(), Churn::balanced()}) {
                        Interruption setting;
                        setting.history.seed = ++seed;
                        setting.history.churn = churn;
                        setting.history.runs = 300;
                        setting.history.sharing = sharing;
                        setting.history.spacing = 900;
                        setting.history.server.cap = cap;
                        setting.history.server.namesTotal = namesTotal;
                        setting.history.server.namesLimit = setting.history.server.namesPage = false;
                        setting.limit = limit;
                        setting.prefetch = seed % 2 == 0 ? 1 : 8;
                        setting.stretch = 65;
                        expectExactlyOnce(setting);
                        if (HasFailure()) return;
                    }
                }
            }
        }
    }
}

TEST(Resume, WithoutDatesInAQuietHistory) {
    for (const DateField field : {DateField::absent, DateField::hidden, DateField::missingSorted}) {
        {
            HistorySetup setup;
            setup.runs = 120;
            setup.server.field = field;
            const auto history = std::make_shared<HistorySimulator>(setup);
            const std::vector<std::string> all = history->matchedThroughout();
            std::vector<std::string> ids;
            ListingOptions options;
            for (bool complete = false; !complete;) {
                ASSERT_LE(ids.size(), all.size());
                ExecutionListing listing = open(history, history->query(), options);
                int left = 11;
                auto it = listing.begin();
                for (; it != listing.end() && left > 0; --left) {
                    ids.push_back(it->id);
                    if (left > 1) ++it;
                }
                complete = it == listing.end();
                options.resumeFrom = listing.checkpoint();
            }
            EXPECT_EQ(ids, all);
        }
    }
}

TEST(Resume, PageByPageInAQuietHistoryLosesNothingSilently) {
    std::uint32_t seed = 0;
    {
        for (const DateMode mode : {DateMode::millisecond, DateMode::ignored}) {
            for (const int sharing : {1, 5, 30}) {
                for (const int stretch : {7, 20, 33}) {
                    for (int round = 0; round < 6; ++round) {
                        HistorySetup setup;
                        setup.seed = ++seed;
                        setup.runs = 150;
                        setup.sharing = sharing;
                        setup.churn = Churn::none();
                        setup.server.dates = mode;
                        if (round % 2 == 1 && mode == DateMode::ignored) {
                            setup.server.field = DateField::missingAmong;
                        }
                        setup.server.fixedSize = 10;
                        const auto history = std::make_shared<HistorySimulator>(setup);
                        ExecutionQuery query = history->query();
                        query.limit = 10;
                        std::vector<std::string> ids;
                        bool verified = true;
                        ListingOptions options;
                        try {
                            for (bool complete = false; !complete;) {
                                ASSERT_LE(ids.size(), 150U) << seed;
                                ExecutionListing listing = open(history, query, options);
                                int left = stretch;
                                auto it = listing.begin();
                                for (; it != listing.end() && left > 0; --left) {
                                    ids.push_back(it->id);
                                    if (left > 1) ++it;
                                }
                                complete = it == listing.end();
                                verified = verified && listing.report().verified;
                                options.resumeFrom = listing.checkpoint();
                            }
                            ASSERT_TRUE(ids == history->matchedThroughout() || !verified) << seed;
                        } catch (const ResponseError&) {
                            // After a full last page, a server with a fixed page size may show no joint.
                        }
                        const std::set<std::string> unique(ids.begin(), ids.end());
                        ASSERT_TRUE(unique.size() == ids.size() || !verified) << seed;
                    }
                }
            }
        }
    }
}

TEST(Resume, ExactlyOnceWithUndatedRunsAmongTheDated) {
    std::uint32_t seed = 0;
    for (const bool ascending : {false, true}) {
        for (const std::int64_t limit : {3, 10, 100}) {
            for (const int stretch : {7, 25, 60}) {
                for (const Churn& churn : {Churn::none(), Churn::light(), Churn::balanced()}) {
                    Interruption setting;
                    setting.history.seed = ++seed;
                    setting.history.ascending = ascending;
                    setting.history.churn = churn;
                    setting.history.runs = 160;
                    setting.history.server.field = DateField::missingAmong;
                    setting.limit = limit;
                    setting.prefetch = seed % 2 == 0 ? 0 : 4;
                    setting.stretch = stretch;
                    setting.pause = 5;
                    expectExactlyOnce(setting);
                    if (HasFailure()) return;
                }
            }
        }
    }
}

TEST(Resume, FromTheStartAndFromTheEnd) {
    for (const bool ascending : {false, true}) {
        HistorySetup setup;
        setup.runs = 60;
        setup.ascending = ascending;
        const auto history = std::make_shared<HistorySimulator>(setup);
        ListingOptions options;
        {
            ExecutionListing listing = open(history, history->query(), options);
            options.resumeFrom = listing.checkpoint();
        }
        std::size_t count = 0;
        {
            ExecutionListing listing = open(history, history->query(), options);
            for (auto it = listing.begin(); it != listing.end(); ++it) ++count;
            options.resumeFrom = listing.checkpoint();
        }
        EXPECT_EQ(count, history->matchedThroughout().size());
        for (int again = 0; again < 2; ++again) {
            ExecutionListing listing = open(history, history->query(), options);
            EXPECT_EQ(listing.begin(), listing.end());
            EXPECT_TRUE(listing.report().complete);
            EXPECT_EQ(listing.report().delivered, 0);
            options.resumeFrom = listing.checkpoint();
        }
    }
}

TEST(Resume, CanStopAfterEveryItem) {
    HistorySetup setup;
    setup.runs = 40;
    const auto history = std::make_shared<HistorySimulator>(setup);
    const std::vector<std::string> all = history->matchedThroughout();
    ExecutionQuery query = history->query();
    query.limit = 7;
    for (std::size_t stop = 1; stop <= all.size(); ++stop) {
        ListingOptions options;
        options.maxItems = static_cast<std::int64_t>(stop);
        std::vector<std::string> ids;
        ExecutionListing first = open(history, query, options);
        for (const Execution& run : first) ids.push_back(run.id);
        options.resumeFrom = first.checkpoint();
        options.maxItems.reset();
        query.limit = 9;
        ExecutionListing second = open(history, query, options);
        for (const Execution& run : second) ids.push_back(run.id);
        EXPECT_EQ(ids, all);
    }
}

TEST(Resume, OtherQueriesAreRefused) {
    const auto history = std::make_shared<HistorySimulator>(HistorySetup());
    ExecutionQuery query;
    query.status = ExecutionStatus::Failed;
    ExecutionListing listing = open(history, query, {});
    listing.begin();
    ListingOptions options;
    options.resumeFrom = listing.checkpoint();

    ExecutionQuery same = query;
    same.limit = 3;
    same.page = 2;
    same.sortAsc = false;
    EXPECT_NO_THROW(open(history, same, options));

    ExecutionQuery other = query;
    other.status.reset();
    EXPECT_THROW(open(history, other, options), InvalidArgument);
    other = query;
    other.sortAsc = true;
    EXPECT_THROW(open(history, other, options), InvalidArgument);
    other = query;
    other.slug = "FAILED";
    other.status.reset();
    EXPECT_THROW(open(history, other, options), InvalidArgument);
    other = query;
    other.extra.emplace_back("a", "b");
    EXPECT_THROW(open(history, other, options), InvalidArgument);
    other = query;
    other.endDate = Timestamp(std::chrono::milliseconds(5));
    try {
        open(history, other, options);
        ADD_FAILURE();
    } catch (const InvalidArgument& error) {
        EXPECT_EQ(error.argument(), "resumeFrom");
        EXPECT_NE(std::string(error.what()).find("another query"), std::string::npos);
    }
}

TEST(Resume, DamagedCheckpointsAreRefused) {
    HistorySetup setup;
    const auto history = std::make_shared<HistorySimulator>(setup);
    ExecutionListing listing = open(history, {}, {});
    auto it = listing.begin();
    for (int i = 0; i < 30; ++i) ++it;
    const std::string good = listing.checkpoint();
    EXPECT_LT(good.size(), 500U);
    for (const char c : good) {
        EXPECT_TRUE(c > ' ' && c < 127);
    }

    const auto expectRefused = [&](const std::string& text) {
        ListingOptions options;
        options.resumeFrom = text;
        try {
            open(history, {}, options);
            ADD_FAILURE() << text;
        } catch (const InvalidArgument& error) {
            EXPECT_EQ(error.argument(), "resumeFrom");
        }
    };
    for (std::size_t cut = 1; cut < good.size(); ++cut) expectRefused(good.substr(0, cut));
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string altered = good;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        expectRefused(altered);
    }
    expectRefused(good + "A");
    expectRefused(good + "\n");
    expectRefused("rf1." + good.substr(4));
    expectRefused("rf2.");
}

TEST(Checkpoint, SurvivesTheRoundTrip) {
    Position position;
    position.query = 0xfedcba9876543210ULL;
    position.nextRank = 123456789;
    position.totalDocs = 24742;
    position.tail = {{1, 1'700'000'000'000}, {~std::uint64_t{0}, {}}, {3, -1'700'000'000'000}};
    const Position back = internal::decodePosition(internal::encodePosition(position), position.query);
    EXPECT_EQ(back.nextRank, position.nextRank);
    EXPECT_EQ(back.totalDocs, position.totalDocs);
    ASSERT_EQ(back.tail.size(), position.tail.size());
    for (std::size_t i = 0; i < back.tail.size(); ++i) {
        EXPECT_EQ(back.tail[i].key, position.tail[i].key);
        EXPECT_EQ(back.tail[i].sortKey, position.tail[i].sortKey);
    }
    EXPECT_THROW(internal::decodePosition(internal::encodePosition(position), 1), InvalidArgument);
}

}  // namespace
}  // namespace refold::tests
