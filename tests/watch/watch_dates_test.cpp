// Tests a watch whose query has dates.
#include "watch/watch_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

class WatchDates : public WatchFixture, public ::testing::WithParamInterface<LivingSetup::Dates> {
  protected:
    WatchDates() : WatchFixture(GetParam()) {}

    void endAll() {
        for (LivingSimulator::Run& run : history_.runs) run.status = "COMPLETED";
    }
    static Timestamp at(std::int64_t number) {
        return Timestamp(std::chrono::milliseconds(1'900'000'000'000 + number * 7));
    }
};

INSTANTIATE_TEST_SUITE_P(Dates, WatchDates,
                         ::testing::Values(LivingSetup::Dates::exact, LivingSetup::Dates::day,
                                           LivingSetup::Dates::ignored));

TEST_P(WatchDates, OpenRunsAreFollowedPastTheQuerysEnd) {
    add(20, "RUNNING");
    ExecutionQuery query;
    query.endDate = at(30);
    begin(
        {},
        [this](int sleep) {
            if (sleep < 4) add(20, "RUNNING");
            if (sleep == 6) endAll();
            return sleep < 12;
        },
        query);
    const std::vector<std::string> ids = readToTheEnd();
    // Ten runs that began and ended, and the end of twenty that had begun earlier.
    std::size_t within = 0;
    for (const std::string& id : ids) within += std::stoi(id.substr(4)) <= 30 ? 1 : 0;
    EXPECT_EQ(within, 10U + 30U);
}

TEST_P(WatchDates, OpenRunsFromBeforeTheQueryDoNoHarm) {
    add(20, "RUNNING");
    add(300, "COMPLETED");
    ExecutionQuery query;
    query.startDate = at(1000);
    begin(
        {},
        [this](int sleep) {
            if (sleep == 2) endAll();
            return sleep < 6;
        },
        query);
    // A server that honours dates does not show them.
    const std::size_t shown = GetParam() == LivingSetup::Dates::exact ? 0 : 20;
    EXPECT_EQ(readToTheEnd().size(), shown);
}

class WatchUndated : public WatchFixture {
  protected:
    void addUndated(int count, const std::string& status) {
        add(count, status);
        for (LivingSimulator::Run& run : history_.runs) run.isDated = false;
    }
};

TEST_F(WatchUndated, SinceHasNoEffectWithoutDates) {
    for (const int known : {0, 7, 100, 3000}) {
        history_.runs.clear();
        history_.requests = 0;
        sleeps_.clear();
        addUndated(known, "COMPLETED");
        WatchOptions options;
        options.since = Timestamp(std::chrono::milliseconds(1'800'000'000'000));
        begin(options, [this](int sleep) {
            if (sleep == 1) addUndated(1, "COMPLETED");
            if (sleep == 3) addUndated(2, "RUNNING");
            if (sleep == 5) history_.runs.back().status = "COMPLETED";
            return sleep < 8;
        });
        // The first run of an empty history counts as known.
        EXPECT_EQ(readToTheEnd().size(), known == 0 ? 3U : 4U) << known;
        EXPECT_LE(history_.requests, 8 * 5) << known;
    }
}

}  // namespace
}  // namespace refold::tests
