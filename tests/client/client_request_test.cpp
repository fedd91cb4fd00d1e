// Tests, with the scripted transport, the exact requests of a client and what it refuses before sending.
#include "client/client_fixture.hpp"

#include <refold/version.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <map>
#include <utility>

namespace {

using namespace refold::test;
using namespace std::chrono_literals;
using refold::Client;
using refold::ClientOptions;
using refold::ExecutionQuery;
using refold::InvalidArgument;
using refold::testing::FakeTransport;

constexpr const char* emptyPage = R"({"docs":[],"totalDocs":0,"limit":10,"page":1,"totalPages":1,"hasNextPage":false})";

std::map<std::string, std::string> headersOf(const refold::HttpRequest& request) {
    std::map<std::string, std::string> headers;
    for (const auto& header : request.headers)
        EXPECT_TRUE(headers.emplace(header.name, header.value).second) << header.name;
    return headers;
}

/// Returns the URL of the request for a query.
std::string urlOf(const ExecutionQuery& query) {
    const auto transport = std::make_shared<FakeTransport>();
    transport->respond(200, emptyPage);
    clientOf(transport).listExecutions(query);
    return transport->requests().at(0).url;
}

TEST(ClientRequest, MatchesTheDocumentation) {
    ExecutionQuery query;
    query.status = refold::ExecutionStatus::Completed;
    query.limit = 10;
    const auto transport = std::make_shared<FakeTransport>();
    transport->respond(200, emptyPage);
    ClientOptions options;
    options.transport = transport;
    Client(refold::apiKey("tk_test_not_a_real_key", "user_12345"), options).listExecutions(query);

    ASSERT_EQ(transport->requestCount(), 1U);
    const auto request = transport->requests().front();
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.url, "https://app.refold.ai/api/v2/public/execution?limit=10&status=COMPLETED");
    EXPECT_TRUE(request.body.empty());
    EXPECT_TRUE(request.idempotent);
    EXPECT_GT(request.timeout, 0ms);
    EXPECT_LE(request.timeout, options.attemptTimeout);
    EXPECT_EQ(headersOf(request), (std::map<std::string, std::string>{
                                      {"x-api-key", "tk_test_not_a_real_key"},
                                      {"linked_account_id", "user_12345"},
                                      {"Accept", "application/json"},
                                      {"User-Agent", std::string("refold-cpp/") + refold::version()},
                                  }));
}

TEST(ClientRequest, ASessionTokenIsSentWithoutAnApiKey) {
    const auto transport = std::make_shared<FakeTransport>();
    transport->respond(200, emptyPage);
    ClientOptions options = quickOptions("https://refold.example/");
    options.transport = transport;
    options.userAgent = "my-service/2";
    Client(refold::sessionToken("session-token-not-real"), options).listExecutions();
    const auto request = transport->requests().at(0);
    EXPECT_EQ(request.url, "https://refold.example/api/v2/public/execution");
    EXPECT_EQ(headersOf(request), (std::map<std::string, std::string>{
                                      {"Authorization", "Bearer session-token-not-real"},
                                      {"Accept", "application/json"},
                                      {"User-Agent", "my-service/2"},
                                  }));
}

TEST(ClientRequest, EachParameterHasItsWireForm) {
    const std::string path = "https://refold.example/api/v2/public/execution";
    ExecutionQuery query;
    EXPECT_EQ(urlOf(query), path);

    const auto expectOne = [&](const std::function<void(ExecutionQuery&)>& set, const std::string& wire) {
        ExecutionQuery one;
        set(one);
        EXPECT_EQ(urlOf(one), path + "?" + wire);
    };
    const auto time = refold::parseTimestamp("2026-06-16T13:15:00.887Z");
    expectOne([](auto& q) { q.page = 2475; }, "page=2475");
    expectOne([](auto& q) { q.limit = std::numeric_limits<std::int64_t>::max(); }, "limit=9223372036854775807");
    expectOne([](auto& q) { q.status = "TIMED_OUT"; }, "status=TIMED_OUT");
    expectOne([](auto& q) { q.slug = "hubspot,slack"; }, "slug=hubspot%2Cslack");
    expectOne([](auto& q) { q.workflowId = "6a106ba44480b80424a65289"; }, "workflow_id=6a106ba44480b80424a65289");
    expectOne([](auto& q) { q.workflowName = "Täglich & 100% #1?"; },
              "workflow_name=T%C3%A4glich%20%26%20100%25%20%231%3F");
    expectOne([](auto& q) { q.executionId = "6a314c54d4616e99e7fa5a02"; }, "execution_id=6a314c54d4616e99e7fa5a02");
    expectOne([&](auto& q) { q.startDate = time; }, "start_date=2026-06-16T13%3A15%3A00.887Z");
    expectOne([&](auto& q) { q.endDate = time; }, "end_date=2026-06-16T13%3A15%3A00.887Z");
    expectOne([](auto& q) { q.executionType = refold::ExecutionType::Async; }, "execution_type=ASYNC");
    expectOne([](auto& q) { q.executionSource = "API Call"; }, "execution_source=API%20Call");
    expectOne([](auto& q) { q.sortAsc = true; }, "sortAsc=true");
    expectOne([](auto& q) { q.sortAsc = false; }, "sortAsc=false");
    expectOne([](auto& q) { q.extra = {{"new_one", "a=b"}, {"new_one", ""}}; }, "new_one=a%3Db&new_one=");
}

