// Tests token renewal with a server that reuses tokens, and refusals of credentials and accounts.
#include "client/client_fixture.hpp"
#include "support/failure_of.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace refold::test;
using refold::Client;
using refold::test::failureOf;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

Client renewingClient(const FakeServer& server) {
    return Client(refold::sessionTokenFor(server.options().apiKey, server.options().linkedAccountId),
                  quickOptions(server.baseUrl()));
}

std::vector<std::string> tokenQueries(const FakeServer& server) {
    std::vector<std::string> queries;
    for (const FakeRequest& request : server.requests()) {
        if (request.method == "POST") queries.push_back(request.query);
    }
    return queries;
}

TEST(Renewal, AfterA401ForcesANewToken) {
    FakeServer server(historyOf(3));
    const Client client = renewingClient(server);
    client.listExecutions();
    // The server still knows the token: without force_refresh it would issue the same one again.
    server.answerNext({401, "{}"});
    client.listExecutions();
    EXPECT_EQ(tokenQueries(server), (std::vector<std::string>{"", "force_refresh=true"}));
    EXPECT_EQ(server.issuedSessionTokens(), 2U);
}

TEST(Renewal, IssuedTokensAreReusedUnlessForced) {
    FakeServer server(historyOf(3));
    const Client client = clientOf(server);
    const std::string first = client.issueSessionToken("user_12345").token;
    EXPECT_EQ(client.issueSessionToken("user_12345").token, first);
    const std::string second = client.issueSessionToken("user_12345", refold::SessionTokenOptions{true}).token;
    EXPECT_NE(second, first);
    EXPECT_EQ(client.issueSessionToken("user_12345").token, second);
    EXPECT_EQ(tokenQueries(server), (std::vector<std::string>{"", "", "force_refresh=true", ""}));
}

TEST(Renewal, APathThatAlwaysAnswers401DoesNotRenewAtEachCall) {
    FakeServer server(historyOf(3));
    server.onRequest([](const FakeRequest& request) -> std::optional<FakeAnswer> {
        if (request.path.find("/forbidden") == std::string::npos) return std::nullopt;
        return FakeAnswer{401, "{}"};
    });
    const Client client = renewingClient(server);
    for (int i = 0; i < 20; ++i) {
        EXPECT_THROW(client.getExecution("forbidden"), refold::AuthenticationError);
        EXPECT_NO_THROW(client.listExecutions());
    }
    EXPECT_EQ(server.issuedSessionTokens(), 2U);
}

TEST(Renewal, ANewTokenThatRevokesTheOldOneFailsNoOtherCall) {
    FakeServerOptions options = historyOf(3);
    options.newTokenEndsOldOne = true;
    FakeServer server(options);
    server.onRequest([](const FakeRequest& request) -> std::optional<FakeAnswer> {
        if (request.path.find("/forbidden") == std::string::npos) return std::nullopt;
        return FakeAnswer{401, "{}"};
    });
    const Client client = renewingClient(server);
    std::atomic<bool> done{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            while (!done) EXPECT_NO_THROW(client.listExecutions());
        });
    }
    for (int i = 0; i < 5; ++i) {
        EXPECT_THROW(client.getExecution("forbidden-" + std::to_string(i)), refold::AuthenticationError);
    }
    done = true;
    for (std::thread& thread : threads) thread.join();
}

/// Answers 401 to details of runs whose id begins with "forbidden".
std::optional<FakeAnswer> refuseForbidden(const FakeRequest& request) {
    if (request.path.find("/forbidden") == std::string::npos) return std::nullopt;
    return FakeAnswer{401, "{}"};
}

TEST(Renewal, ATokenEndedBetweenItsIssueAndItsUseIsRenewedAgain) {
    FakeServer server(historyOf(3));
    const Client client = renewingClient(server);
    client.listExecutions();
    // The first 401 is for the old token, the second for the new one.
    server.answerNext({401, "{}"});
    server.onRequest([](const FakeRequest& request) -> std::optional<FakeAnswer> {
        const bool isNewToken = request.header("Authorization") == "Bearer issued-session-token-not-real-2";
        return isNewToken ? std::optional<FakeAnswer>(FakeAnswer{401, "{}"}) : std::nullopt;
    });
    EXPECT_NO_THROW(client.listExecutions());
    // Nothing is remembered against the path.
    server.answerNext({401, "{}"});
    EXPECT_NO_THROW(client.listExecutions());
}

TEST(Renewal, TwoClientsWhoseTokensEndEachOthersSettleOnOneToken) {
    FakeServerOptions options = historyOf(3);
    options.newTokenEndsOldOne = true;
    FakeServer server(options);
    const Client clients[] = {renewingClient(server), renewingClient(server)};
    for (const Client& client : clients) client.listExecutions();
    constexpr int rounds = 20;
    for (int round = 0; round < rounds; ++round) {
        server.revokeIssuedSessionTokens();
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&client = clients[i % 2]] {
                for (int call = 0; call < 10; ++call) EXPECT_NO_THROW(client.listExecutions());
            });
        }
        for (std::thread& thread : threads) thread.join();
    }
    EXPECT_LE(server.issuedSessionTokens(), 1U + rounds * 6U);
}

