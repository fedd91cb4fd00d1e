// Tests tokens that the client requests and issues, and clients of several linked accounts, with the embedded server.
#include "client/client_fixture.hpp"

#include "support/failure_of.hpp"
#include "support/recording_observer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::Client;
using refold::InvalidArgument;
using refold::test::failureOf;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;

constexpr const char* tokenPath = "/api/v2/public/session-token";

std::shared_ptr<refold::AuthStrategy> tokensOf(const FakeServer& server) {
    return refold::sessionTokenFor(server.options().apiKey, server.options().linkedAccountId);
}

Client tokenClientOf(const FakeServer& server) {
    return Client(tokensOf(server), quickOptions(server.baseUrl()));
}

refold::ExecutionQuery hundred() {
    refold::ExecutionQuery query;
    query.limit = 100;
    return query;
}

TEST(SessionTokenFor, RequestsATokenOnceAndThenSendsOnlyTheToken) {
    const FakeServer server(historyOf(25));
    const Client client = tokenClientOf(server);
    EXPECT_EQ(server.requestCount(), 0U);
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(server.issuedSessionTokens(), 1U);
    EXPECT_EQ(server.connectionCount(), 1U) << "the client's own connection serves both";

    const std::vector<FakeRequest> requests = server.requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[0].method, "POST");
    EXPECT_EQ(requests[0].path, tokenPath);
    EXPECT_EQ(requests[0].query, "");
    EXPECT_EQ(requests[0].header("x-api-key"), server.options().apiKey);
    EXPECT_EQ(requests[0].header("Content-Type"), "application/json");
    EXPECT_FALSE(requests[0].hasHeader("linked_account_id"));
    EXPECT_FALSE(requests[0].hasHeader("Authorization"));
    EXPECT_EQ(requests[0].body, R"({"linked_account_id":"user_12345"})");
    for (std::size_t i = 1; i < 3; ++i) {
        EXPECT_EQ(requests[i].header("Authorization"), "Bearer issued-session-token-not-real-1");
        EXPECT_FALSE(requests[i].hasHeader("x-api-key"));
        EXPECT_FALSE(requests[i].hasHeader("linked_account_id"));
    }
}

TEST(SessionTokenFor, GetsAnotherTokenAfterA401) {
    FakeServer server(historyOf(5));
    const Client client = tokenClientOf(server);
    client.listExecutions();
    server.revokeIssuedSessionTokens();
    EXPECT_EQ(client.listExecutions().size(), 5U);
    EXPECT_EQ(server.issuedSessionTokens(), 2U);
    EXPECT_EQ(server.requestCount(), 5U) << "token, list, list (401), token, list";
}

TEST(SessionTokenFor, Second401IsAnError) {
    FakeServer server(historyOf(5));
    server.setSessionTokenLifetime(0s);
    EXPECT_EQ(failureOf<refold::AuthenticationError>([&] { tokenClientOf(server).listExecutions(); }).status(), 401);
    EXPECT_EQ(server.issuedSessionTokens(), 2U);
}