TEST(ClientRequest, ABaseUrlMayHaveAPath) {
    const auto transport = std::make_shared<FakeTransport>();
    transport->respond(200, emptyPage);
    ClientOptions options = quickOptions("https://proxy.example:8443/refold/");
    options.transport = transport;
    Client(refold::apiKey("k", "a"), options).listExecutions();
    EXPECT_EQ(transport->requests().at(0).url, "https://proxy.example:8443/refold/api/v2/public/execution");
}

TEST(ClientRequest, TheCallsTimeoutBoundsTheAttempt) {
    const auto transport = std::make_shared<FakeTransport>();
    transport->respond(200, emptyPage);
    refold::CallOptions call;
    call.timeout = 250ms;
    clientOf(transport).listExecutions({}, call);
    EXPECT_LE(transport->requests().at(0).timeout, 250ms);
}

/// Expects that `call` is refused for `argument`, and that the message names it.
template <class Call>
void expectRefused(const std::string& argument, const std::string& shown, const Call& call) {
    SCOPED_TRACE(argument);
    try {
        call();
        ADD_FAILURE() << "not refused";
    } catch (const InvalidArgument& error) {
        EXPECT_EQ(error.argument(), argument);
        EXPECT_EQ(error.attempts(), 0);
        EXPECT_NE(std::string(error.what()).find(argument), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find(shown), std::string::npos) << error.what();
    }
}

TEST(ClientRefusals, EncodedCredentialsAreRemovedFromErrors) {
    const auto transport = std::make_shared<FakeTransport>();
    transport->respond(400, R"({"message":"no key made\/up\/key-1 of jane\u002bops@example.test"})");
    ClientOptions options;
    options.transport = transport;
    const Client client(refold::apiKey("made/up/key-1", "jane+ops@example.test"), options);
    try {
        client.listExecutions();
        FAIL();
    } catch (const refold::ApiError& error) {
        for (const std::string& text : {error.serverMessage(), error.body(), std::string(error.what())}) {
            EXPECT_EQ(text.find("key-1"), std::string::npos) << text;
            EXPECT_EQ(text.find("ops@"), std::string::npos) << text;
        }
    }
}

TEST(ClientRefusals, QueriesNeverReachTheTransport) {
    const auto transport = std::make_shared<FakeTransport>();
    const Client client = clientOf(transport);
    const auto refuse = [&](const char* argument, const char* shown,
                            const std::function<void(ExecutionQuery&)>& spoil) {
        ExecutionQuery query;
        spoil(query);
        expectRefused(argument, shown, [&] { client.listExecutions(query); });
        expectRefused(argument, shown, [&] { client.executions(query); });
    };
    refuse("page", "0", [](auto& q) { q.page = 0; });
    refuse("page", "-3", [](auto& q) { q.page = -3; });
    refuse("limit", "0", [](auto& q) { q.limit = 0; });
    refuse("status", "A\\r\\nB", [](auto& q) { q.status = "A\r\nB"; });
    refuse("slug", "\\n", [](auto& q) { q.slug = "a\n"; });
    refuse("workflowId", "\\x00", [](auto& q) { q.workflowId = std::string("a\0b", 3); });
    refuse("workflowName", "\\n", [](auto& q) { q.workflowName = "\n"; });
    refuse("executionId", "\\r", [](auto& q) { q.executionId = "\r"; });
    refuse("executionType", "\\n", [](auto& q) { q.executionType = "\n"; });
    refuse("executionSource", "\\n", [](auto& q) { q.executionSource = "\n"; });
    refuse("startDate", "2026-06-17", [](auto& q) {
        q.startDate = refold::parseTimestamp("2026-06-17");
        q.endDate = refold::parseTimestamp("2026-06-16");
    });
    refuse("extra", "status", [](auto& q) { q.extra = {{"status", "x"}}; });
    refuse("extra", "empty", [](auto& q) { q.extra = {{"", "x"}}; });
    refuse("extra", "\\n", [](auto& q) { q.extra = {{"a\n", "x"}}; });
    EXPECT_EQ(transport->requestCount(), 0U);
}

