// Tests client handles: copies, moves, threads, and destruction during calls.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <utility>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::Client;
using refold::Execution;
using refold::ExecutionQuery;
using refold::testing::FakeServer;

TEST(ClientHandles, CopiesShareConnections) {
    const FakeServer server(historyOf(25));
    const Client first = clientOf(server);
    const Client second = first;  // NOLINT(performance-unnecessary-copy-initialization): it is the subject
    Client third = clientOf(server);
    third = second;
    EXPECT_EQ(first.listExecutions().size(), 10U);
    EXPECT_EQ(second.listExecutions().size(), 10U);
    EXPECT_EQ(third.listExecutions().size(), 10U);
    EXPECT_EQ(server.connectionCount(), 1U);
}

TEST(ClientHandles, CopiesSharePacing) {
    const FakeServer server(historyOf(1));
    auto options = quickOptions(server.baseUrl());
    options.rateLimit = refold::RateLimit{50, 1};
    const Client first(keyOf(server), options);
    const Client second = first;  // NOLINT(performance-unnecessary-copy-initialization): it is the subject
    const Stopwatch stopwatch;
    for (int i = 0; i < 3; ++i) {
        first.listExecutions();
        second.listExecutions();
    }
    EXPECT_GE(stopwatch.elapsed(), 95ms) << "five waits of 20 ms";
}

TEST(ClientHandles, CanBeMoved) {
    const FakeServer server(historyOf(25));
    Client first = clientOf(server);
    const Client second = std::move(first);
    EXPECT_EQ(second.listExecutions().size(), 10U);
    first = second;
    EXPECT_EQ(first.listExecutions().size(), 10U);
}

TEST(ClientHandles, ARangeOutlivesItsClient) {
    const FakeServer server(historyOf(95));
    std::optional<Client> client(clientOf(server));
    ExecutionQuery query;
    query.limit = 10;
    auto listing = client->executions(query);
    std::vector<std::string> ids;
    for (const Execution& run : listing) {
        client.reset();
        ids.push_back(run.id);
    }
    EXPECT_EQ(ids, server.ids());
}

TEST(ClientHandles, RangesCanBeMovedAndDestroyedEarly) {
    const FakeServer server(historyOf(95));
    const Client client = clientOf(server);
    ExecutionQuery query;
    query.limit = 10;
    auto listing = client.executions(query);
    EXPECT_EQ(listing.begin()->id, server.ids().front());
    auto moved = std::move(listing);
    std::size_t count = 0;
    for (const Execution& run : moved) {
        static_cast<void>(run);
        if (++count == 25) break;
    }
    EXPECT_EQ(count, 25U);
}

TEST(ClientHandles, DestroyingARangeDoesNotWaitForItsPages) {
    FakeServer server(historyOf(95));
    const Client client = clientOf(server);
    const Stopwatch stopwatch;
    {
        ExecutionQuery query;
        query.limit = 10;
        auto listing = client.executions(query);
        server.delayNext(0ms);
        server.delayNext(30s, 100);
        EXPECT_EQ(listing.begin()->id, server.ids().front());
        EXPECT_TRUE(server.waitForRequests(2));
    }
    EXPECT_LT(stopwatch.elapsed(), patient(5s));
}

TEST(ClientHandles, CancellationWakesACall) {
    FakeServer server(historyOf(5));
    const Client client = clientOf(server);
    server.delayNext(30s);
    const refold::CancelSource source;
    std::thread canceller([&] {
        EXPECT_TRUE(server.waitForRequests(1));
        source.cancel();
    });
    refold::CallOptions call;
    call.cancel = source.token();
    const Stopwatch stopwatch;
    EXPECT_THROW(client.listExecutions({}, call), refold::Cancelled);
    EXPECT_LT(stopwatch.elapsed(), patient(5s));
    canceller.join();
    EXPECT_EQ(client.listExecutions().size(), 5U) << "the client serves on";
}

TEST(ClientHandles, ATimeoutEndsACall) {
    FakeServer server(historyOf(5));
    server.delayNext(30s, 10);
    refold::CallOptions call;
    call.timeout = 150ms;
    const Stopwatch stopwatch;
    try {
        clientOf(server).listExecutions({}, call);
        FAIL();
    } catch (const refold::TransportError& error) {
        EXPECT_EQ(error.kind(), refold::TransportError::Kind::timeout);
    }
    EXPECT_LT(stopwatch.elapsed(), patient(5s));
}

TEST(ClientThreads, EightOnOneClient) {
    const FakeServer server(historyOf(600));
    const Client client = clientOf(server);
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i, copy = client] {
            ExecutionQuery query;
            query.limit = 50;
            query.sortAsc = i % 2 == 0;
            if (i % 4 < 2) {
                for (int j = 1; j <= 12; ++j) {
                    query.page = j;
                    const auto page = (j % 2 == 0 ? client : copy).listExecutions(query);
                    const auto all = server.ids(query);
                    const auto begin = all.begin() + (j - 1) * 50;
                    if (idsOf(page) != std::vector<std::string>(begin, begin + 50)) ++failures;
                }
            } else {
                auto listing = client.executions(query);
                if (idsOf(listing) != server.ids(query)) ++failures;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
}

TEST(ClientThreads, TheLastHandleMayGoWhileCallsRun) {
    FakeServer server(historyOf(20));
    server.setLatency(20ms);
    std::vector<std::thread> threads;
    std::atomic<int> answered{0};
    {
        const Client client = clientOf(server);
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&answered, copy = client]() mutable {
                const Client own = std::move(copy);
                if (own.listExecutions().size() == 10) ++answered;
            });
        }
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(answered, 8);
}

}  // namespace
