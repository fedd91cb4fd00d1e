// Tests the embedded server's linked accounts and session tokens.
#include "raw_http.hpp"

#include <refold/testing/fake_server.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace {

using refold::test::RawAnswer;
using refold::test::RawClient;
using refold::testing::FakeRun;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

constexpr const char* tokenPath = "/api/v2/public/session-token";

FakeServerOptions withRuns(std::size_t runs) {
    FakeServerOptions options;
    options.runs = runs;
    return options;
}

RawAnswer issue(const FakeServer& server, const std::string& account) {
    RawClient client(server);
    client.setHeaders({"x-api-key: " + server.options().apiKey, "Content-Type: application/json"});
    return client.get(tokenPath, "POST", R"({"linked_account_id":")" + account + "\"}");
}

int statusWith(const FakeServer& server, const std::string& token) {
    RawClient client(server);
    client.setHeaders({"Authorization: Bearer " + token});
    return static_cast<int>(client.list().status);
}

TEST(FakeServerAccounts, EachSeesItsOwnRunsOnly) {
    FakeServer server(withRuns(5));
    server.addLinkedAccount("other", 3);
    FakeRun run;
    run.id = "theirs";
    run.linkedAccountId = "other";
    server.addRun(run);
    EXPECT_EQ(server.runCount(), 9U);
    EXPECT_EQ(server.ids({}, "other").size(), 4U);
    EXPECT_EQ(server.ids().size(), 5U);

    RawClient client(server);
    client.setHeaders({"x-api-key: " + server.options().apiKey, "linked_account_id: other"});
    EXPECT_EQ(client.list().ids(), server.ids({}, "other"));
    EXPECT_EQ(client.get("/api/v2/public/execution/" + server.ids().front()).status, 404)
        << "the run belongs to another account";
    EXPECT_EQ(client.get("/api/v2/public/execution/theirs").status, 200);

    EXPECT_THROW(server.addLinkedAccount("other"), std::invalid_argument);
    run.id.clear();
    run.linkedAccountId = "nobody";
    EXPECT_THROW(server.addRun(run), std::invalid_argument);
}

TEST(FakeServerAccounts, TokensAreIssuedForKnownAccounts) {
    FakeServer server(withRuns(5));
    server.addLinkedAccount("other", 2);
    const RawAnswer answer = issue(server, "other");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_GT(answer.json().at("expires_in").get<int>(), 0);
    EXPECT_FALSE(answer.json().at("refresh_token").get<std::string>().empty());
    const std::string token = answer.json().at("token");
    RawClient client(server);
    client.setHeaders({"Authorization: Bearer " + token});
    EXPECT_EQ(client.list().ids(), server.ids({}, "other"));
    EXPECT_EQ(server.issuedSessionTokens(), 1U);

    EXPECT_GE(issue(server, "nobody").status, 400);
    RawClient keyless(server);
    keyless.setHeaders({});
    EXPECT_EQ(keyless.get(tokenPath, "POST", R"({"linked_account_id":"other"})").status, 401);
    EXPECT_EQ(server.issuedSessionTokens(), 1U);
}

TEST(FakeServerAccounts, TokensExpireAndCanBeRevoked) {
    FakeServer server(withRuns(1));
    const std::string account = server.options().linkedAccountId;
    const std::string revoked = issue(server, account).json().at("token");
    EXPECT_EQ(statusWith(server, revoked), 200);
    server.revokeIssuedSessionTokens();
    EXPECT_EQ(statusWith(server, revoked), 401);
    EXPECT_EQ(statusWith(server, server.options().sessionToken), 200)
        << "the configured token was not issued and stays valid";

    server.setSessionTokenLifetime(std::chrono::seconds(0));
    EXPECT_EQ(statusWith(server, issue(server, account).json().at("token")), 401);
}

}  // namespace
