// Tests the client with the embedded server over sockets: credentials, filters, pages, refusals and faults.
#include "client/client_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::AuthenticationError;
using refold::Client;
using refold::Execution;
using refold::ExecutionQuery;
using refold::Page;
using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServer;

TEST(ClientCredentials, AnApiKey) {
    const FakeServer server(historyOf(25));
    const auto page = clientOf(server).listExecutions();
    EXPECT_EQ(page.size(), 10U);
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.header("x-api-key"), server.options().apiKey);
    EXPECT_EQ(request.header("linked_account_id"), server.options().linkedAccountId);
    EXPECT_FALSE(request.hasHeader("Authorization"));
}

TEST(ClientCredentials, ASessionToken) {
    const FakeServer server(historyOf(25));
    const Client client(refold::sessionToken(server.options().sessionToken), quickOptions(server.baseUrl()));
    EXPECT_EQ(client.listExecutions().size(), 10U);
    const auto request = server.requests().at(0);
    EXPECT_EQ(request.header("authorization"), "Bearer " + server.options().sessionToken);
    EXPECT_FALSE(request.hasHeader("x-api-key"));
    EXPECT_FALSE(request.hasHeader("linked_account_id"));
}

TEST(ClientCredentials, WrongOnesAreReportedWithTheServersMessage) {
    const FakeServer server(historyOf(25));
    const auto expectRefused = [&](std::shared_ptr<refold::AuthStrategy> auth, const std::string& words) {
        const std::uint64_t before = server.requestCount();
        try {
            Client(std::move(auth), quickOptions(server.baseUrl())).listExecutions();
            ADD_FAILURE() << "the call succeeded";
        } catch (const AuthenticationError& error) {
            EXPECT_EQ(error.status(), 401);
            EXPECT_EQ(error.type(), "UNAUTHORIZED");
            EXPECT_EQ(error.serverMessage(), words);
            EXPECT_EQ(error.requestId(), "fake-request-" + std::to_string(server.requestCount()));
            EXPECT_EQ(error.attempts(), 1);
            EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
        }
        EXPECT_EQ(server.requestCount(), before + 1) << "wrong credentials are not retried";
    };
    expectRefused(refold::apiKey("tk_test_wrong", "user_12345"), "Invalid Credentials");
    expectRefused(refold::apiKey("tk_test_not_a_real_key", "user_1"), "Invalid Credentials");
    expectRefused(refold::sessionToken("expired-token-not-real"), "Invalid Credentials");
}

TEST(ClientCredentials, ARevokedTokenIsReplacedOnce) {
    FakeServer server(historyOf(25));
    std::atomic<int> asked{0};
    const Client client(refold::sessionToken([&asked] { return "token-not-real-" + std::to_string(++asked); }),
                        quickOptions(server.baseUrl()));
    server.acceptSessionToken("token-not-real-1");
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(asked, 1);
    server.revokeSessionToken("token-not-real-1");
    server.acceptSessionToken("token-not-real-2");
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(asked, 2);
    server.revokeSessionToken("token-not-real-2");
    EXPECT_THROW(client.listExecutions(), AuthenticationError);
    EXPECT_EQ(asked, 3) << "one refresh per refused call";
}

TEST(ClientCredentials, AnAccountIdCanBeAnyText) {
    auto options = historyOf(3);
    options.linkedAccountId = "müller \"the\" user+1@example.test";
    const FakeServer server(options);
    EXPECT_EQ(clientOf(server).listExecutions().size(), 3U);
}