TEST(SessionTokenFor, FailsWithTheTokenRequestsError) {
    FakeServer server(historyOf(5));
    const Client otherKey(refold::sessionTokenFor("tk_another_not_real", "user_12345"), quickOptions(server.baseUrl()));
    const auto refused = failureOf<refold::AuthenticationError>([&] { otherKey.listExecutions(); });
    EXPECT_EQ(refused.status(), 401);
    EXPECT_EQ(refused.attempts(), 0) << "the listing itself was never sent";
    const std::string words = refused.what();
    EXPECT_EQ(words.rfind("could not obtain credentials: the server answered 401", 0), 0U) << words;
    EXPECT_NE(words.find("(GET " + server.baseUrl() + "/api/v2/public/execution"), std::string::npos) << words;
    EXPECT_NE(words.find(tokenPath), std::string::npos) << words;
    EXPECT_NE(words.find("Invalid Credentials"), std::string::npos) << words;

    EXPECT_THROW(Client(refold::sessionTokenFor(server.options().apiKey, "nobody"), quickOptions(server.baseUrl()))
                     .listExecutions(),
                 refold::ApiError);

    server.failNext(4, 503);
    const auto outage = failureOf<refold::ServerError>([&] { tokenClientOf(server).listExecutions(); });
    EXPECT_EQ(outage.status(), 503);
    const std::uint64_t before = server.requestCount();
    FakeAnswer nonsense;
    nonsense.body = "[]";
    server.answerNext(nonsense);
    EXPECT_THROW(tokenClientOf(server).listExecutions(), refold::ResponseError);
    EXPECT_EQ(server.requestCount(), before + 1) << "permanent errors are not retried";
    server.breakNext(FakeAnswer::Ending::closed, 4);
    EXPECT_THROW(tokenClientOf(server).listExecutions(), refold::TransportError);
    EXPECT_EQ(server.requestCount(), before + 5) << "only the token request is retried, not the call around it";
}

TEST(SessionTokenFor, ATokenRequestIsRetriedLikeAnyOther) {
    FakeServer server(historyOf(5));
    server.failNext(2, 503);
    server.breakNext(FakeAnswer::Ending::truncated);
    EXPECT_EQ(tokenClientOf(server).listExecutions().size(), 5U);
    EXPECT_EQ(server.requestCount(), 5U);
}

TEST(SessionTokenFor, TheCallsTimeoutCoversItsTokenRequest) {
    FakeServer server(historyOf(5));
    server.delayNext(60s);
    refold::CallOptions call;
    call.timeout = 150ms;
    const Stopwatch stopwatch;
    const auto late = failureOf<refold::TransportError>([&] { tokenClientOf(server).listExecutions({}, call); });
    EXPECT_EQ(late.kind(), refold::TransportError::Kind::timeout);
    EXPECT_LT(stopwatch.elapsed(), patient(5s));
}

TEST(SessionTokenFor, TheCallsCancelTokenCoversItsTokenRequest) {
    FakeServer server(historyOf(5));
    const Client client = tokenClientOf(server);
    server.delayNext(60s);
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
    EXPECT_EQ(client.listExecutions().size(), 5U);
}

TEST(SessionTokenFor, TokenRequestsAreRateLimitedToo) {
    const FakeServer server(historyOf(1));
    auto options = quickOptions(server.baseUrl());
    // Slow enough that the first request completes before the second may start, even under valgrind.
    options.rateLimit = refold::RateLimit{0.5, 1};
    const auto observer = std::make_shared<RecordingObserver>();
    options.observer = observer;
    Client(tokensOf(server), options).listExecutions();
    EXPECT_EQ(observer->requests().size(), 2U);
    const auto pacings = observer->pacings();
    const auto isLong = [](const refold::PacingEvent& event) { return event.waited > 500ms; };
    EXPECT_EQ(std::count_if(pacings.begin(), pacings.end(), isLong), 1);
}

TEST(SessionTokenFor, ServesARange) {
    FakeServer server(historyOf(450));
    const Client client = tokenClientOf(server);
    auto listing = client.executions(hundred());
    std::vector<std::string> ids;
    for (const refold::Execution& run : listing) {
        if (ids.size() == 150) server.revokeIssuedSessionTokens();
        ids.push_back(run.id);
    }
    EXPECT_EQ(ids, server.ids());
    EXPECT_EQ(server.issuedSessionTokens(), 2U);
}

