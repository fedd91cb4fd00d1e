// Tests the embedded server's faults, log, connections and destruction.
#include "testing/raw_http.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <thread>

namespace {

using refold::test::RawAnswer;
using refold::test::RawClient;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;
using namespace std::chrono_literals;

class FakeServerFaults : public ::testing::Test {
  protected:
    static FakeServerOptions options() {
        FakeServerOptions options;
        options.runs = 50;
        return options;
    }

    FakeServer server{options()};
    RawClient client{server};
};

TEST_F(FakeServerFaults, FailsTheNextRequestsOnly) {
    server.failNext(2, 503, 7s);
    server.failNext(1, 401);
    for (int i = 0; i < 2; ++i) {
        const RawAnswer answer = client.list();
        EXPECT_EQ(answer.status, 503);
        EXPECT_NE(answer.head.find("Retry-After: 7"), std::string::npos);
        EXPECT_EQ(answer.json().at("status_code"), 503);
    }
    const RawAnswer refused = client.list();
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.head.find("Retry-After"), std::string::npos);
    EXPECT_EQ(client.list().status, 200);
}

TEST_F(FakeServerFaults, CannedAnswers) {
    FakeAnswer answer;
    answer.status = 502;
    answer.contentType = "text/html";
    answer.body = "<html>bad gateway</html>";
    answer.headers = {{"X-Proxy", "nginx"}};
    server.answerNext(answer);
    const RawAnswer got = client.list();
    EXPECT_EQ(got.status, 502);
    EXPECT_EQ(got.body, answer.body);
    EXPECT_NE(got.head.find("X-Proxy: nginx"), std::string::npos);
    EXPECT_NE(got.head.find("Content-Type: text/html"), std::string::npos);
    EXPECT_EQ(client.list().status, 200);
}

TEST_F(FakeServerFaults, BrokenAnswers) {
    const std::size_t whole = client.list().body.size();
    server.breakNext(FakeAnswer::Ending::truncated);
    const RawAnswer truncated = client.list();
    EXPECT_EQ(truncated.result, CURLE_PARTIAL_FILE);
    EXPECT_EQ(truncated.status, 200);
    EXPECT_EQ(truncated.body.size(), whole / 2);

    server.breakNext(FakeAnswer::Ending::closed);
    EXPECT_EQ(client.list().result, CURLE_GOT_NOTHING);

    server.breakNext(FakeAnswer::Ending::reset);
    const RawAnswer reset = client.list();
    EXPECT_TRUE(reset.result == CURLE_RECV_ERROR || reset.result == CURLE_PARTIAL_FILE) << reset.result;

    EXPECT_EQ(client.list().body.size(), whole);
}

TEST_F(FakeServerFaults, CanBeCleared) {
    server.failNext(5, 500);
    EXPECT_EQ(client.list().status, 500);
    server.clearFaults();
    EXPECT_EQ(client.list().status, 200);
}

TEST_F(FakeServerFaults, DelaysAndLatency) {
    const auto timed = [&] {
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_EQ(client.list().status, 200);
        return std::chrono::steady_clock::now() - begin;
    };
    server.delayNext(40ms);
    EXPECT_GE(timed(), 40ms);
    server.setLatency(30ms);
    EXPECT_GE(timed(), 30ms);
    server.delayNext(40ms);
    EXPECT_GE(timed(), 70ms);
}

TEST_F(FakeServerFaults, TheHookMayAnswer) {
    server.onRequest([](const FakeRequest& request) -> std::optional<FakeAnswer> {
        if (request.parameter("page") != "2") return std::nullopt;
        FakeAnswer answer;
        answer.body = "{\"docs\":[],\"hasNextPage\":true}";
        return answer;
    });
    EXPECT_EQ(client.list("?page=1").ids().size(), 10U);
    EXPECT_EQ(client.list("?page=2").ids().size(), 0U);
    server.onRequest([](const FakeRequest&) -> std::optional<FakeAnswer> { throw std::runtime_error("oops"); });
    const RawAnswer answer = client.list();
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("oops"), std::string::npos);
    server.onRequest(nullptr);
    EXPECT_EQ(client.list().status, 200);
}

