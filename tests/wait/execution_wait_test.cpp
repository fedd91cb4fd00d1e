// Tests waiting for a run with a manual clock: intervals, tolerated failures, and reports.
#include "wait/execution_wait.hpp"
#include "pipeline/manual_clock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#ifndef _WIN32
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using internal::ExecutionWait;
using std::chrono::milliseconds;

ExecutionDetail run(const char* status, std::optional<double> percentage = {}) {
    ExecutionDetail detail;
    detail.id = "run_1";
    detail.status = status;
    detail.completionPercentage = percentage;
    return detail;
}

/// Poll n returns the result of script entry n; the last entry repeats.
class Script final : public internal::DetailSource {
  public:
    using Poll = std::function<ExecutionDetail()>;

    Script& finds(const ExecutionDetail& detail, int times = 1) {
        return does([detail] { return detail; }, times);
    }
    template <class Failure>
    Script& fails(const Failure& error, int times = 1) {
        return does([error]() -> ExecutionDetail { throw Failure(error); }, times);
    }
    Script& does(const Poll& poll, int times = 1) {
        for (int i = 0; i < times; ++i) polls_.push_back(poll);
        return *this;
    }

    void startAgain() {
        polls_.clear();
        limits.clear();
    }

    ExecutionDetail fetch(std::optional<milliseconds> maxTime) override {
        limits.push_back(maxTime);
        const std::size_t index = std::min(limits.size(), polls_.size()) - 1;
        return polls_[index]();
    }

    std::vector<std::optional<milliseconds>> limits;

  private:
    std::vector<Poll> polls_;
};

class Listener final : public WaitObserver {
  public:
    void onProgress(const WaitProgress& progress) override {
        std::string line = progress.status.value();
        if (progress.percentage) line += ' ' + std::to_string(static_cast<int>(*progress.percentage));
        if (progress.node != nullptr) line += ' ' + progress.node->id;
        EXPECT_EQ(progress.execution.id, "run_1");
        lines.push_back(line);
    }
    std::vector<std::string> lines;
};

class ExecutionWaitTest : public ::testing::Test {
  protected:
    ExecutionDetail wait() { return ExecutionWait(id_, source, options, clock, token, observer).run(); }

    template <class Failure>
    Failure failure() {
        try {
            wait();
        } catch (const Failure& error) {
            return error;
        }
        throw std::logic_error("the wait did not fail as expected");
    }

    static ApiError apiError(int status, std::optional<milliseconds> retryAfter = {}) {
        ApiErrorDetails details;
        details.status = status;
        details.retryAfter = retryAfter;
        return ApiError("the server answered " + std::to_string(status), details, ErrorContext{4});
    }

    Script source;
    WaitOptions options;
    std::shared_ptr<Observer> observer;
    ManualClock clock;
    CancelToken token;

  private:
    const std::string id_ = "run_1";
};

const TransportError lost(TransportError::Kind::reset, "the connection was lost", {4, {}, {}});

TEST_F(ExecutionWaitTest, ReturnsEndedRunsAtOnce) {
    for (const char* status :
         {"COMPLETED", "FAILED", "ERRORED", "STOPPED", "TIMED_OUT", "DUPLICATE", "TERMINATED", "Errored"}) {
        Script ended;
        ended.finds(run(status));
        EXPECT_EQ(ExecutionWait("run_1", ended, options, clock, token).run().status, status);
        EXPECT_EQ(ended.limits.size(), 1U);
    }
    EXPECT_TRUE(clock.sleeps.empty());
}

TEST_F(ExecutionWaitTest, PollsLessOftenUntilSomethingChanges) {
    source.finds(run("RUNNING"), 5).finds(run("RUNNING", 10), 3).finds(run("COMPLETED"));
    options.interval = 1000ms;
    options.maxInterval = 3s;
    EXPECT_EQ(wait().status, "COMPLETED");
    EXPECT_EQ(clock.sleeps,
              (std::vector<milliseconds>{1000ms, 1500ms, 2250ms, 3000ms, 3000ms, 1000ms, 1500ms, 2250ms}));
}

TEST_F(ExecutionWaitTest, UnknownStatusDoesNotEndIt) {
    source.finds(run("PAUSED"), 3).finds(run(""), 2).finds(run("STOPPING")).finds(run("STOPPED"));
    EXPECT_EQ(wait().status, "STOPPED");
    EXPECT_EQ(source.limits.size(), 7U);
}

