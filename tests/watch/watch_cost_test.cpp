// Tests the cost of a watch: longer intervals while nothing changes, memory proportional to the open runs, and catching
// up in parts.
#include "watch/watch_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {
namespace {

using namespace std::chrono_literals;

class WatchCost : public WatchFixture {};

TEST_F(WatchCost, PollsLessOftenWhileNothingChanges) {
    add(300, "COMPLETED");
    WatchOptions options;
    options.interval = 5s;
    options.maxInterval = 60s;
    begin(options, [this](int sleep) {
        if (sleep == 7) add(1, "COMPLETED");
        return sleep < 10;
    });
    EXPECT_EQ(readToTheEnd().size(), 1U);
    EXPECT_EQ(sleeps_, (Sleeps{10s, 20s, 40s, 60s, 60s, 60s, 60s, 5s, 10s, 20s}))
        << "a change restores the short interval";
    for (std::size_t i = 1; i < requestsBeforeSleep_.size(); ++i) {
        EXPECT_EQ(requestsBeforeSleep_[i] - requestsBeforeSleep_[i - 1], 1) << "poll " << i;
    }
}

TEST_F(WatchCost, RemembersOpenRunsOnly) {
    add(3, "RUNNING");
    std::size_t early = 0;
    std::size_t late = 0;
    constexpr int polls = 120;
    begin({}, [&](int sleep) {
        add(120, "COMPLETED");
        if (sleep == 5) early = watch_->checkpoint().size();
        late = watch_->checkpoint().size();
        return sleep < polls;
    });
    EXPECT_EQ(readToTheEnd().size(), 120U * (polls - 1));
    EXPECT_EQ(watch_->report().openRuns, 3);
    EXPECT_LT(late, early + early / 10) << "of " << 120 * polls << " runs";
}

TEST_F(WatchCost, AnUndatedTailIsNotRead) {
    for (const bool hasSince : {false, true}) {
        for (const int dated : {5, 40}) {
            history_.runs.clear();
            add(3000, "COMPLETED");
            for (LivingSimulator::Run& run : history_.runs) run.isDated = false;
            add(dated, "COMPLETED");
            sleeps_.clear();
            requestsBeforeSleep_.clear();
            history_.requests = 0;
            WatchOptions options;
            if (hasSince) options.since = Timestamp(std::chrono::milliseconds(history_.runs.at(3000).time));
            begin(options, [this](int sleep) {
                if (sleep == 2) add(2, "COMPLETED");
                if (sleep == 3) history_.runs.erase(history_.runs.begin(), history_.runs.begin() + 2950);
                return sleep < 6;
            });
            EXPECT_EQ(readToTheEnd().size(), static_cast<std::size_t>(hasSince ? dated + 2 : 2)) << dated;
            EXPECT_LE(history_.requests, 6 * 4) << dated;
        }
    }
}

TEST_F(WatchCost, CatchesUpInPartsTheOldestFirst) {
    add(10, "COMPLETED");
    begin({}, [](int) { return false; });
    readToTheEnd();
    WatchOptions options;
    options.resumeFrom = watch_->checkpoint();

    constexpr int missed = 5300;
    add(missed, "COMPLETED");
    begin(options, [](int) { return false; });
    // Runs delivered between two requests were held in memory.
    int requests = 0;
    std::size_t held = 0;
    std::size_t maxHeld = 0;
    onChange_ = [&] {
        held = history_.requests == requests ? held + 1 : 1;
        requests = history_.requests;
        maxHeld = std::max(maxHeld, held);
    };
    const std::vector<std::string> ids = readToTheEnd();
    ASSERT_EQ(ids.size(), static_cast<std::size_t>(missed));
    for (int i = 0; i < missed; ++i) ASSERT_EQ(ids[static_cast<std::size_t>(i)], "run_" + std::to_string(i + 11));
    EXPECT_LE(maxHeld, 1000U);
    EXPECT_LE(history_.requests, 4 * missed / 100)
        << "each run is read about twice: to find the oldest, and to deliver it";
}

}  // namespace
}  // namespace refold::tests