TEST_F(FakeServerFaults, RequestsAreLogged) {
    auto headers = RawClient::keyHeaders(server);
    headers.push_back("X-Custom: a b");
    client.setHeaders(headers);
    client.setEncodings("gzip");
    client.list("?workflow_name=a%20b%26c&empty=&flag");
    EXPECT_EQ(server.requestCount(), 1U);
    ASSERT_EQ(server.requests().size(), 1U);
    const FakeRequest request = server.requests().front();
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.path, "/api/v2/public/execution");
    EXPECT_EQ(request.query, "workflow_name=a%20b%26c&empty=&flag");
    EXPECT_EQ(request.parameter("workflow_name"), "a b&c");
    EXPECT_EQ(request.parameter("empty"), "");
    EXPECT_EQ(request.parameter("flag"), "");
    EXPECT_EQ(request.parameter("page"), std::nullopt);
    EXPECT_EQ(request.header("x-custom"), "a b");
    EXPECT_EQ(request.header("X-API-KEY"), "tk_test_not_a_real_key");
    EXPECT_EQ(request.header("accept-encoding"), "gzip");
    EXPECT_FALSE(request.hasHeader("Authorization"));
    EXPECT_EQ(request.connection, 1U);
    for (const auto& header : request.headers) {
        EXPECT_TRUE(header.name.find("REMOTE") == std::string::npos && header.name.find("LOCAL") == std::string::npos)
            << header.name << " was not sent";
    }
}

TEST_F(FakeServerFaults, WaitsForRequests) {
    EXPECT_FALSE(server.waitForRequests(1, 5ms));
    std::thread other([&] { client.list(); });
    EXPECT_TRUE(server.waitForRequests(1, std::chrono::milliseconds::max()));
    other.join();
}

TEST_F(FakeServerFaults, ConnectionsAreKeptAndCanBeClosed) {
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client.list().status, 200);
    EXPECT_EQ(server.connectionCount(), 1U);
    server.closeConnections();
    EXPECT_EQ(client.list().status, 200);
    EXPECT_EQ(server.connectionCount(), 2U);
    EXPECT_EQ(server.requests().back().connection, 2U);
}

TEST_F(FakeServerFaults, ServesManyConnectionsAtOnce) {
    constexpr int count = 40;
    // Answers no request before all have arrived, so that each needs its own connection and thread.
    server.onRequest([this](const FakeRequest&) -> std::optional<FakeAnswer> {
        EXPECT_TRUE(server.waitForRequests(count));
        return std::nullopt;
    });
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([this] {
            RawClient own(server);
            for (int j = 0; j < 3; ++j) EXPECT_EQ(own.list().status, 200);
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(server.requestCount(), 3U * count);
    EXPECT_EQ(server.connectionCount(), static_cast<std::uint64_t>(count));
}

TEST_F(FakeServerFaults, TheLogIsBounded) {
    for (int i = 0; i < 10005; ++i) client.get("/" + std::to_string(i));
    EXPECT_EQ(server.requestCount(), 10005U);
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 10000U);
    EXPECT_EQ(requests.front().path, "/5");
    EXPECT_EQ(requests.back().path, "/10004");
}

TEST(FakeServerLife, ManyAtOnceOnDifferentPorts) {
    FakeServerOptions options;
    options.runs = 1;
    const FakeServer first(options);
    const FakeServer second(options);
    EXPECT_NE(first.port(), second.port());
    EXPECT_EQ(first.baseUrl(), "http://127.0.0.1:" + std::to_string(first.port()));
    EXPECT_EQ(RawClient(first).list().status, 200);
    EXPECT_EQ(RawClient(second).list().status, 200);
}

TEST(FakeServerLife, StopsAtOnceWithKeptConnections) {
    FakeServerOptions options;
    options.runs = 1;
    std::optional<FakeServer> server(std::in_place, options);
    RawClient client(*server);
    EXPECT_EQ(client.list().status, 200);
    const auto begin = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_EQ(client.list().result, CURLE_COULDNT_CONNECT);
}

TEST(FakeServerLife, StopsAtOnceWhileAnswersAreDelayed) {
    FakeServerOptions options;
    options.runs = 1;
    options.latency = 30s;
    std::optional<FakeServer> server(std::in_place, options);
    RawClient client(*server);
    std::thread waiting([&] { client.list(); });
    EXPECT_TRUE(server->waitForRequests(1));
    const auto begin = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
    waiting.join();
}

TEST(FakeServerLife, DoesNotChangeSignalHandling) {
    const auto before = std::signal(SIGPIPE, SIG_DFL);
    const FakeServer server;
    EXPECT_EQ(std::signal(SIGPIPE, before), SIG_DFL);
}

}  // namespace