TEST(IssueSessionToken, SendsTheKeyAndTheAccountInTheBody) {
    FakeServer server(historyOf(1));
    server.addLinkedAccount("other@example.test", 3);
    const refold::SessionToken token = clientOf(server).issueSessionToken("other@example.test");
    EXPECT_EQ(token.token, "issued-session-token-not-real-1");
    EXPECT_EQ(token.refreshToken, "issued-refresh-token-not-real-1");
    EXPECT_EQ(token.expiresIn, 86400s);
    EXPECT_EQ(token.refreshExpiresIn, 86400s * 30);
    ASSERT_EQ(server.requestCount(), 1U);
    const FakeRequest request = server.requests()[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, tokenPath);
    EXPECT_EQ(request.header("x-api-key"), server.options().apiKey);
    EXPECT_FALSE(request.hasHeader("linked_account_id"));
    EXPECT_EQ(request.body, R"({"linked_account_id":"other@example.test"})");

    const Client frontend(refold::sessionToken(token.token), quickOptions(server.baseUrl()));
    EXPECT_EQ(idsOf(frontend.listExecutions()), server.ids({}, "other@example.test"));
}

TEST(IssueSessionToken, NeedsAnApiKey) {
    const FakeServer server(historyOf(1));
    EXPECT_EQ(tokenClientOf(server).issueSessionToken("user_12345").token, "issued-session-token-not-real-1");
    EXPECT_EQ(server.requestCount(), 1U) << "the strategy's own token is not requested";

    const Client tokenOnly(refold::sessionToken(server.options().sessionToken), quickOptions(server.baseUrl()));
    const auto refusal = failureOf<InvalidArgument>([&] { tokenOnly.issueSessionToken("user_12345"); });
    EXPECT_NE(std::string(refusal.what()).find("refold::apiKey"), std::string::npos) << refusal.what();
    EXPECT_THROW(clientOf(server).issueSessionToken(""), InvalidArgument);
    EXPECT_THROW(clientOf(server).issueSessionToken("a\nb"), InvalidArgument);
    EXPECT_THROW(clientOf(server).issueSessionToken("\xff"), InvalidArgument);
    EXPECT_THROW(clientOf(server).issueSessionToken("user_12345", {0ms, {}}), InvalidArgument);
    EXPECT_EQ(server.requestCount(), 1U);
    EXPECT_THROW(clientOf(server).issueSessionToken("nobody"), refold::ApiError);
}

class ManyAccounts : public ::testing::Test {
  protected:
    ManyAccounts() {
        for (const std::string& account : accounts) server.addLinkedAccount(account, 120);
    }

    /// Lists each account's runs with eight threads per account at the same time, from one client.
    void readAllAtOnce(const Client& parent) const {
        std::vector<std::thread> threads;
        for (const std::string& account : accounts) {
            const Client client = parent.withLinkedAccount(account);
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([this, client, account] {
                    auto listing = client.executions(hundred());
                    EXPECT_EQ(idsOf(listing), server.ids({}, account));
                });
            }
        }
        for (std::thread& thread : threads) thread.join();
        EXPECT_EQ(idsOf(parent.listExecutions(hundred())), server.ids()) << "the parent client is unchanged";
    }

    const std::vector<std::string> accounts = {"a@example.test", "b@example.test", "c@example.test", "d@example.test"};
    FakeServer server{historyOf(30)};
};

TEST_F(ManyAccounts, ApiKeyAccountsNeverMix) {
    readAllAtOnce(clientOf(server));
    for (const FakeRequest& request : server.requests()) EXPECT_FALSE(request.hasHeader("Authorization"));
}

TEST_F(ManyAccounts, IssuedTokenAccountsNeverMix) {
    readAllAtOnce(tokenClientOf(server));
    EXPECT_EQ(server.issuedSessionTokens(), accounts.size() + 1) << "one token per account";
}

