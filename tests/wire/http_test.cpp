// Tests HTTP/1.1 with nginx: kept connections, compression, rate limit, 502, and that neither .netrc passwords nor
// cookies are sent.
#include "support/recording_observer.hpp"
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;

class Http : public Wire {};

TEST_F(Http, AWholeListing) {
    const Client reader = client(url("pages"));
    std::set<std::string> ids;
    ExecutionListing listing = reader.executions();
    for (const Execution& run : listing) ids.insert(run.id);
    EXPECT_EQ(ids.size(), 9U);
    EXPECT_TRUE(listing.report().complete);
}

TEST_F(Http, AKeptConnectionIsReused) {
    const std::size_t before = nginx().log("plain").size();
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions observed = options(url("plain"));
    observed.observer = observer;
    const Client reader = makeClient(observed);
    for (int i = 0; i < 10; ++i) reader.listExecutions();
    const auto lines = nginx().log("plain", before + 10);
    ASSERT_EQ(lines.size(), before + 10);
    std::set<std::string> connections;
    for (std::size_t i = before; i < lines.size(); ++i) connections.insert(lines[i].connection);
    EXPECT_EQ(connections.size(), 1U);
    EXPECT_FALSE(observer->responses().front().transfer.connectionReused);
    EXPECT_TRUE(observer->responses().back().transfer.connectionReused);
}

TEST_F(Http, AServerThatClosesItsConnectionsIsNotAnError) {
    const Client reader = client(url("short1"));
    for (int i = 0; i < 20; ++i) EXPECT_EQ(reader.listExecutions().size(), 3U);
}

TEST_F(Http, AnswersAreCompressedOnTheWire) {
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions observed = options(url("plain"));
    observed.observer = observer;
    makeClient(observed).listExecutions();
    const ResponseEvent response = observer->responses().at(0);
    EXPECT_LT(response.transfer.bytesReceived, response.bodyBytes);
}

TEST_F(Http, CookiesAreNotKept) {
    const std::size_t before = nginx().log("plain").size();
    const Client reader = client(url("plain"));
    for (int i = 0; i < 3; ++i) reader.listExecutions();
    const auto lines = nginx().log("plain", before + 3);
    for (std::size_t i = before; i < lines.size(); ++i) EXPECT_EQ(lines[i].cookie, "");
}

TEST_F(Http, NetrcIsNotRead) {
    const TemporaryDirectory home;
    const std::string text =
        "machine 127.0.0.1 login somebody password made-up\ndefault login somebody password made-up\n";
    const ScopedVariable homeVariable("HOME", home.path());
    const ScopedVariable netrcVariable("NETRC", home.write(".netrc", text));
    const std::size_t before = nginx().log("plain").size();
    client(url("plain")).listExecutions();
    const auto lines = nginx().log("plain", before + 1);
    ASSERT_EQ(lines.size(), before + 1);
    EXPECT_EQ(lines.back().authorization, "");
    EXPECT_EQ(lines.back().apiKey, testKey);
}

TEST_F(Http, ADeadUpstreamIsAServerErrorWithTheProxysMessage) {
    const std::size_t before = nginx().log("dead").size();
    try {
        client(url("dead")).listExecutions();
        ADD_FAILURE() << "the call succeeded";
    } catch (const ServerError& error) {
        EXPECT_EQ(error.status(), 502);
        EXPECT_EQ(error.attempts(), 4);
        EXPECT_NE(std::string(error.what()).find("502 Bad Gateway"), std::string::npos) << error.what();
    }
    EXPECT_EQ(nginx().log("dead", before + 4).size(), before + 4);
}

TEST_F(Http, OutlastsARateLimit) {
    if (!hasRateLimit()) GTEST_SKIP() << "this nginx has no rate limit (Debian 11: nginx-light)";
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions unpaced = options(url("limited"));
    unpaced.retry.maxAttempts = 20;
    unpaced.retry.initialBackoff = 50ms;
    unpaced.retry.maxBackoff = 200ms;
    unpaced.observer = observer;
    const Client reader = makeClient(unpaced);
    std::vector<std::thread> callers;
    for (int i = 0; i < 5; ++i) {
        callers.emplace_back([&reader] {
            for (int call = 0; call < 4; ++call) EXPECT_NO_THROW(reader.listExecutions());
        });
    }
    for (std::thread& caller : callers) caller.join();
    int refused = 0;
    for (const ResponseEvent& response : observer->responses()) refused += response.status == 429 ? 1 : 0;
    EXPECT_GT(refused, 0) << "the rate limit was never reached: the test proves nothing";
    EXPECT_EQ(observer->retries().size(), static_cast<std::size_t>(refused));
}

TEST_F(Http, TheDefaultRateStaysBelowTheLimit) {
    if (!hasRateLimit()) GTEST_SKIP() << "this nginx has no rate limit (Debian 11: nginx-light)";
    std::this_thread::sleep_for(500ms);  // until nginx's rate limit no longer counts the calls of other tests
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions paced = options(url("limited"));
    paced.rateLimit = RateLimit{};
    paced.observer = observer;
    const Client reader = makeClient(paced);
    std::vector<std::thread> callers;
    for (int i = 0; i < 5; ++i) {
        callers.emplace_back([copy = reader] {
            for (int call = 0; call < 5; ++call) EXPECT_NO_THROW(copy.listExecutions());
        });
    }
    for (std::thread& caller : callers) caller.join();
    for (const ResponseEvent& response : observer->responses()) EXPECT_EQ(response.status, 200);
}

}  // namespace
}  // namespace refold::test
