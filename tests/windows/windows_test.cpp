// Tests the library and its embedded server on Windows: sockets, threads, time limits, TLS by Schannel.
// tests/windows/run starts the servers that the environment names; tests are skipped if theirs is missing.
#include <refold/refold.hpp>
#include <refold/testing/fake_server.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <thread>

namespace {

using namespace std::chrono_literals;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;
using Kind = refold::TransportError::Kind;

FakeServerOptions withRuns(std::size_t runs) {
    FakeServerOptions options;
    options.runs = runs;
    return options;
}

refold::Client clientFor(const std::string& baseUrl, refold::ClientOptions options = {}) {
    const FakeServerOptions account;
    options.baseUrl = baseUrl;
    options.rateLimit = refold::RateLimit::none();
    options.retry.initialBackoff = 10ms;
    return refold::Client(refold::apiKey(account.apiKey, account.linkedAccountId), options);
}

/// Returns the error of a call; no value if it succeeds.
template <class Call>
std::optional<refold::TransportError> failureOf(Call call) {
    try {
        call();
    } catch (const refold::TransportError& error) {
        return error;
    }
    return {};
}

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::size_t walk(const refold::Client& client) {
    std::size_t runs = 0;
    for (const refold::Execution& run : client.executions()) {
        if (!run.id.empty()) ++runs;
    }
    return runs;
}

TEST(Windows, WalksAHistory) {
    const FakeServer server(withRuns(2500));
    EXPECT_EQ(walk(clientFor(server.baseUrl())), 2500U);
}

TEST(Windows, CompressedAnswersAreRead) {
    FakeServerOptions options = withRuns(300);
    options.gzip = true;
    const FakeServer server(options);
    EXPECT_EQ(walk(clientFor(server.baseUrl())), 300U);
}

TEST(Windows, StopsAndRerunsARun) {
    FakeServer server(withRuns(3));
    const std::string id = server.addRun();
    const refold::Client client = clientFor(server.baseUrl());
    client.stopExecution(id);
    EXPECT_TRUE(client.getExecution(id).hasEnded());
    EXPECT_NE(client.rerunExecution(id), id);
}

TEST(Windows, BrokenAnswersAreRetried) {
    FakeServer server(withRuns(3));
    const refold::Client client = clientFor(server.baseUrl());
    for (const auto ending : {FakeAnswer::Ending::truncated, FakeAnswer::Ending::closed, FakeAnswer::Ending::reset}) {
        server.breakNext(ending);
        EXPECT_EQ(client.listExecutions().totalDocs, 3);
    }
}

TEST(Windows, ARefusedConnectionIsAConnectError) {
    std::string url;
    {
        const FakeServer server(withRuns(1));
        url = server.baseUrl();
    }
    const auto failure = failureOf([&] { clientFor(url).listExecutions(); });
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind(), Kind::connect) << failure->what();
}

TEST(Windows, ACancelEndsASilentCallAtOnce) {
    FakeServer server(withRuns(1));
    server.delayNext(30s);
    const refold::Client client = clientFor(server.baseUrl());
    refold::CancelSource source;
    std::thread canceller([&] {
        EXPECT_TRUE(server.waitForRequests(1));
        source.cancel();
    });
    refold::CallOptions call;
    call.cancel = source.token();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THROW(client.listExecutions({}, call), refold::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
    canceller.join();
}

TEST(Windows, APortInUseIsRefused) {
    const FakeServer first(withRuns(1));
    FakeServerOptions options = withRuns(1);
    options.port = first.port();
    EXPECT_THROW(FakeServer{options}, std::runtime_error);
}

TEST(Windows, TheServerStopsWhileARequestIsAnswered) {
    FakeServerOptions options = withRuns(1);
    options.latency = 30s;
    std::optional<FakeServer> server(std::in_place, options);
    refold::ClientOptions once;
    once.retry.maxAttempts = 1;
    const refold::Client client = clientFor(server->baseUrl(), once);
    std::thread waiting([&] { EXPECT_TRUE(failureOf([&] { client.listExecutions(); })); });
    EXPECT_TRUE(server->waitForRequests(1));
    const auto begin = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
    waiting.join();
}

/// The server runs outside wine.
TEST(WindowsNative, WalksAHistory) {
    const std::string url = environment("REFOLD_TEST_NATIVE_URL");
    if (url.empty()) GTEST_SKIP() << "no native server was started";
    EXPECT_EQ(walk(clientFor(url)), 25000U);
}

/// Requests to REFOLD_TEST_HTTPS_URL are relayed to REFOLD_TEST_HTTPS_PORT on 127.0.0.1 by a TLS server with the
/// authority REFOLD_TEST_CA_FILE.
class WindowsTls : public ::testing::Test {
  protected:
    void SetUp() override {
        if (url.empty()) GTEST_SKIP() << "no TLS server was started";
        FakeServerOptions options = withRuns(250);
        options.port = std::stoi(environment("REFOLD_TEST_HTTPS_PORT"));
        server.emplace(options);
    }

    const std::string url = environment("REFOLD_TEST_HTTPS_URL");
    std::optional<FakeServer> server;
};

TEST_F(WindowsTls, TrustsTheAuthorityInCaFile) {
    refold::ClientOptions options;
    options.caFile = environment("REFOLD_TEST_CA_FILE");
    EXPECT_EQ(walk(clientFor(url, options)), 250U);
}

/// Sets a wrong `caFile`, because without one wine's Schannel checks no certificate.
TEST_F(WindowsTls, RefusesAnUnknownAuthority) {
    refold::ClientOptions options;
    options.caFile = environment("REFOLD_TEST_OTHER_CA_FILE");
    const auto failure = failureOf([&] { clientFor(url, options).listExecutions(); });
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind(), Kind::tls) << failure->what();
    EXPECT_NE(std::string(failure->what()).find("caFile"), std::string::npos) << failure->what();
}

TEST_F(WindowsTls, RefusesACertificateOfAnotherHost) {
    refold::ClientOptions options;
    options.caFile = environment("REFOLD_TEST_CA_FILE");
    std::string other = url;
    other.replace(other.find("localhost"), 9, "127.0.0.1");
    const auto failure = failureOf([&] { clientFor(other, options).listExecutions(); });
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind(), Kind::tls) << failure->what();
}

}  // namespace
