// Tests a server that restarts between pages, between calls and while connections are idle.
#include "support/fault_server.hpp"
#include "support/http_text.hpp"
#include "support/test_client.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Reply = FaultReply;

TEST(Restart, BetweenPagesCausesNoError) {
    FaultServer server({okPage(1, 2, true), okPage(2, 2, true), okPage(3, 2, false)});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    ListingOptions listing;
    listing.prefetch = 0;
    int runs = 0;
    for (const Execution& run : client.executions({}, listing)) {
        EXPECT_FALSE(run.id.empty());
        if (++runs % 2 == 0 && runs < 6) {
            server.shutDown();
            server.restart();
        }
    }
    EXPECT_EQ(runs, 6);
    EXPECT_EQ(server.served(), 3);
}

TEST(Restart, LongRestartIsWaitedFor) {
    FaultServer server({okPage(1, 2, true), okPage(2, 2, false)});
    ClientOptions options = quickOptions(server.baseUrl());
    options.retry.maxAttempts = 50;
    options.retry.initialBackoff = 20ms;
    options.retry.maxBackoff = 20ms;
    const Client client = makeClient(options);
    ListingOptions listing;
    listing.prefetch = 0;
    std::thread operatorAtWork;
    int runs = 0;
    for (const Execution& run : client.executions({}, listing)) {
        EXPECT_FALSE(run.id.empty());
        if (++runs == 2) {
            server.shutDown();
            operatorAtWork = std::thread([&] {
                std::this_thread::sleep_for(100ms);
                server.restart();
            });
        }
    }
    operatorAtWork.join();
    EXPECT_EQ(runs, 4);
}

TEST(Restart, WhileManyConnectionsAreKept) {
    FaultServer server([](const SeenRequest&) { return Reply().waits(30ms).sends(okPage()); });
    const Client client = makeClient(quickOptions(server.baseUrl()));
    const auto eightAtOnce = [&] {
        std::vector<std::thread> callers;
        for (int i = 0; i < 8; ++i) {
            callers.emplace_back([&client] { EXPECT_NO_THROW(client.listExecutions()); });
        }
        for (std::thread& caller : callers) caller.join();
    };
    eightAtOnce();
    server.shutDown();
    server.restart();
    eightAtOnce();
    EXPECT_EQ(server.served(), 16);
}

TEST(KeptConnections, AreUsedAgain) {
    const FaultServer server({okPage()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    for (int i = 0; i < 20; ++i) client.listExecutions();
    const Client copy = client;
    copy.listExecutions();
    EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace refold::test