TEST(ClientRefusals, CallOptionsNeverReachTheTransport) {
    const auto transport = std::make_shared<FakeTransport>();
    const Client client = clientOf(transport);
    refold::CallOptions call;
    call.timeout = 0ms;
    expectRefused("timeout", "0 ms", [&] { client.listExecutions({}, call); });
    expectRefused("timeout", "0 ms", [&] { client.executions({}, {}, call); });
    EXPECT_EQ(transport->requestCount(), 0U);
}

TEST(ClientRefusals, ACancelledCallSendsNothing) {
    const auto transport = std::make_shared<FakeTransport>();
    const refold::CancelSource source;
    source.cancel();
    refold::CallOptions call;
    call.cancel = source.token();
    EXPECT_THROW(clientOf(transport).listExecutions({}, call), refold::Cancelled);
    EXPECT_EQ(transport->requestCount(), 0U);
}

TEST(ClientRefusals, InvalidOptions) {
    const auto refuse = [](const char* argument, const char* shown, const std::function<void(ClientOptions&)>& spoil) {
        ClientOptions options;
        spoil(options);
        expectRefused(argument, shown, [&] { Client(refold::apiKey("k", "a"), options); });
    };
    refuse("baseUrl", "app.refold.ai", [](auto& o) { o.baseUrl = "app.refold.ai"; });
    refuse("baseUrl", "", [](auto& o) { o.baseUrl = ""; });
    refuse("baseUrl", "not shown", [](auto& o) { o.baseUrl = "https://user:made-up-password@host:port"; });
    refuse("proxy", "not shown", [](auto& o) { o.proxy = "htps://user:made-up-password@proxy:3128"; });
    refuse("proxy", "not shown", [](auto& o) { o.proxy = "http://user:made up@proxy:3128"; });
    refuse("baseUrl", "ftp://", [](auto& o) { o.baseUrl = "ftp://app.refold.ai"; });
    refuse("baseUrl", "allowPlainHttp", [](auto& o) { o.baseUrl = "http://app.refold.ai"; });
    refuse("baseUrl", "allowPlainHttp", [](auto& o) { o.baseUrl = "http://127.0.0.1.example"; });
    refuse("baseUrl", "query", [](auto& o) { o.baseUrl = "https://app.refold.ai/?a=b"; });
    refuse("timeout", "0", [](auto& o) { o.timeout = 0ms; });
    refuse("attemptTimeout", "-1", [](auto& o) { o.attemptTimeout = -1ms; });
    refuse("connectTimeout", "0", [](auto& o) { o.connectTimeout = 0ms; });
    refuse("retry.maxAttempts", "0", [](auto& o) { o.retry.maxAttempts = 0; });
    refuse("rateLimit.burst", "0", [](auto& o) { o.rateLimit.burst = 0; });
    refuse("userAgent", "control", [](auto& o) { o.userAgent = "a\r\nX-Evil: 1"; });
    refuse("maxResponseBytes", "0", [](auto& o) { o.maxResponseBytes = 0; });
    expectRefused("auth", "null", [] { Client(nullptr); });
}

TEST(ClientRefusals, CredentialsInTheBaseUrlAreNotShown) {
    ClientOptions options;
    options.baseUrl = "https://me:password-not-real@app.refold.ai";
    try {
        Client(refold::apiKey("k", "a"), options);
        FAIL();
    } catch (const InvalidArgument& error) {
        EXPECT_EQ(error.argument(), "baseUrl");
        EXPECT_EQ(std::string(error.what()).find("password-not-real"), std::string::npos) << error.what();
    }
}

TEST(ClientRefusals, CredentialsThatCannotBeHeaders) {
    expectRefused("key", "empty", [] { refold::apiKey("", "a"); });
    expectRefused("linkedAccountId", "empty", [] { refold::apiKey("k", ""); });
    expectRefused("key", "control", [] { refold::apiKey("k\r\n", "a"); });
    expectRefused("linkedAccountId", "control", [] { refold::apiKey("k", std::string("a\0", 2)); });
    expectRefused("token", "empty", [] { refold::sessionToken(std::string()); });
    expectRefused("token", "control", [] { refold::sessionToken(std::string("t\n")); });
}

TEST(ClientOptionsOf, PlainHttpIsForLoopbackOrOnRequest) {
    for (const char* url : {"http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9"}) {
        ClientOptions options;
        options.baseUrl = url;
        EXPECT_NO_THROW(Client(refold::apiKey("k", "a"), options)) << url;
    }
    ClientOptions options;
    options.baseUrl = "http://app.refold.ai";
    options.allowPlainHttp = true;
    EXPECT_NO_THROW(Client(refold::apiKey("k", "a"), options));
}

}  // namespace