TEST_F(ManyAccounts, ShareConnectionsPaceAndObserver) {
    auto options = quickOptions(server.baseUrl());
    options.rateLimit = refold::RateLimit{50, 1};
    const auto observer = std::make_shared<RecordingObserver>();
    options.observer = observer;
    const Client parent(keyOf(server), options);
    const Client first = parent.withLinkedAccount("a@example.test");
    const Client second = first.withLinkedAccount("b@example.test");
    const Stopwatch stopwatch;
    for (int i = 0; i < 2; ++i) {
        parent.listExecutions();
        first.listExecutions();
        second.listExecutions();
    }
    EXPECT_GE(stopwatch.elapsed(), 95ms) << "five waits of 20 ms";
    EXPECT_EQ(server.connectionCount(), 1U);
    EXPECT_EQ(observer->calls().size(), 6U);
}

TEST_F(ManyAccounts, ShareTheRetryQuota) {
    auto options = quickOptions(server.baseUrl());
    options.retry.quota = 2;
    const Client parent(keyOf(server), options);
    server.failNext(20, 503);
    EXPECT_THROW(parent.withLinkedAccount("a@example.test").listExecutions(), refold::ServerError);
    EXPECT_EQ(server.requestCount(), 3U);
    EXPECT_THROW(parent.withLinkedAccount("b@example.test").listExecutions(), refold::ServerError);
    EXPECT_EQ(server.requestCount(), 4U) << "the retry quota is exhausted";
}

TEST_F(ManyAccounts, AccountClientOutlivesItsParent) {
    std::unique_ptr<Client> parent = std::make_unique<Client>(tokenClientOf(server));
    const Client client = parent->withLinkedAccount("a@example.test");
    parent.reset();
    EXPECT_EQ(idsOf(client.listExecutions(hundred())).size(), 100U);
}

TEST_F(ManyAccounts, StrategyForOneAccountIsRefused) {
    const Client fixed(refold::sessionToken("session-token-not-real"), quickOptions(server.baseUrl()));
    const auto refusal = failureOf<InvalidArgument>([&] { fixed.withLinkedAccount("a@example.test"); });
    EXPECT_NE(std::string(refusal.what()).find("forLinkedAccount"), std::string::npos) << refusal.what();
    EXPECT_THROW(clientOf(server).withLinkedAccount(""), InvalidArgument);
    EXPECT_THROW(clientOf(server).withLinkedAccount("a\r\nx: y"), InvalidArgument);
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST_F(ManyAccounts, SupportsCustomStrategies) {
    class Own final : public refold::MultiAccountStrategy {
      public:
        explicit Own(std::string account) : account_(std::move(account)) {}
        std::vector<refold::HttpHeader> headers() override {
            return {{"x-api-key", "tk_test_not_a_real_key"}, {"linked_account_id", account_}};
        }
        std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& account) const override {
            if (account == "null") return nullptr;
            return std::make_shared<Own>(account);
        }

      private:
        const std::string account_;
    };
    const Client client(std::make_shared<Own>("user_12345"), quickOptions(server.baseUrl()));
    readAllAtOnce(client);
    EXPECT_THROW(client.withLinkedAccount("null"), InvalidArgument);
}

TEST_F(ManyAccounts, FailingCustomStrategyEndsInAnErrorWithoutSecrets) {
    class Sealed final : public refold::MultiAccountStrategy {
      public:
        std::vector<refold::HttpHeader> headers() override { return {{"x-api-key", "tk_test_not_a_real_key"}}; }
        std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& account) const override {
            throw std::runtime_error("the vault refuses password = hunter2 for " + account);
        }
        std::string issuingKey() const override { throw std::runtime_error("the vault refuses Cookie: sid=hunter2"); }
    };
    const Client client(std::make_shared<Sealed>(), quickOptions(server.baseUrl()));
    EXPECT_STREQ(failureOf<refold::AuthenticationError>([&] { client.withLinkedAccount("a@example.test"); }).what(),
                 "the auth strategy's forLinkedAccount failed: the vault refuses password = *** for ***");
    EXPECT_STREQ(failureOf<refold::AuthenticationError>([&] { client.issueSessionToken("a@example.test"); }).what(),
                 "the auth strategy's issuingKey failed: the vault refuses Cookie: ***");
}

}  // namespace