TEST(ClientPages, TheDocumentationsRequest) {
    const FakeServer server;
    ExecutionQuery query;
    query.status = refold::ExecutionStatus::Completed;
    query.limit = 10;
    const auto page = clientOf(server).listExecutions(query);
    EXPECT_EQ(page.size(), 10U);
    EXPECT_EQ(page.page, 1);
    EXPECT_EQ(page.limit, 10);
    EXPECT_TRUE(page.hasNextPage);
    EXPECT_EQ(page.totalDocs, static_cast<std::int64_t>(server.ids(query).size()));
    EXPECT_EQ(page.totalPages, (page.totalDocs + 9) / 10);

    const Execution& run = page.docs.front();
    EXPECT_EQ(run.id, "6a314c54d4616e99e7fa5a02");
    EXPECT_EQ(run.name, "Execution for workflow 6a106ba44480b80424a65289");
    EXPECT_EQ(run.orgId, "6500a1b2c3d4e5f6a7b8c9d0");
    EXPECT_EQ(run.environment, refold::Environment::Test);
    EXPECT_EQ(run.status, refold::ExecutionStatus::Completed);
    EXPECT_EQ(run.associatedApplication.id, "6992cc7dc124a392c80e9e9c");
    EXPECT_EQ(run.associatedApplication.name, "Hubspot");
    EXPECT_EQ(run.associatedApplication.icon, "https://cobalt-app-logos.s3.ap-south-1.amazonaws.com/hubspot/logo.png");
    EXPECT_EQ(run.associatedWorkflow.id, "6a106ba44480b80424a65289");
    EXPECT_EQ(run.associatedWorkflow.name, "Daily Sync");
    EXPECT_EQ(run.associatedWorkflow.icon, "");
    EXPECT_EQ(run.triggerApplicationEvent, "Schedule");
    EXPECT_EQ(run.linkedAccountId, "user_12345");
    EXPECT_EQ(run.configId, "user_12345");
    EXPECT_EQ(run.typeOfExecution, refold::ExecutionType::Async);
    EXPECT_EQ(run.createdAt, refold::parseTimestamp("2026-06-16T13:15:00.887Z"));
    for (const Execution& each : page) EXPECT_EQ(each.rawJson, server.runJson(each.id));
}

TEST(ClientPages, EveryFilterReachesTheServer) {
    const FakeServer server(historyOf(3000));
    const Client client = clientOf(server);
    const auto expectSame = [&](const char* what, const std::function<void(ExecutionQuery&)>& set) {
        SCOPED_TRACE(what);
        ExecutionQuery query;
        query.limit = 5000;
        set(query);
        const auto expected = server.ids(query);
        const auto page = client.listExecutions(query);
        EXPECT_EQ(idsOf(page), expected);
        EXPECT_EQ(page.totalDocs, static_cast<std::int64_t>(expected.size()));
        EXPECT_FALSE(expected.empty());
        EXPECT_LT(expected.size(), 3000U) << "the filter excluded no run";
    };
    const auto all = server.ids();
    expectSame("status", [](auto& q) { q.status = refold::ExecutionStatus::Errored; });
    expectSame("slug", [](auto& q) { q.slug = "hubspot,slack"; });
    expectSame("workflowId", [](auto& q) { q.workflowId = "6a106ba44480b80424a65289"; });
    expectSame("workflowName", [](auto& q) { q.workflowName = "日次同期 🚀"; });
    expectSame("workflowName in part", [](auto& q) { q.workflowName = "SYNC"; });
    expectSame("executionId", [&](auto& q) { q.executionId = all[1234]; });
    expectSame("startDate", [](auto& q) { q.startDate = refold::parseTimestamp("2026-03-01T10:00:00.123Z"); });
    expectSame("endDate", [](auto& q) { q.endDate = refold::parseTimestamp("2026-03-01T10:00:00.123Z"); });
    expectSame("executionType", [](auto& q) { q.executionType = refold::ExecutionType::Sync; });
    expectSame("executionSource", [](auto& q) { q.executionSource = refold::ExecutionSource::ApiCall; });
    expectSame("all of them", [](auto& q) {
        q.status = "COMPLETED";
        q.slug = "hubspot";
        q.workflowName = "daily";
        q.startDate = refold::parseTimestamp("2026-01-15");
        q.endDate = refold::parseTimestamp("2026-06-01");
        q.executionType = "ASYNC";
        q.executionSource = "SCHEDULE";
        q.sortAsc = true;
    });
}

