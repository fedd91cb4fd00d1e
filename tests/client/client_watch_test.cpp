// Tests `Client::watchExecutions` over sockets: changes, checkpoints, cancellation and outages.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::ExecutionChange;
using refold::ExecutionQuery;
using refold::ExecutionWatch;
using refold::WatchOptions;
using refold::testing::FakeRun;
using refold::testing::FakeServer;

WatchOptions quickly() {
    WatchOptions options;
    options.interval = 5ms;
    options.maxInterval = 20ms;
    return options;
}

std::string textOf(const ExecutionChange& change) {
    return change.execution.id + " " + (change.previousStatus ? change.previousStatus->value() : "") + ">" +
           change.execution.status.value();
}

FakeRun runNamed(const std::string& id, const std::string& status = "RUNNING") {
    FakeRun run;
    run.id = id;
    run.status = status;
    return run;
}

/// Calls `happen` once, after the first poll.
template <class Happen>
void afterFirstPoll(FakeServer& server, Happen happen, int failed = 0) {
    const auto requests = std::make_shared<std::atomic<int>>(0);
    // The first poll sends four requests: three lists of open runs, and the newest page.
    server.onRequest([requests, happen, failed](const auto&) -> std::optional<refold::testing::FakeAnswer> {
        if (++*requests == 5 + failed) happen();
        return {};
    });
}

TEST(ClientWatch, DeliversNewRunsAndTheirChanges) {
    FakeServer server(historyOf(150));
    afterFirstPoll(server, [&server] {
        server.addRun(runNamed("a"));
        server.addRun(runNamed("b", "FAILED"));
    });
    ExecutionWatch watch = clientOf(server).watchExecutions({}, quickly());
    auto it = watch.begin();
    EXPECT_EQ(textOf(*it), "a >RUNNING");
    EXPECT_EQ(it->execution.rawJson, server.runJson("a"));
    ++it;
    EXPECT_EQ(textOf(*it), "b >FAILED");
    server.setStatus("a", "COMPLETED");
    ++it;
    EXPECT_EQ(textOf(*it), "a RUNNING>COMPLETED");
    EXPECT_EQ(watch.report().changes, 3);
}

TEST(ClientWatch, FollowsRunsThatLeftTheFilterOrTheFirstPage) {
    FakeServer server(historyOf(0));
    server.addRun(runNamed("old"));
    for (int i = 0; i < 300; ++i) server.addRun(runNamed("n" + std::to_string(i), "COMPLETED"));
    afterFirstPoll(server, [&server] { server.setStatus("old", "FAILED"); });
    for (const char* const status : {"RUNNING", "FAILED"}) {
        server.setStatus("old", "RUNNING");
        afterFirstPoll(server, [&server] { server.setStatus("old", "FAILED"); });
        ExecutionQuery query;
        query.status = status;
        ExecutionWatch watch = clientOf(server).watchExecutions(query, quickly());
        EXPECT_EQ(textOf(*watch.begin()), "old RUNNING>FAILED");
    }
}

TEST(ClientWatch, ResumesFromACheckpointWithoutAGap) {
    FakeServer server(historyOf(150));
    afterFirstPoll(server, [&server] {
        server.addRun(runNamed("a"));
        server.addRun(runNamed("b"));
    });
    WatchOptions options = quickly();
    {
        ExecutionWatch watch = clientOf(server).watchExecutions({}, options);
        EXPECT_EQ(textOf(*watch.begin()), "a >RUNNING");
        options.resumeFrom = watch.checkpoint();
    }
    server.onRequest({});
    server.setStatus("a", "STOPPED");
    ExecutionWatch watch = clientOf(server).watchExecutions({}, options);
    auto it = watch.begin();
    EXPECT_EQ(textOf(*it), "a RUNNING>STOPPED");
    ++it;
    EXPECT_EQ(textOf(*it), "b >RUNNING");

    for (const std::size_t length : {std::size_t{0}, std::size_t{3}, options.resumeFrom.size() - 1}) {
        WatchOptions cut = options;
        cut.resumeFrom = "rw1." + options.resumeFrom.substr(4, length) + "!";
        EXPECT_THROW(clientOf(server).watchExecutions({}, cut), refold::InvalidArgument);
    }
    std::string altered = options.resumeFrom;
    altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
    WatchOptions other = options;
    other.resumeFrom = altered;
    EXPECT_THROW(clientOf(server).watchExecutions({}, other), refold::InvalidArgument);
    ExecutionQuery query;
    query.slug = "hubspot";
    EXPECT_THROW(clientOf(server).watchExecutions(query, options), refold::InvalidArgument);
}

TEST(ClientWatch, ABlankCheckpointBeginsAnew) {
    const FakeServer server(historyOf(3));
    WatchOptions options;
    options.since = refold::Timestamp{};
    options.resumeFrom = " \r\n";
    ExecutionWatch watch = clientOf(server).watchExecutions({}, options);
    EXPECT_EQ(watch.begin()->execution.id, server.ids().back());
}

TEST(ClientWatch, CancelEndsTheWait) {
    const FakeServer server(historyOf(10));
    const refold::CancelSource source;
    refold::CallOptions call;
    call.cancel = source.token();
    WatchOptions options;
    options.interval = options.maxInterval = 1h;
    ExecutionWatch watch = clientOf(server).watchExecutions({}, options, call);
    std::thread canceller([&] {
        EXPECT_TRUE(server.waitForRequests(4));
        source.cancel();
    });
    const Stopwatch stopwatch;
    EXPECT_THROW(watch.begin(), refold::Cancelled);
    EXPECT_LT(stopwatch.elapsed(), patient(30s));
    canceller.join();
    EXPECT_FALSE(watch.checkpoint().empty());
}