TEST(Renewal, PathsThatRefuseDoNotKeepOthersFromRenewing) {
    FakeServer server(historyOf(3));
    server.onRequest(refuseForbidden);
    const Client client = renewingClient(server);
    client.listExecutions();
    for (int i = 0; i < 6; ++i) {
        EXPECT_THROW(client.getExecution("forbidden-" + std::to_string(i)), refold::AuthenticationError);
    }
    server.revokeIssuedSessionTokens();
    EXPECT_NO_THROW(client.listExecutions());
}

TEST(Renewal, APathThatBeginsToRefuseIsRenewedForAFewTimesOnly) {
    FakeServer server(historyOf(3));
    const Client client = renewingClient(server);
    client.listExecutions();
    server.onRequest([](const FakeRequest& request) -> std::optional<FakeAnswer> {
        return request.method == "GET" ? std::optional<FakeAnswer>(FakeAnswer{401, "{}"}) : std::nullopt;
    });
    for (int i = 0; i < 20; ++i) EXPECT_THROW(client.listExecutions(), refold::AuthenticationError);
    EXPECT_LE(server.issuedSessionTokens(), 4U);
}

TEST(Renewal, AProvidersPathIsRenewedAgainSoon) {
    FakeServer server(historyOf(3));
    std::atomic<int> asked{0};
    const Client client(refold::sessionToken([&asked] {
                            ++asked;
                            return std::string("session-token-not-real");
                        }),
                        quickOptions(server.baseUrl()));
    server.onRequest(refuseForbidden);
    client.listExecutions();
    for (int i = 0; i < 20; ++i) EXPECT_THROW(client.getExecution("forbidden"), refold::AuthenticationError);
    EXPECT_EQ(asked, 2);
    for (int i = 0; i < 6; ++i) {
        EXPECT_THROW(client.getExecution("forbidden-" + std::to_string(i)), refold::AuthenticationError);
    }
    server.answerNext({401, "{}"});
    EXPECT_NO_THROW(client.listExecutions()) << "other paths are renewed";
}

TEST(Refusals, UnknownAccountIsReportedAtOnceWithItsVariable) {
    FakeServerOptions options = historyOf(3);
    options.legacyAccountError = true;
    FakeServer server(options);
    const auto refusal = failureOf<refold::ApiError>([&] { clientOf(server).issueSessionToken("nobody"); });
    EXPECT_EQ(refusal.status(), 500);
    EXPECT_EQ(server.requestCount(), 1U) << "the error is permanent: no retry";
    EXPECT_NE(std::string(refusal.what()).find("REFOLD_LINKED_ACCOUNT_ID"), std::string::npos) << refusal.what();

    FakeServer today(historyOf(3));
    const auto current = failureOf<refold::ApiError>([&] { clientOf(today).issueSessionToken("nobody"); });
    EXPECT_EQ(current.status(), 400);
    EXPECT_EQ(current.code(), "INVALID_LINKED_ACCOUNT_ID");
    EXPECT_NE(std::string(current.what()).find("REFOLD_LINKED_ACCOUNT_ID"), std::string::npos) << current.what();
}

TEST(Refusals, ATokenAnswerWithoutATokenQuotesTheServer) {
    FakeServer server(historyOf(0));
    server.answerNext({200, R"({"error":{"message":"Tokens are not in this plan"},"request_id":"r-1"})"});
    const auto refusal = failureOf<refold::ResponseError>([&] { clientOf(server).issueSessionToken("user_12345"); });
    const std::string what = refusal.what();
    EXPECT_NE(what.find("Tokens are not in this plan"), std::string::npos) << what;
    EXPECT_NE(what.find("[request id r-1]"), std::string::npos) << what;
}

TEST(Refusals, ResourceNotFoundIsANotFoundErrorWithA400Too) {
    FakeServer server(historyOf(3));
    server.answerNext({400, R"({"http_error_type":"BAD_REQUEST","error_code":"RESOURCE_NOT_FOUND","message":"gone"})"});
    EXPECT_THROW(clientOf(server).getExecution("x"), refold::NotFoundError);
    server.answerNext({400, R"({"error":"BAD_REQUEST","message":"bad"})"});
    EXPECT_THROW(clientOf(server).getExecution("x"), refold::ApiError);
}

TEST(FakeServerPages, CountAndItemsCanBeReadAtDifferentTimes) {
    FakeServer server(historyOf(10));
    server.onPageRead([&] { server.addRun(); });
    refold::ExecutionQuery query;
    query.limit = 10;
    const auto page = clientOf(server).listExecutions(query);
    EXPECT_EQ(page.totalDocs, 10);
    EXPECT_EQ(page.size(), 10U);
    EXPECT_FALSE(page.hasNextPage) << "hasNextPage is computed before the new run, so it misses the oldest run";
    EXPECT_EQ(server.runCount(), 11U);
}

}  // namespace