TEST_F(ExecutionWaitTest, AMaxIntervalBelowTheIntervalCountsAsTheInterval) {
    source.finds(run("RUNNING"), 3).finds(run("COMPLETED"));
    options.interval = 20s;
    wait();
    EXPECT_EQ(clock.sleeps, (std::vector<milliseconds>{20s, 20s, 20s}));
}

TEST_F(ExecutionWaitTest, ReportsEachChangeOnce) {
    ExecutionDetail two = run("RUNNING", 50);
    two.nodes = {ExecutionNode{}, ExecutionNode{}};
    two.nodes[0].id = "a";
    two.nodes[0].status = NodeStatus::Success;
    two.nodes[1].id = "b";
    two.nodes[1].status = NodeStatus::Waiting;
    ExecutionDetail again = two;
    again.nodes[1].attemptsMade = 2;
    ExecutionDetail done = again;
    done.status = "COMPLETED";
    done.nodes[1].status = NodeStatus::Success;
    source.finds(run("RUNNING"), 2).finds(two, 3).finds(again).finds(done);
    const auto listener = std::make_shared<Listener>();
    options.observer = listener;
    wait();
    EXPECT_EQ(listener->lines, (std::vector<std::string>{"RUNNING", "RUNNING 50 b", "RUNNING 50 b", "COMPLETED 50 b"}));
}

TEST_F(ExecutionWaitTest, TimeoutReportsTheLastState) {
    ExecutionDetail stuck = run("RUNNING", 62.4);
    stuck.nodes = {ExecutionNode{}};
    stuck.nodes[0].name = "Fetch\ncontacts";
    source.finds(stuck);
    options.timeout = 10s;
    const auto error = failure<TransportError>();
    EXPECT_EQ(error.kind(), TransportError::Kind::timeout);
    EXPECT_STREQ(error.what(),
                 "gave up after 10 s: the run run_1 has not ended; it was RUNNING at 62 %, in node Fetch "
                 "contacts, when last seen");
    EXPECT_EQ(clock.elapsed(), 10s) << "neither sooner nor later";
    EXPECT_FALSE(error.isTransient() || error.outcomeUnknown());
    EXPECT_EQ(error.attempts(), static_cast<int>(source.limits.size()));
    // Polls at 0, 1, 2.5, 4.75 and 8.125 s, and once more one second before the timeout.
    ASSERT_EQ(source.limits.size(), 6U);
    EXPECT_EQ(source.limits.back(), 1000ms) << "a poll may not outlast the wait";
    EXPECT_EQ(source.limits.front(), 10s);
}

TEST_F(ExecutionWaitTest, ToleratesAnOutageUntilItsTimeout) {
    source.finds(run("RUNNING")).fails(lost, 3).fails(apiError(503), 3).fails(apiError(429), 2);
    source.fails(TransportError(TransportError::Kind::resolve, "no such host"), 2).finds(run("COMPLETED"));
    options.timeout = 30min;
    EXPECT_EQ(wait().status, "COMPLETED");
}

TEST_F(ExecutionWaitTest, SaysWhyTheLastPollFailed) {
    source.fails(lost);
    options.timeout = 20min;
    EXPECT_STREQ(failure<TransportError>().what(),
                 "gave up after 1200 s: the run run_1 has not ended; it was never seen; the last poll "
                 "failed: the connection was lost");
    EXPECT_EQ(clock.elapsed(), 20min);
}

TEST_F(ExecutionWaitTest, WithoutATimeoutAnOutageIsToleratedForFiveMinutes) {
    source.finds(run("RUNNING")).fails(lost, 10).finds(run("RUNNING")).fails(lost);
    const auto error = failure<TransportError>();
    EXPECT_EQ(error.kind(), TransportError::Kind::reset);
    EXPECT_GE(clock.elapsed(), 5min);
    EXPECT_LT(clock.elapsed(), 9min);
}

TEST_F(ExecutionWaitTest, WaitsAsLongAsTheServerAsks) {
    source.fails(apiError(429, 40s)).fails(apiError(503, 2s)).finds(run("COMPLETED"));
    wait();
    EXPECT_EQ(clock.sleeps, (std::vector<milliseconds>{40s, 2s}));
}