TEST(ClientPages, PageLimitAndOrder) {
    const FakeServer server(historyOf(95));
    const Client client = clientOf(server);
    for (const bool ascending : {false, true}) {
        ExecutionQuery query;
        query.page = 3;
        query.limit = 40;
        query.sortAsc = ascending;
        const auto page = client.listExecutions(query);
        const auto all = server.ids(query);
        EXPECT_EQ(idsOf(page), std::vector<std::string>(all.begin() + 80, all.end()));
        EXPECT_EQ(page.page, 3);
        EXPECT_EQ(page.limit, 40);
        EXPECT_EQ(page.totalPages, 3);
        EXPECT_FALSE(page.hasNextPage);
    }
}

TEST(ClientPages, UnusualTextsArriveUnchanged) {
    FakeServer server(historyOf(0));
    refold::testing::FakeRun run;
    run.name = "a \"b\"\n\\c/ \x1b[0m Größe 🚀 \u202E";
    run.workflowName = "日次";
    run.status = "A_STATUS_OF_TOMORROW";
    server.addRun(run);
    const auto page = clientOf(server).listExecutions();
    ASSERT_EQ(page.size(), 1U);
    EXPECT_EQ(page.docs[0].name, run.name);
    EXPECT_EQ(page.docs[0].associatedWorkflow.name, run.workflowName);
    EXPECT_EQ(page.docs[0].status, "A_STATUS_OF_TOMORROW");
}

TEST(ClientPages, LegacyAndOmittedEnvelopeFields) {
    auto options = historyOf(95);
    options.legacyFields = true;
    const FakeServer legacy(options);
    const auto legacyPage = clientOf(legacy).listExecutions();
    EXPECT_EQ(legacyPage.size(), 10U);
    EXPECT_EQ(legacyPage.totalPages, 10);
    EXPECT_TRUE(legacyPage.hasNextPage);

    options.legacyFields = false;
    options.omitOptionalEnvelopeFields = true;
    const FakeServer sparse(options);
    ExecutionQuery query;
    query.limit = 40;
    query.page = 2;
    const auto page = clientOf(sparse).listExecutions(query);
    EXPECT_EQ(page.size(), 40U);
    EXPECT_EQ(page.totalDocs, 95);
    EXPECT_EQ(page.page, 2);
    EXPECT_EQ(page.limit, 40) << "filled in from the request";
    EXPECT_EQ(page.totalPages, 3) << "computed from the total and the limit";
    EXPECT_TRUE(page.hasNextPage);
}

TEST(ClientPages, ReportsTheServersLimit) {
    auto options = historyOf(95);
    options.maxLimit = 20;
    const FakeServer server(options);
    ExecutionQuery query;
    query.limit = 50;
    const auto page = clientOf(server).listExecutions(query);
    EXPECT_EQ(page.size(), 20U);
    EXPECT_EQ(page.limit, 20);
}

TEST(ClientPages, CompressedAnswersAreTheSame) {
    auto options = historyOf(95);
    const FakeServer plain(options);
    options.gzip = true;
    const FakeServer compressing(options);
    ExecutionQuery query;
    query.limit = 95;
    const auto a = clientOf(plain).listExecutions(query);
    const auto b = clientOf(compressing).listExecutions(query);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a.docs[i].rawJson, b.docs[i].rawJson);
    EXPECT_NE(compressing.requests().at(0).header("accept-encoding").find("gzip"), std::string_view::npos);
}

TEST(ClientFaults, BadRequestIsReportedAtOnce) {
    FakeServer server(historyOf(5));
    server.failNext(1, 400);
    try {
        clientOf(server).listExecutions();
        FAIL();
    } catch (const refold::ApiError& error) {
        EXPECT_EQ(error.status(), 400);
        EXPECT_EQ(error.type(), "BAD_REQUEST");
        EXPECT_EQ(error.attempts(), 1);
    }
    server.failNext(1, 404);
    EXPECT_THROW(clientOf(server).listExecutions(), refold::NotFoundError);
}

