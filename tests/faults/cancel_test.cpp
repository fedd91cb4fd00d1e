// Tests that cancellation from another thread wakes a connect, a read, a back-off, a wait for the rate limit, and a
// range. Each test prints how long that took; its limit allows for a loaded machine.
#include "support/fault_server.hpp"
#include "support/http_text.hpp"
#include "support/test_client.hpp"
#include "support/unresponsive_listener.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Reply = FaultReply;
using Clock = std::chrono::steady_clock;

constexpr auto bound = 250ms;

// Runs `call` on its own thread, cancels it shortly after `ready` returns, and returns how long the call then took to
// end. `call` must end with Cancelled.
std::chrono::milliseconds cancelDuring(
    const char* what, const std::function<void(const CancelToken&)>& call,
    const std::function<bool()>& ready = [] { return true; }) {
    const CancelSource source;
    std::atomic<bool> ended{false};
    std::atomic<bool> cancelled{false};
    Clock::time_point end;
    std::thread caller([&] {
        try {
            call(source.token());
        } catch (const Cancelled&) {
            cancelled = true;
        } catch (const Error& error) {
            ADD_FAILURE() << "expected Cancelled, got: " << error.what();
        }
        end = Clock::now();
        ended = true;
    });
    EXPECT_TRUE(ready());
    std::this_thread::sleep_for(50ms);
    EXPECT_FALSE(ended) << "the call ended before it was cancelled";
    const Clock::time_point begin = Clock::now();
    source.cancel();
    caller.join();
    EXPECT_TRUE(cancelled);
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(end - begin);
    std::printf("cancelled %s within %.3f ms\n", what, static_cast<double>(time.count()) / 1000);
    return std::chrono::duration_cast<std::chrono::milliseconds>(time);
}

CallOptions with(const CancelToken& token) {
    CallOptions options;
    options.cancel = token;
    return options;
}

std::function<bool()> served(const FaultServer& server, int count) {
    return [&server, count] { return server.waitForServed(count, patient(5s)); };
}

TEST(Cancelling, WakesAConnect) {
    const UnresponsiveListener listener;
    const Client client = makeClient(quickOptions(listener.baseUrl()));
    EXPECT_LT(cancelDuring("a connect", [&](const CancelToken& token) { client.listExecutions({}, with(token)); }),
              patient(bound));
}