TEST_F(ExecutionWaitTest, ThrowsPermanentErrorsAtOnce) {
    source.fails(NotFoundError("unknown", {404, {}, {}, {}, {}, {}, {}}));
    EXPECT_STREQ(failure<NotFoundError>().what(), "unknown") << "an id that was never seen";
    EXPECT_EQ(source.limits.size(), 1U);
    source.startAgain();
    source.fails(TransportError(TransportError::Kind::resolve, "misspelt"));
    EXPECT_STREQ(failure<TransportError>().what(), "misspelt") << "before the run was ever seen";
    source.startAgain();
    source.fails(TransportError(TransportError::Kind::tls, "expired"));
    EXPECT_STREQ(failure<TransportError>().what(), "expired");
    source.startAgain();
    source.fails(ResponseError("odd", "/x"));
    EXPECT_STREQ(failure<ResponseError>().what(), "odd");
}

TEST_F(ExecutionWaitTest, AnUnknownStatusWithACompletionTimeHasEnded) {
    ExecutionDetail done = run("ARCHIVED");
    done.completionTime = parseTimestamp("2026-06-16T13:15:00Z");
    source.finds(run("ARCHIVED")).finds(done);
    EXPECT_EQ(wait().status, "ARCHIVED");
    EXPECT_EQ(source.limits.size(), 2U);
}

TEST_F(ExecutionWaitTest, ToleratesNotFoundWithinTheGracePeriod) {
    const NotFoundError missing("not found yet", {404, {}, {}, {}, {}, {}, {}});
    source.fails(missing, 3).finds(run("RUNNING")).fails(missing).finds(run("COMPLETED"));
    EXPECT_THROW(wait(), NotFoundError) << "no grace period by default";
    EXPECT_EQ(source.limits.size(), 1U);
    source.limits.clear();
    options.notFoundGrace = 10s;
    EXPECT_EQ(wait().status, "COMPLETED");

    source.startAgain();
    source.fails(missing);
    const auto began = clock.elapsed();
    EXPECT_THROW(wait(), NotFoundError);
    EXPECT_GE(clock.elapsed() - began, 10s);
    EXPECT_LT(clock.elapsed() - began, 20s);
}

TEST_F(ExecutionWaitTest, ToleratesAFewPollsWithoutARunThatItHasSeen) {
    const NotFoundError missing("missing", {404, {}, {}, {}, {}, {}, {}});
    source.finds(run("RUNNING")).fails(missing, 4).finds(run("RUNNING")).fails(missing, 2).fails(lost);
    source.fails(missing, 2).finds(run("COMPLETED"));
    EXPECT_EQ(wait().status, "COMPLETED") << "a replica that lags";

    source.startAgain();
    source.finds(run("RUNNING")).fails(missing, 2).fails(lost).fails(missing, 2).fails(NotFoundError("gone", {}));
    EXPECT_STREQ(failure<NotFoundError>().what(), "gone");
    EXPECT_EQ(source.limits.size(), 7U) << "the fifth in a row ends the wait";

    source.startAgain();
    source.finds(run("RUNNING")).fails(missing, 9).finds(run("COMPLETED"));
    options.notFoundGrace = 1h;
    EXPECT_EQ(wait().status, "COMPLETED") << "the grace period may be longer";
}

const ResponseError webPage("the body is not JSON; it begins with \"Down for maintenance\"", "", 0, {4, true, false});

TEST_F(ExecutionWaitTest, ToleratesAWebPageAsItTolerates502) {
    source.fails(webPage, 2).finds(run("RUNNING")).fails(webPage, 12).finds(run("COMPLETED"));
    options.timeout = 1h;
    EXPECT_EQ(wait().status, "COMPLETED");

    // Before the first success, too.
    for (const bool hasTimeout : {true, false}) {
        source.startAgain();
        source.fails(webPage, hasTimeout ? 60 : 12).finds(run("COMPLETED"));
        if (!hasTimeout) options.timeout.reset();
        EXPECT_EQ(wait().status, "COMPLETED") << hasTimeout;
    }
    source.startAgain();
    source.fails(webPage);
    const auto began = clock.elapsed();
    EXPECT_THROW(wait(), ResponseError) << "a base URL that leads to a web site";
    EXPECT_GE(clock.elapsed() - began, 5min);
    EXPECT_LT(clock.elapsed() - began, 6min);
}

