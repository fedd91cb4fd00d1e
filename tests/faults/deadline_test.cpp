// Tests that one deadline covers a call's attempts, back-off and pacing, and that a 429 holds back the whole client.
#include "support/fault_server.hpp"
#include "support/http_text.hpp"
#include "support/recording_observer.hpp"
#include "support/socket.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_ca.hpp"
#include "support/test_client.hpp"

#include <gtest/gtest.h>

#include <poll.h>

#include <atomic>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Reply = FaultReply;

TransportError::Kind kindOf(const Client& client, const CallOptions& options = {}) {
    try {
        client.listExecutions({}, options);
    } catch (const TransportError& error) {
        return error.kind();
    }
    return TransportError::Kind::other;
}

TEST(Deadline, CoversAllAttempts) {
    const FaultServer server({Reply().staysSilent()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.attemptTimeout = patient(120ms);
    options.timeout = patient(300ms);
    options.retry.maxAttempts = 100;
    const Client client = makeClient(options);
    const Stopwatch stopwatch;
    try {
        client.listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::timeout) << error.what();
        EXPECT_EQ(error.attempts(), server.served()) << error.what();
        EXPECT_NE(std::string(error.what()).find("call"), std::string::npos)
            << "the message does not name the call's timeout: " << error.what();
    }
    EXPECT_LT(stopwatch.elapsed(), patient(900ms));
    EXPECT_GE(server.served(), 2);
    EXPECT_LE(server.served(), 3);
}

/// 2^32 + 50 ms: where `long` has 32 bits, libcurl would be given 50 ms.
TEST(Deadline, BeyondALongDoesNotWrap) {
    constexpr std::chrono::milliseconds beyond{(std::int64_t{1} << 32) + 50};
    const FaultServer server({Reply().waits(patient(200ms)).sends(okPage())});
    ClientOptions options = quickOptions(server.baseUrl());
    options.timeout = beyond;
    options.attemptTimeout = beyond;
    options.connectTimeout = beyond;
    options.retry.maxAttempts = 1;
    EXPECT_EQ(makeClient(options).listExecutions().size(), 1U);
}

TEST(Deadline, OfTheCallOverridesTheClients) {
    const FaultServer server({Reply().staysSilent()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    CallOptions call;
    call.timeout = patient(150ms);
    const Stopwatch stopwatch;
    EXPECT_EQ(kindOf(client, call), TransportError::Kind::timeout);
    EXPECT_LT(stopwatch.elapsed(), patient(700ms));
    EXPECT_EQ(server.served(), 1);
}

TEST(Deadline, IsNamedAsTheUserSetIt) {
    const auto reasonOf = [](const Client& client, const CallOptions& options) -> std::string {
        try {
            client.listExecutions({}, options);
        } catch (const TransportError& error) {
            EXPECT_EQ(error.kind(), TransportError::Kind::timeout) << error.what();
            const std::string what = error.what();
            return what.substr(0, what.find(" (GET http"));
        }
        return "the call succeeded";
    };
    const std::chrono::milliseconds limit = patient(150ms);
    const std::string shown =
        limit % 1s == 0ms ? std::to_string(limit / 1s) + " s" : std::to_string(limit.count()) + " ms";
    struct Case {
        Reply reply;
        std::string doing;
    };
    const std::vector<Case> cases{
        {Reply().staysSilent(), "while waiting for an answer"},
        {Reply("HTTP/1.1 200 OK\r\n").staysSilent(), "while the answer's headers were being read"},
        {Reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").staysSilent(), "while the answer was being read"}};
    for (const Case& c : cases) {
        const FaultServer server({c.reply});
        ClientOptions options = quickOptions(server.baseUrl());
        options.retry.maxAttempts = 1;
        CallOptions call;
        call.timeout = limit;
        EXPECT_EQ(reasonOf(makeClient(options), call), "the call's timeout of " + shown + " passed " + c.doing);
        options.attemptTimeout = limit;
        EXPECT_EQ(reasonOf(makeClient(options), {}), "the attempt's timeout of " + shown + " passed " + c.doing +
                                                         "; gave up after 1 attempt: retries are switched off");
    }
}

TEST(Deadline, HoldsForACallThatWaitsForAnothersHandshake) {
    // The kernel accepts connections, and the handshake is never answered.
    const Descriptor mute = bindLoopback();
    listenOn(mute, 16);
    // A machine without the system's CA certificates would not begin the handshake.
    const TemporaryDirectory directory;
    makeTestCertificates(directory);
    ClientOptions options = quickOptions("https://127.0.0.1:" + std::to_string(portOf(mute)));
    options.caFile = directory.file("ca.pem");
    options.timeout = patient(16s);
    options.attemptTimeout = patient(16s);
    options.connectTimeout = patient(16s);
    const Client client = makeClient(options);
    const CancelSource over;
    std::thread first([&] {
        CallOptions call;
        call.timeout = patient(8s);
        call.cancel = over.token();
        EXPECT_THROW(client.listExecutions({}, call), Cancelled);
    });
    const StopSignal never;
    EXPECT_TRUE(waitFor(mute.get(), POLLIN, never, patient(5s))) << "the first call did not connect";
    const Stopwatch stopwatch;
    CallOptions call;
    call.timeout = patient(1s);
    try {
        client.listExecutions({}, call);
        ADD_FAILURE() << "the call succeeded";
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::timeout) << error.what();
    }
    EXPECT_LT(stopwatch.elapsed(), patient(5s));
    over.cancel();
    first.join();
}

TEST(Deadline, CoversBackOff) {
    const FaultServer server({response("503 Service Unavailable", "")});
    ClientOptions options = quickOptions(server.baseUrl());
    options.retry.initialBackoff = 10s;
    options.retry.maxBackoff = 10s;
    options.timeout = patient(300ms);
    const Client client = makeClient(options);
    const Stopwatch stopwatch;
    EXPECT_THROW(client.listExecutions(), Error);
    EXPECT_LT(stopwatch.elapsed(), patient(900ms));
}

TEST(Deadline, CoversPacing) {
    const FaultServer server({okPage()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.rateLimit = RateLimit{0.05, 1};
    options.timeout = patient(300ms);
    const Client client = makeClient(options);
    client.listExecutions();
    const Stopwatch stopwatch;
    EXPECT_EQ(kindOf(client), TransportError::Kind::timeout);
    EXPECT_LT(stopwatch.elapsed(), patient(900ms));
    EXPECT_EQ(server.served(), 1);
}

TEST(Deadline, HoldsForEachPageOfARange) {
    // Six pages of 100 ms each take longer than one call's timeout, but no single page does.
    std::vector<FaultReply> pages;
    for (int page = 1; page <= 6; ++page) pages.push_back(Reply().waits(100ms).sends(okPage(page, 2, page < 6)));
    const FaultServer server(pages);
    ClientOptions options = quickOptions(server.baseUrl());
    options.timeout = patient(400ms);
    const Client client = makeClient(options);
    ListingOptions listing;
    listing.prefetch = 0;
    int runs = 0;
    for (const Execution& run : client.executions({}, listing)) {
        EXPECT_FALSE(run.id.empty());
        ++runs;
    }
    EXPECT_EQ(runs, 12);
}

TEST(Pacing, KeepsToTheDocumentedLimit) {
    const FaultServer server({okPage()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.rateLimit = RateLimit{};
    const Client client = makeClient(options);
    const Stopwatch stopwatch;
    std::vector<std::thread> callers;
    std::atomic<int> left{16};
    for (int i = 0; i < 4; ++i) {
        callers.emplace_back([&left, copy = client] {
            while (left.fetch_sub(1) > 0) copy.listExecutions();
        });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(server.served(), 16);
    EXPECT_GE(stopwatch.elapsed(), 540ms) << "a burst of 5, then 11 requests at 20 per second";
}

TEST(Pacing, A429HoldsBackTheWholeClient) {
    FaultServer server({response("429 Too Many Requests", "", {"Retry-After: 1"}), okPage()});
    const Client client = makeClient(quickOptions(server.baseUrl()));
    std::thread refused([&] { EXPECT_NO_THROW(client.listExecutions()); });
    EXPECT_TRUE(server.waitForServed(1, patient(5s)));
    std::this_thread::sleep_for(100ms);
    const Client copy = client;
    EXPECT_NO_THROW(copy.listExecutions());
    refused.join();
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_GE(requests[1].arrived - requests[0].arrived, 990ms);
    EXPECT_GE(requests[2].arrived - requests[0].arrived, 990ms);
}

TEST(Pacing, IsReportedToTheObserver) {
    const FaultServer server({okPage()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.rateLimit = RateLimit{20, 1};
    const auto observer = std::make_shared<RecordingObserver>();
    options.observer = observer;
    const Client client = makeClient(options);
    client.listExecutions();
    client.listExecutions();
    ASSERT_FALSE(observer->pacings().empty());
    EXPECT_GT(observer->pacings().back().waited, 0ms);
}

TEST(RetryQuota, StopsRetriesInAWideOutageAndIsEarnedBack) {
    FaultServer server([](const SeenRequest& request) {
        return request.line().find("page=2") == std::string::npos ? Reply(response("503 Service Unavailable", ""))
                                                                  : Reply(okPage(2));
    });
    ClientOptions options = quickOptions(server.baseUrl());
    options.retry.quota = 4;
    const Client client = makeClient(options);
    for (int i = 0; i < 10; ++i) EXPECT_THROW(client.listExecutions(), ServerError);
    EXPECT_EQ(server.served(), 14) << "ten first attempts and four retries, the quota";
    ExecutionQuery success;
    success.page = 2;
    for (int i = 0; i < 11; ++i) client.listExecutions(success);
    EXPECT_THROW(client.listExecutions(), ServerError);
    EXPECT_EQ(server.served(), 14 + 11 + 2) << "ten successes earn one retry";
}

TEST(Refreshing, IsDoneOnceForManyThreadsThatGetA401) {
    FaultServer server([](const SeenRequest& request) {
        const bool fresh = request.header("Authorization") == std::string("Bearer ") + secondToken;
        return fresh ? Reply(okPage()) : Reply().waits(50ms).sends(response("401 Unauthorized", ""));
    });
    std::atomic<int> asked{0};
    const Client client(sessionToken([&asked] {
                            const bool first = asked++ == 0;
                            std::this_thread::sleep_for(30ms);
                            return std::string(first ? firstToken : secondToken);
                        }),
                        quickOptions(server.baseUrl()));
    std::vector<std::thread> callers;
    for (int i = 0; i < 16; ++i) {
        callers.emplace_back([&client] { EXPECT_NO_THROW(client.listExecutions()); });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(asked, 2);
}

TEST(Observing, ObserverExceptionsAreIgnored) {
    class Thrower final : public Observer {
      public:
        void onRequest(const RequestEvent&) override { throw 1; }
        void onResponse(const ResponseEvent&) override { throw std::runtime_error("no"); }
        void onRetry(const RetryEvent&) override { throw 2; }
        void onPacing(const PacingEvent&) override { throw 3; }
        void onCallEnd(const CallEvent&) override { throw Cancelled(); }
    };
    const FaultServer server({response("503 Service Unavailable", ""), okPage()});
    ClientOptions options = quickOptions(server.baseUrl());
    options.rateLimit = RateLimit{100, 1};
    options.observer = std::make_shared<Thrower>();
    const Client client = makeClient(options);
    EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 1U));
}

}  // namespace
}  // namespace refold::test
