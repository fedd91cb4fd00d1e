// Tests that keys, accounts and tokens appear in no error, event or URL, although the server repeats every secret.
#include "client/client_fixture.hpp"

#include "support/recording_observer.hpp"
#include "support/secrets.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace {

using namespace refold::test;
using refold::Client;
using refold::HttpRequest;
using refold::HttpResponse;
using refold::testing::FakeTransport;

constexpr const char* refreshToken = "made-up-refresh-token.not-real";

const std::string everySecret = std::string(testKey) + " " + testAccount + " " + firstToken + " " + secondToken + " " +
                                refreshToken + " made.up%2Baccount%40example.test";

HttpResponse issued(const char* token) {
    HttpResponse response;
    response.status = 200;
    response.body =
        std::string(R"({"token":")") + token + R"(","refresh_token":")" + refreshToken + R"(","expires_in":3600})";
    return response;
}

std::string refusalThatTells(int status) {
    return R"({"status_code":)" + std::to_string(status) + R"(,"http_error_type":"T )" + everySecret +
           R"(","error_code":"C )" + everySecret + R"(","message":"M )" + everySecret + R"("})";
}

class TokenSecrets : public ::testing::Test {
  protected:
    TokenSecrets() {
        auto options = quickOptions("https://refold.example");
        options.transport = transport;
        options.observer = observer;
        client = std::make_unique<Client>(refold::sessionTokenFor(testKey, testAccount), options);
    }

    static void expectClean(const std::string& text, const char* where) {
        expectNoSecret(text, where);
        EXPECT_EQ(text.find(refreshToken), std::string::npos)
            << "the refresh token appears in " << where << ": " << text;
    }

    template <class Work>
    void expectNothingShows(Work work) {
        try {
            work();
            ADD_FAILURE() << "the call succeeded";
        } catch (const refold::ApiError& error) {
            expectClean(error.what(), "what()");
            for (const std::string* text :
                 {&error.code(), &error.type(), &error.serverMessage(), &error.body(), &error.requestId()}) {
                expectClean(*text, "an ApiError");
            }
        } catch (const refold::ResponseError& error) {
            expectClean(error.what(), "what()");
            expectClean(error.pointer(), "pointer()");
        } catch (const refold::Error& error) {
            expectClean(error.what(), "what()");
        }
        expectClean(observer->text(), "events");
        for (const HttpRequest& request : transport->requests()) expectClean(request.url, "a URL");
    }

    const std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
    const std::shared_ptr<RecordingObserver> observer = std::make_shared<RecordingObserver>();
    std::unique_ptr<Client> client;
};

TEST_F(TokenSecrets, TheApiKeyIsRedactedInResponses) {
    transport->respondWith([](const HttpRequest&) { return issued(firstToken); });
    transport->respondWith([](const HttpRequest&) { return issued(secondToken); });
    client->issueSessionToken(testAccount);  // a token of another account
    const std::string known = std::string(testKey) + " " + testAccount + " " + secondToken + " " + refreshToken;
    transport->respond(403, R"({"message":"no )" + known + R"("})",
                       {{"X-Request-Id", testAccount}, {"Server", testKey}});
    expectNothingShows([&] { client->listExecutions(); });
    EXPECT_EQ(transport->requestCount(), 3U);
}

TEST_F(TokenSecrets, BothTokensAreRedactedAfterARefusal) {
    transport->respondWith([](const HttpRequest&) { return issued(firstToken); });
    transport->respond(401, refusalThatTells(401));
    transport->respondWith([](const HttpRequest&) { return issued(secondToken); });
    transport->respond(401, refusalThatTells(401));
    expectNothingShows([&] { client->listExecutions(); });
    EXPECT_EQ(transport->requestCount(), 4U);
}

TEST_F(TokenSecrets, TheOldTokenIsRedactedInATokenRefusal) {
    transport->respondWith([](const HttpRequest&) { return issued(firstToken); });
    transport->respond(401, "{}");
    const std::string known = std::string(testKey) + " " + testAccount + " " + firstToken + " " + refreshToken;
    transport->respond(403, R"({"message":"M )" + known + R"(","error_code":"C )" + known + R"("})",
                       {{"X-Request-Id", testKey}});
    expectNothingShows([&] { client->listExecutions(); });
    EXPECT_EQ(transport->requestCount(), 3U);
}

TEST_F(TokenSecrets, RefusalWithAnUnknownTokenRevealsNothing) {
    transport->respond(500, issued(firstToken).body).repeat();
    expectNothingShows([&] { client->listExecutions(); });
    expectNothingShows([&] { client->issueSessionToken(testAccount); });
}

TEST_F(TokenSecrets, ResponseOfTheWrongShapeRevealsNothing) {
    for (const std::string& body : {std::string(firstToken), "<html>" + everySecret + "</html>",
                                    "[\"" + everySecret + "\"]", "{\"token\":\"" + everySecret + "\\u0000\"}",
                                    "{\"" + std::string(firstToken) + "\":x", "{\"token\":\"" + everySecret}) {
        transport->respond(200, body).respond(200, body);
        expectNothingShows([&] { client->listExecutions(); });
        expectNothingShows([&] { client->issueSessionToken(testAccount); });
    }
}

TEST_F(TokenSecrets, TokenRequestFollowsNoRedirect) {
    transport->respond(307, "", {{"Location", "https://elsewhere.example/?key=" + std::string(testKey)}});
    expectNothingShows([&] { client->listExecutions(); });
    EXPECT_EQ(transport->requestCount(), 1U);
}

TEST_F(TokenSecrets, TransportMessagesRevealNothing) {
    transport->fail(refold::TransportError::Kind::tls, "cannot send " + std::string(testKey) + " for " + testAccount)
        .repeat();
    expectNothingShows([&] { client->listExecutions(); });
    expectNothingShows([&] { client->withLinkedAccount(testAccount).issueSessionToken(testAccount); });
}

TEST_F(TokenSecrets, SuccessfulCallsRevealNothing) {
    transport->respondWith([](const HttpRequest&) { return issued(firstToken); });
    transport->respond(200, R"({"docs":[],"hasNextPage":false})",
                       {{"Server", firstToken}, {"X-Request-Id", refreshToken}});
    EXPECT_EQ(client->listExecutions().size(), 0U);
    expectClean(observer->text(), "events");
    ASSERT_EQ(observer->requests().size(), 2U);
    EXPECT_EQ(observer->requests()[0].url, "https://refold.example/api/v2/public/session-token");
}

}  // namespace