TEST(Cancelling, WakesAWaitForTheAnswer) {
    const FaultServer server({Reply().staysSilent()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    EXPECT_LT(cancelDuring(
                  "a wait for the answer", [&](const CancelToken& token) { client.listExecutions({}, with(token)); },
                  served(server, 1)),
              patient(bound));
}

TEST(Cancelling, WakesAReadOfTheBody) {
    const FaultServer server({Reply(head("200 OK", {"Content-Length: 1000"}) + "{").drips(std::string(900, ' '), 5ms)});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    EXPECT_LT(cancelDuring(
                  "a read of the body", [&](const CancelToken& token) { client.listExecutions({}, with(token)); },
                  served(server, 1)),
              patient(bound));
}

TEST(Cancelling, EndsTheReadOfAnEndlessBody) {
    const FaultServer server(
        {Reply(head("200 OK", {"Transfer-Encoding: chunked"})).repeats(chunk(std::string(100, ' ')))});
    ClientOptions options = quickOptions(server.baseUrl());
    options.maxResponseBytes = std::size_t{2} << 30;
    const Client client = makeClient(options);
    EXPECT_LT(cancelDuring(
                  "the read of a flood", [&](const CancelToken& token) { client.listExecutions({}, with(token)); },
                  served(server, 1)),
              patient(bound));
}

TEST(Cancelling, WakesABackOff) {
    const FaultServer server({response("503 Service Unavailable", "", {"Retry-After: 5"})});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    EXPECT_LT(
        cancelDuring(
            "a back-off", [&](const CancelToken& token) { client.listExecutions({}, with(token)); }, served(server, 1)),
        patient(bound));
    EXPECT_EQ(server.served(), 1);
}

TEST(Cancelling, WakesAWaitForPacing) {
    const FaultServer server({okPage()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.rateLimit = RateLimit{0.1, 1};
    options.timeout = patient(60s);
    const Client client = makeClient(options);
    client.listExecutions();
    EXPECT_LT(
        cancelDuring("a wait for pacing", [&](const CancelToken& token) { client.listExecutions({}, with(token)); }),
        patient(bound));
    EXPECT_EQ(server.served(), 1);
}

TEST(Cancelling, WakesOneOfManyThatWaitForPacing) {
    const FaultServer server({okPage()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.rateLimit = RateLimit{2, 1};
    const Client client = makeClient(options);
    client.listExecutions();
    std::thread patientOne([&] { EXPECT_NO_THROW(client.listExecutions()); });
    std::this_thread::sleep_for(20ms);
    EXPECT_LT(cancelDuring("one of two waits for pacing",
                           [&](const CancelToken& token) { client.listExecutions({}, with(token)); }),
              patient(bound));
    patientOne.join();
    EXPECT_EQ(server.served(), 2);
}

TEST(Cancelling, WakesACallWhoseTransfersAnotherThreadDrives) {
    const FaultServer server(FaultServer::Script{Reply().staysSilent()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    const CancelSource other;
    std::thread first([&] { EXPECT_THROW(client.listExecutions({}, with(other.token())), Cancelled); });
    EXPECT_TRUE(server.waitForServed(1, patient(5s)));
    EXPECT_LT(cancelDuring(
                  "the second of two calls", [&](const CancelToken& token) { client.listExecutions({}, with(token)); },
                  served(server, 2)),
              patient(bound));
    // The first call can still be woken after the second has ended.
    const Stopwatch stopwatch;
    other.cancel();
    first.join();
    EXPECT_LT(stopwatch.elapsed(), patient(bound));
}

TEST(Cancelling, LeavesTheOtherCallsAlone) {
    const FaultServer server([](const SeenRequest& request) {
        return request.line().find("page=2") == std::string::npos ? Reply().staysSilent()
                                                                  : Reply().waits(300ms).sends(okPage(2));
    });
    const Client client = makeClient(quickOptions(server.baseUrl()));
    const CancelSource source;
    // The cancelled call starts first, so that it drives the transfers of both.
    std::thread cancelled([&] { EXPECT_THROW(client.listExecutions({}, with(source.token())), Cancelled); });
    EXPECT_TRUE(server.waitForServed(1, patient(5s)));
    std::thread untouched([&] {
        ExecutionQuery query;
        query.page = 2;
        EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions(query).page, 2));
    });
    EXPECT_TRUE(server.waitForServed(2, patient(5s)));
    source.cancel();
    cancelled.join();
    untouched.join();
}

TEST(Cancelling, BeforeTheCallSendsNothing) {
    const FaultServer server({okPage()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    const CancelSource source;
    source.cancel();
    EXPECT_THROW(client.listExecutions({}, with(source.token())), Cancelled);
    EXPECT_THROW(
        {
            for (const Execution& run : client.executions({}, {}, with(source.token()))) EXPECT_FALSE(run.id.empty());
        },
        Cancelled);
    EXPECT_EQ(server.connections(), 0);
}

TEST(Cancelling, EndsARange) {
    const FaultServer server({okPage(1, 2, true), Reply().staysSilent()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    EXPECT_LT(cancelDuring(
                  "a range",
                  [&](const CancelToken& token) {
                      for (const Execution& run : client.executions({}, {}, with(token))) {
                          EXPECT_FALSE(run.id.empty());
                      }
                  },
                  served(server, 2)),
              patient(bound));
}

TEST(Cancelling, DestroyingARangeEndsItsRequestsInFlight) {
    const FaultServer server({okPage(1, 2, true), Reply().staysSilent()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    ListingOptions listing;
    listing.prefetch = 4;
    Clock::time_point begin;
    {
        ExecutionListing range = client.executions({}, listing);
        EXPECT_TRUE(range.begin() != range.end());
        EXPECT_TRUE(server.waitForServed(2, patient(5s)));
        begin = Clock::now();
    }
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
    std::printf("destroyed a range within %.3f ms\n", static_cast<double>(time.count()) / 1000);
    EXPECT_LT(time, patient(bound));
}

TEST(Cancelling, AClientCanBeDestroyedWhileItsCallsRun) {
    const FaultServer server([](const SeenRequest&) { return Reply().waits(100ms).sends(okPage()); });
    auto client = std::make_unique<Client>(makeClient(quickOptions(server.baseUrl())));
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([copy = *client] { EXPECT_NO_THROW(EXPECT_EQ(copy.listExecutions().size(), 1U)); });
    }
    ExecutionListing range = client->executions();
    client.reset();
    int runs = 0;
    for (const Execution& run : range) {
        EXPECT_FALSE(run.id.empty());
        ++runs;
    }
    EXPECT_EQ(runs, 1);
    for (std::thread& caller : callers) caller.join();
}

TEST(Cancelling, WakesTheUsersOwnWait) {
    const CancelSource source;
    std::thread canceller([&] {
        std::this_thread::sleep_for(20ms);
        source.cancel();
    });
    const Stopwatch stopwatch;
    EXPECT_TRUE(source.token().waitFor(20s));
    EXPECT_LT(stopwatch.elapsed(), patient(1s));
    canceller.join();
    EXPECT_FALSE(CancelToken().waitFor(1ms));
}

}  // namespace
}  // namespace refold::test
