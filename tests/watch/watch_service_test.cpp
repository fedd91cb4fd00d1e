// Tests a watch of the real service's behaviour: lagging replicas, deleted and dropped runs, web pages in place of
// JSON, and unknown statuses.
#include "watch/watch_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace refold::tests {
namespace {

using namespace std::chrono_literals;

class WatchService : public WatchFixture {
  protected:
    /// Number of requests between two sleeps.
    int requestsOfPoll(std::size_t number) const {
        return requestsBeforeSleep_[number - 1] - (number < 2 ? 0 : requestsBeforeSleep_[number - 2]);
    }
    /// Destroys the watch and resumes it from its checkpoint.
    WatchOptions resume() const {
        WatchOptions options;
        options.resumeFrom = watch_->checkpoint();
        return options;
    }
};

TEST_F(WatchService, TerminatedRunsCostNothing) {
    add(1, "RUNNING");
    begin({}, [this](int sleep) {
        if (sleep <= 10) add(120, "TERMINATED");
        return sleep < 14;
    });
    EXPECT_EQ(readToTheEnd().size(), 1200U);
    EXPECT_EQ(watch_->report().openRuns, 1);
    EXPECT_LE(requestsOfPoll(13), 2);
    EXPECT_LT(watch_->checkpoint().size(), 1000U);
    EXPECT_FALSE(history_.datesSent);
}

TEST_F(WatchService, AnUnknownStatusEndsWithACompletionTime) {
    add(2, "ARCHIVING");
    begin({}, [this](int sleep) {
        if (sleep == 1) history_.runs[0].completed = true;
        return sleep < 4;
    });
    EXPECT_TRUE(readToTheEnd().empty()) << "its status has not changed";
    EXPECT_EQ(watch_->report().openRuns, 1);
}

TEST_F(WatchService, FollowsRunsThatAreMissingForAWhile) {
    add(1, "RUNNING");
    add(200, "COMPLETED");
    begin({}, [this](int sleep) {
        if (sleep == 2) history_.laggingIds.insert("run_1");
        if (sleep == 5) history_.laggingIds.clear();
        if (sleep == 7) history_.runs[0].status = "ERRORED";
        return sleep < 9;
    });
    EXPECT_EQ(readToTheEnd(), std::vector<std::string>{"run_1"});
    EXPECT_EQ(watch_->report().openRuns, 0);
}

TEST_F(WatchService, ForgetsDeletedRuns) {
    for (const int status : {0, 400, 404, 410, 422}) {
        history_.runs.clear();
        history_.lostIds.clear();
        sleeps_.clear();
        requestsBeforeSleep_.clear();
        add(1, "RUNNING");
        const std::string id = history_.runs[0].id;
        add(200, "COMPLETED");
        begin({}, [&](int sleep) {
            if (sleep == 1) {
                history_.runs.erase(history_.runs.begin());
                if (status != 0) history_.lostIds[id] = status;
            }
            return sleep < 12;
        });
        EXPECT_TRUE(readToTheEnd().empty()) << status;
        EXPECT_EQ(watch_->report().openRuns, 0) << status;
        EXPECT_EQ(requestsOfPoll(12), 1) << status << ": no longer requested";
    }
}

TEST_F(WatchService, AServerThatIgnoresTheIdIsNotAskedForEver) {
    for (const bool honoursStatus : {true, false}) {
        LivingSetup setup = quietSetup(LivingSetup::Dates::exact);
        setup.honoursId = false;
        setup.honoursStatus = honoursStatus;
        history_ = LivingSimulator(setup);
        sleeps_.clear();
        requestsBeforeSleep_.clear();
        add(2, "RUNNING");
        const std::vector<std::string> ids{history_.runs[0].id, history_.runs[1].id};
        add(300, "COMPLETED");
        WatchOptions options;
        options.since = *history_.answer({}, {1, 1000}).docs.back().createdAt;
        begin(options, [&](int sleep) {
            if (sleep == 2) history_.runs[0].status = "ERRORED";
            if (sleep == 4) history_.runs.erase(history_.runs.begin() + 1);
            return sleep < 14;
        });
        const std::vector<std::string> changed = readToTheEnd();
        EXPECT_EQ(changed.size(), 303U);
        EXPECT_EQ(changed.back(), ids[0]) << "its end is found in the history";
        EXPECT_EQ(watch_->report().openRuns, 0);
        EXPECT_EQ(requestsOfPoll(14), 1) << "the deleted run is no longer searched for";
    }
}

TEST_F(WatchService, ManyRunsThatEndAtOnceAreFoundByPages) {
    add(2000, "RUNNING");
    begin({}, [this](int sleep) {
        if (sleep == 1) {
            for (LivingSimulator::Run& run : history_.runs) run.status = "COMPLETED";
        }
        return sleep < 3;
    });
    EXPECT_EQ(readToTheEnd().size(), 2000U);
    EXPECT_LE(requestsOfPoll(2), 2000 / 100 + 10);
}

TEST_F(WatchService, UnlistedRunsAreRequestedInTurn) {
    add(600, "RUNNING");
    begin({}, [this](int sleep) {
        if (sleep == 1) {
            for (LivingSimulator::Run& run : history_.runs) history_.laggingIds.insert(run.id);
            add(30, "COMPLETED");
        }
        return sleep < 20;
    });
    EXPECT_EQ(readToTheEnd().size(), 30U);
    EXPECT_EQ(watch_->report().openRuns, 0) << "600 runs, 200 in each poll, 5 polls each";
    EXPECT_LE(requestsOfPoll(3), 200 + 5);
}

TEST_F(WatchService, OldCheckpointReportsTheGap) {
    add(50, "COMPLETED");
    begin({}, [](int) { return false; });
    readToTheEnd();
    const WatchOptions options = resume();

    // A checkpoint that is not older than the service's retention.
    add(10, "COMPLETED");
    begin(options, [](int) { return false; });
    EXPECT_EQ(readToTheEnd().size(), 10U);
    EXPECT_FALSE(watch_->report().gap);

    add(100, "COMPLETED");
    history_.runs.erase(history_.runs.begin(), history_.runs.begin() + 80);
    begin(options, [](int sleep) { return sleep < 3; });
    EXPECT_EQ(readToTheEnd().size(), 80U);
    const std::optional<WatchGap> gap = watch_->report().gap;
    ASSERT_TRUE(gap);
    EXPECT_EQ(gap->from, Timestamp(std::chrono::milliseconds(1'900'000'000'000 + 50 * 7)));
    EXPECT_EQ(gap->to, Timestamp(std::chrono::milliseconds(1'900'000'000'000 + 81 * 7)));

    history_.runs.clear();
    begin(options, [](int) { return false; });
    EXPECT_TRUE(readToTheEnd().empty());
    ASSERT_TRUE(watch_->report().gap);
    EXPECT_FALSE(watch_->report().gap->to);
}

TEST_F(WatchService, ARunLeftOpenDoesNotHideTheGap) {
    add(1, "RUNNING");
    add(50, "COMPLETED");
    begin({}, [](int) { return false; });
    readToTheEnd();
    const WatchOptions options = resume();
    add(30, "COMPLETED");
    begin(options, [](int) { return false; });
    readToTheEnd();
    EXPECT_FALSE(watch_->report().gap);

    // The server has dropped all that had ended, and ten newer runs.
    history_.runs.erase(history_.runs.begin() + 1, history_.runs.begin() + 61);
    for (const char* const status : {"RUNNING", "COMPLETED"}) {
        history_.runs[0].status = status;
        begin(options, [](int sleep) { return sleep < 3; });
        readToTheEnd();
        const std::optional<WatchGap> gap = watch_->report().gap;
        ASSERT_TRUE(gap);
        EXPECT_EQ(gap->from, Timestamp(std::chrono::milliseconds(1'900'000'000'000 + 51 * 7)));
        EXPECT_EQ(gap->to, Timestamp(std::chrono::milliseconds(1'900'000'000'000 + 62 * 7)))
            << "not the run that was left open";
    }
}

TEST_F(WatchService, OpenRunsAloneMakeNoGap) {
    add(5, "RUNNING");
    begin({}, [](int) { return false; });
    readToTheEnd();
    const WatchOptions options = resume();
    add(30, "COMPLETED");
    history_.runs[1].status = "COMPLETED";
    begin(options, [](int) { return false; });
    EXPECT_EQ(readToTheEnd().size(), 31U);
    EXPECT_FALSE(watch_->report().gap);
}

TEST_F(WatchService, OldCheckpointOfAnEmptyHistoryReportsTheGap) {
    const auto at = [](std::chrono::hours time) { return Timestamp(std::chrono::milliseconds(time)); };
    calendar_ = at(100h) + 59min;
    begin({}, [](int) { return false; });
    readToTheEnd();
    const WatchOptions options = resume();
    add(10, "COMPLETED");
    // Not when the clock was set back.
    for (const std::chrono::hours now : {50h, 101h, 100h + 24h * 30}) {
        calendar_ = at(now);
        begin(options, [](int) { return false; });
        EXPECT_EQ(readToTheEnd().size(), 10U);
        EXPECT_FALSE(watch_->report().gap) << now.count();
    }
    calendar_ = at(101h + 24h * 30);
    begin(options, [](int) { return false; });
    EXPECT_EQ(readToTheEnd().size(), 10U);
    const std::optional<WatchGap> gap = watch_->report().gap;
    ASSERT_TRUE(gap);
    EXPECT_EQ(gap->from, at(100h));
    EXPECT_EQ(gap->to, Timestamp(std::chrono::milliseconds(1'900'000'000'000 + 7)));

    begin(resume(), [](int) { return false; });
    readToTheEnd();
    EXPECT_FALSE(watch_->report().gap) << "told once";
}

TEST_F(WatchService, AWatchWithAStartTimeHasNoGap) {
    add(5, "COMPLETED");
    WatchOptions options;
    options.since = Timestamp(std::chrono::milliseconds(0));
    begin(options, [](int sleep) { return sleep < 2; });
    EXPECT_EQ(readToTheEnd().size(), 5U);
    EXPECT_FALSE(watch_->report().gap);
}

TEST_F(WatchService, AMaintenancePageIsAnOutage) {
    add(5, "COMPLETED");
    bool isDown = false;
    history_.onRequest = [&isDown] {
        if (isDown) throw ResponseError("the body is not JSON", "", 0, {4, true, false});
    };
    begin({}, [&](int sleep) {
        isDown = sleep >= 1 && sleep < 20;
        if (sleep == 20) add(1, "COMPLETED");
        return sleep < 23;
    });
    EXPECT_EQ(readToTheEnd().size(), 1U);
    EXPECT_EQ(watch_->report().outages, 1);

    // Before the first success, a web page may mean a wrong base URL.
    isDown = true;
    sleeps_.clear();
    const WatchOptions options = resume();
    auto began = now_;
    begin({}, [](int) { return true; });
    EXPECT_THROW(watch_->advance(), ResponseError);
    EXPECT_GE(now_ - began, 5min);
    EXPECT_LT(now_ - began, 8min);

    // A checkpoint proves that it was right.
    began = now_;
    begin(options, [&](int) {
        if (now_ - began > 1h) isDown = false;
        return isDown;
    });
    EXPECT_TRUE(readToTheEnd().empty());
    EXPECT_FALSE(isDown);
}

}  // namespace
}  // namespace refold::tests