TEST_F(ExecutionWaitTest, ReportsOutagesWithTheirPauses) {
    class Outages final : public Observer {
      public:
        void onOutage(const OutageEvent& event) override {
            text += event.over ? "over" : event.reason + " " + std::to_string(event.wait.count());
            text += " " + std::to_string(event.failures) + " " + std::to_string(event.lasted.count()) + "; ";
            throw std::runtime_error("ignored");
        }
        std::string text;
    };
    const auto outages = std::make_shared<Outages>();
    observer = outages;
    source.finds(run("RUNNING")).fails(apiError(503)).fails(apiError(429, 40s)).finds(run("COMPLETED"));
    wait();
    EXPECT_EQ(outages->text, "the server answered 503 1500 1 0; the server answered 429 40000 2 1500; over 2 41500; ");
}

TEST_F(ExecutionWaitTest, RefusesInvalidOptions) {
    source.finds(run("COMPLETED"));
    options.interval = 0ms;
    EXPECT_EQ(failure<InvalidArgument>().argument(), "interval");
    options.interval = milliseconds::max();
    EXPECT_NO_THROW(wait());
    options.timeout = 0ms;
    EXPECT_EQ(failure<InvalidArgument>().argument(), "timeout");
    options.timeout = milliseconds::max();
    EXPECT_NO_THROW(wait());
    options.notFoundGrace = -1ms;
    EXPECT_EQ(failure<InvalidArgument>().argument(), "notFoundGrace");
    options.notFoundGrace = milliseconds::max();
    EXPECT_NO_THROW(wait());
    EXPECT_EQ(source.limits.size(), 3U);
}

TEST_F(ExecutionWaitTest, ObserverExceptionEndsTheWait) {
    class ThrowingObserver final : public WaitObserver {
        void onProgress(const WaitProgress&) override { throw std::domain_error("enough"); }
    };
    source.finds(run("RUNNING"));
    options.observer = std::make_shared<ThrowingObserver>();
    EXPECT_THROW(wait(), std::domain_error);
}

TEST_F(ExecutionWaitTest, EndsWhenItIsCancelled) {
    const CancelSource cancel;
    token = cancel.token();
    source.finds(run("RUNNING"), 2).does([&cancel] {
        cancel.cancel();
        return run("RUNNING");
    });
    EXPECT_EQ(failure<Cancelled>().attempts(), 3);
}

#ifndef _WIN32

/// Runs `work` in a forked child and returns its exit status; -1 if a signal ended it.
template <class Work>
int inChild(pid_t child, Work work) {
    if (child == 0) ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Forks at the first report of progress.
struct ForkingListener final : WaitObserver {
    void onProgress(const WaitProgress& /*progress*/) override {
        if (child < 0) child = ::fork();
    }
    pid_t child = -1;
};

TEST_F(ExecutionWaitTest, AForkDuringTheWaitEndsItInTheChild) {
    for (const bool hasEnded : {false, true}) {
        const auto forker = std::make_shared<ForkingListener>();
        options.observer = forker;
        source.startAgain();
        if (!hasEnded) source.finds(run("RUNNING"));
        source.finds(run("COMPLETED"));
        std::string status;
        std::string message;
        try {
            status = wait().status.value();
        } catch (const TransportError& error) {
            message = error.what();
        }
        const bool isClear = message.find("forked") != std::string::npos;
        EXPECT_EQ(inChild(forker->child, [&] { return isClear && status.empty() ? 0 : 1; }), 0);
        EXPECT_EQ(status, "COMPLETED") << "the wait continues in the parent";
    }
}

TEST_F(ExecutionWaitTest, AForkDuringAnOutageEndsTheWaitInTheChild) {
    struct Forker final : Observer {
        void onOutage(const OutageEvent& /*event*/) override {
            if (child < 0) child = ::fork();
        }
        pid_t child = -1;
    };
    const auto forker = std::make_shared<Forker>();
    observer = forker;
    source.fails(lost).finds(run("COMPLETED"));
    std::string message;
    try {
        wait();
    } catch (const TransportError& error) {
        message = error.what();
    }
    const bool isClear = message.find("forked") != std::string::npos;
    EXPECT_EQ(inChild(forker->child, [&] { return isClear ? 0 : 1; }), 0);
    EXPECT_EQ(message, "");
}

#endif

}  // namespace
}  // namespace refold::test