TEST(ClientWatch, ReportsAndOutlastsOutages) {
    class Outages final : public refold::Observer {
      public:
        void onOutage(const refold::OutageEvent& event) override {
            text += event.over ? "over " : "down ";
            EXPECT_EQ(event.reason.empty(), event.over);
        }
        std::string text;
    };
    FakeServer server(historyOf(10));
    const auto outages = std::make_shared<Outages>();
    refold::ClientOptions client = quickOptions(server.baseUrl());
    client.observer = outages;
    client.retry.maxAttempts = 1;
    const auto requests = std::make_shared<std::atomic<int>>(0);
    server.onRequest([&server, requests](const auto&) -> std::optional<refold::testing::FakeAnswer> {
        const int number = ++*requests;
        if (number == 5) server.failNext(2, 503);
        if (number == 7) server.addRun(runNamed("a"));
        return {};
    });
    ExecutionWatch watch = refold::Client(keyOf(server), client).watchExecutions({}, quickly());
    EXPECT_EQ(textOf(*watch.begin()), "a >RUNNING");
    EXPECT_EQ(watch.report().outages, 1);
    EXPECT_EQ(outages->text, "down down over ");
}

TEST(ClientWatch, ReportsEveryPollWithACheckpoint) {
    class Polls final : public refold::Observer {
      public:
        void onPoll(const refold::PollEvent& event) override {
            ++polls;
            EXPECT_EQ(event.polls, polls);
            EXPECT_GE(event.wait.count(), 0);
            found += event.found;
            if (polls == 1) {
                EXPECT_EQ(event.found, 0);
                first = watch->checkpoint();
                server->addRun(runNamed("a"));
            }
            throw std::runtime_error("an exception of the observer");
        }
        ExecutionWatch* watch = nullptr;
        FakeServer* server = nullptr;
        std::int64_t polls = 0;
        std::int64_t found = 0;
        std::string first = {};
    };
    FakeServer server(historyOf(10));
    const auto polls = std::make_shared<Polls>();
    refold::ClientOptions client = quickOptions(server.baseUrl());
    client.observer = polls;
    ExecutionWatch watch = refold::Client(keyOf(server), client).watchExecutions({}, quickly());
    polls->watch = &watch;
    polls->server = &server;
    EXPECT_EQ(textOf(*watch.begin()), "a >RUNNING");
    EXPECT_EQ(polls->polls, watch.report().polls);
    EXPECT_EQ(polls->found, 1);

    // Resumes like a process that was killed before it saw a change.
    refold::WatchOptions again = quickly();
    again.resumeFrom = polls->first;
    ExecutionWatch resumed = refold::Client(keyOf(server), quickOptions(server.baseUrl())).watchExecutions({}, again);
    EXPECT_EQ(textOf(*resumed.begin()), "a >RUNNING");
}

/// Expects an outage when the second poll times out, and the change that follows it.
void expectOutageOfTime(refold::ClientOptions client) {
    FakeServer server(historyOf(10));
    client.baseUrl = server.baseUrl();
    client.retry.maxAttempts = 1;
    const auto requests = std::make_shared<std::atomic<int>>(0);
    server.onRequest([&server, requests](const auto&) -> std::optional<refold::testing::FakeAnswer> {
        const int number = ++*requests;
        if (number == 5) server.delayNext(patient(10s));
        if (number == 7) server.addRun(runNamed("a"));
        return {};
    });
    ExecutionWatch watch = refold::Client(keyOf(server), client).watchExecutions({}, quickly());
    const Stopwatch stopwatch;
    EXPECT_EQ(textOf(*watch.begin()), "a >RUNNING");
    EXPECT_EQ(watch.report().outages, 1);
    EXPECT_LT(stopwatch.elapsed(), patient(8s));
}

TEST(ClientWatch, APollThatTimesOutIsAnOutage) {
    refold::ClientOptions client = quickOptions("");
    client.timeout = patient(300ms);
    expectOutageOfTime(client);
    client = quickOptions("");
    client.attemptTimeout = patient(300ms);
    expectOutageOfTime(client);
}

TEST(ClientWatch, ThrowsPermanentErrorsAndLosesNothing) {
    FakeServer server(historyOf(10));
    server.failNext(1, 403);
    afterFirstPoll(
        server, [&server] { server.addRun(runNamed("a")); }, 1);
    ExecutionWatch watch = clientOf(server).watchExecutions({}, quickly());
    EXPECT_THROW(watch.begin(), refold::AuthenticationError);
    auto it = watch.begin();
    EXPECT_EQ(textOf(*it), "a >RUNNING");
    server.addRun(runNamed("b"));
    server.failNext(1, 400);
    EXPECT_THROW(++it, refold::ApiError);
    ++it;
    EXPECT_EQ(textOf(*it), "b >RUNNING");
}

TEST(ClientWatch, RefusesInvalidOptions) {
    const FakeServer server(historyOf(0));
    const refold::Client client = clientOf(server);
    ExecutionQuery paged;
    paged.page = 2;
    EXPECT_THROW(client.watchExecutions(paged), refold::InvalidArgument);
    WatchOptions options;
    options.interval = 0ms;
    EXPECT_THROW(client.watchExecutions({}, options), refold::InvalidArgument);
    options.interval = 2min;
    EXPECT_THROW(client.watchExecutions({}, options), refold::InvalidArgument);
    EXPECT_EQ(server.requestCount(), 0U);
}

}  // namespace