TEST(ClientFaults, SurvivesTransientFailures) {
    FakeServer server(historyOf(25));
    const Client client = clientOf(server);
    const auto expectSurvived = [&](const char* what, const std::function<void()>& order) {
        SCOPED_TRACE(what);
        order();
        const std::uint64_t before = server.requestCount();
        EXPECT_EQ(client.listExecutions().size(), 10U);
        EXPECT_EQ(server.requestCount(), before + 2);
    };
    for (const int status : {408, 429, 500, 502, 503, 504}) {
        expectSurvived(std::to_string(status).c_str(), [&] { server.failNext(1, status); });
    }
    expectSurvived("truncated", [&] { server.breakNext(FakeAnswer::Ending::truncated); });
    expectSurvived("closed", [&] { server.breakNext(FakeAnswer::Ending::closed); });
    expectSurvived("reset", [&] { server.breakNext(FakeAnswer::Ending::reset); });
}

TEST(ClientFaults, ReportsLastingFailures) {
    FakeServer server(historyOf(25));
    const Client client = clientOf(server);
    server.failNext(4, 503);
    try {
        client.listExecutions();
        FAIL();
    } catch (const refold::ServerError& error) {
        EXPECT_EQ(error.status(), 503);
        EXPECT_EQ(error.attempts(), 4);
        EXPECT_NE(std::string(error.what()).find("/api/v2/public/execution"), std::string::npos) << error.what();
    }
    server.failNext(1, 429, std::chrono::seconds(3600));
    try {
        client.listExecutions();
        FAIL();
    } catch (const refold::RateLimitError& error) {
        EXPECT_EQ(error.attempts(), 1) << "an hour exceeds maxRetryAfter";
        EXPECT_EQ(error.retryAfter(), std::chrono::hours(1));
    }
}

TEST(ClientFaults, ReconnectsWhenAnIdleConnectionIsGone) {
    FakeServer server(historyOf(25));
    const Client client = clientOf(server);
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(client.listExecutions().size(), 10U);
    EXPECT_EQ(server.connectionCount(), 1U);
    server.closeConnections();
    EXPECT_EQ(client.listExecutions().size(), 10U);
}

TEST(ClientFaults, AResponseThatIsNotAPage) {
    FakeServer server(historyOf(25));
    const Client client = clientOf(server);
    const auto expectUnusable = [&](const char* body, const char* pointer) {
        SCOPED_TRACE(body);
        FakeAnswer answer;
        answer.body = body;
        server.answerNext(answer);
        try {
            client.listExecutions();
            ADD_FAILURE() << "the call succeeded";
        } catch (const refold::ResponseError& error) {
            EXPECT_EQ(error.pointer(), pointer);
            EXPECT_NE(std::string(error.what()).find("/api/v2/public/execution"), std::string::npos) << error.what();
        }
    };
    expectUnusable("[]", "");
    expectUnusable("{\"docs\":7}", "/docs");
    expectUnusable("{\"docs\":[{},3]}", "/docs/1");
    expectUnusable("{\"docs\":[],}", "");
    EXPECT_EQ(server.requestCount(), 4U) << "a response of the wrong shape is not retried";
}

/// On a loaded machine requests arrive late, and then close to each other: the server takes ten at once. Without pacing
/// there would be fifteen.
TEST(ClientPacing, KeepsWithinTheServersLimit) {
    auto serverOptions = historyOf(5);
    serverOptions.rateLimit = refold::RateLimit{100, 10};
    const FakeServer server(serverOptions);
    auto options = quickOptions(server.baseUrl());
    options.rateLimit = refold::RateLimit{90, 5};
    options.retry.maxAttempts = 1;
    const Client client(keyOf(server), options);
    for (int i = 0; i < 15; ++i) EXPECT_EQ(client.listExecutions().size(), 5U);
    EXPECT_EQ(server.requestCount(), 15U);
}

/// Uses timeouts that a 32-bit `long` would truncate to 50 ms.
TEST(ClientTimeLimits, AreNotTruncatedToALong) {
    FakeServer server(historyOf(5));
    auto options = quickOptions(server.baseUrl());
    options.timeout = options.attemptTimeout = options.connectTimeout = std::chrono::milliseconds((1LL << 32) + 50);
    server.delayNext(300ms);
    EXPECT_EQ(Client(keyOf(server), options).listExecutions().size(), 5U);
}

}  // namespace
