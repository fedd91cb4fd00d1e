// Reads a simulated history through a listing and checks what was delivered, for one setting or a grid of settings.
// Used by the tests of changing histories and deviating servers.
#ifndef REFOLD_TESTS_LISTING_JUDGED_LISTING_HPP
#define REFOLD_TESTS_LISTING_JUDGED_LISTING_HPP

#include "listing/history_simulator.hpp"
#include "listing/seeded_cursor.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {

/// Records the total number of requests of the running test's listings.
inline void countRequests(int requests) {
    static const ::testing::TestInfo* test = nullptr;
    static int sum = 0;
    const ::testing::TestInfo* const current = ::testing::UnitTest::GetInstance()->current_test_info();
    if (std::exchange(test, current) != current) sum = 0;
    ::testing::Test::RecordProperty("requests", sum += requests);
}

struct Outcome {
    std::vector<std::string> ids;
    ListingReport report;
    int failures = 0;
};

inline Outcome readAll(ExecutionListing listing) {
    Outcome outcome;
    const auto patiently = [&](auto step) {
        while (true) {
            try {
                return step();
            } catch (const TransportError&) {
                ++outcome.failures;
            }
        }
    };
    auto it = patiently([&] { return listing.begin(); });
    while (it != listing.end()) {
        outcome.ids.push_back(it->id);
        patiently([&] { ++it; });
    }
    outcome.report = listing.report();
    return outcome;
}

struct Setting {
    HistorySetup history;
    int prefetch = 0;
    std::optional<std::int64_t> limit = {};
    /// Requires a verified listing; possible if at most half a page of runs shares a date.
    bool mustBeVerified = true;
    /// Requires that no run is missing, even if the listing is not verified.
    bool mustBeWhole = false;
    bool mayEndInAnError = false;
    std::int64_t maxPageSize = 1000;
};

inline std::ostream& operator<<(std::ostream& out, const Setting& setting) {
    const HistorySetup& history = setting.history;
    return out << "seed " << history.seed << " runs " << history.runs << " spacing " << history.spacing << " sharing "
               << history.sharing << " outside " << history.outside << " ascending " << history.ascending << " dates "
               << static_cast<int>(history.server.dates) << " field " << static_cast<int>(history.server.field)
               << " cap " << history.server.cap.value_or(0) << " fixed " << history.server.fixedSize.value_or(0)
               << " shuffles " << history.server.shufflesTies << " names total " << history.server.namesTotal
               << " limit " << history.server.namesLimit << " page " << history.server.namesPage << " arrivals "
               << history.churn.arrivals << " removals " << history.churn.removals << " prefetch " << setting.prefetch
               << " limit " << setting.limit.value_or(0);
}

/// Reads and checks one listing; returns the number of requests.
inline int expectExactlyOnce(const Setting& setting) {
    const auto history = std::make_shared<HistorySimulator>(setting.history);
    ExecutionQuery query = history->query();
    query.limit = setting.limit;
    ListingOptions options;
    options.prefetch = setting.prefetch;
    options.maxPageSize = setting.maxPageSize;
    try {
        const Outcome outcome = readAll(openSeeded(history, query, options));
        // If runs are missing, the report must not say verified.
        EXPECT_EQ(history->complaint(outcome.ids, outcome.report.verified || setting.mustBeWhole), "") << setting;
        EXPECT_TRUE(outcome.report.complete) << setting;
        EXPECT_EQ(outcome.report.delivered, static_cast<std::int64_t>(outcome.ids.size())) << setting;
        const std::int64_t page = std::min(query.limit.value_or(100), setting.history.server.cap.value_or(100));
        const bool canBeVerified = 2 * history->maxSharing() <= page;
        EXPECT_TRUE(outcome.report.verified || !setting.mustBeVerified || !canBeVerified) << setting;
    } catch (const ResponseError& error) {
        // An error is acceptable if each request brings as many changes as a page holds.
        EXPECT_TRUE(setting.mayEndInAnError) << error.what() << "\n" << setting << " requests " << history->requests();
    } catch (const std::exception& error) {
        ADD_FAILURE() << error.what() << "\n" << setting << " requests " << history->requests();
    }
    if (setting.limit && !setting.history.server.fixedSize) {
        EXPECT_LE(history->largestLimit(), *setting.limit + 16) << setting;
    }
    countRequests(history->requests());
    return history->requests();
}

inline const Churn churns[] = {Churn::light(), Churn::heavy(), Churn::balanced(), Churn::draining()};
inline constexpr std::int64_t limits[] = {1, 2, 3, 7, 10, 100};
inline constexpr int prefetches[] = {0, 1, 2, 8};

/// Runs a listing for every combination of prefetch, limit, order and churn.
template <class Adjust>
void overTheGrid(std::uint32_t seeds, Adjust adjust) {
    std::uint32_t seed = 0;
    for (std::uint32_t round = 0; round < seeds; ++round) {
        for (const int prefetch : prefetches) {
            for (const std::int64_t limit : limits) {
                for (const bool ascending : {false, true}) {
                    for (const Churn& churn : churns) {
                        Setting setting;
                        setting.history.seed = ++seed;
                        setting.history.runs = limit >= 100 ? 600 : limit >= 7 ? 200 : 80;
                        setting.history.ascending = ascending;
                        setting.history.churn = churn;
                        setting.prefetch = prefetch;
                        setting.limit = limit;
                        adjust(setting);
                        expectExactlyOnce(setting);
                        if (::testing::Test::HasFailure()) return;
                    }
                }
            }
        }
    }
}

}  // namespace refold::tests

#endif
