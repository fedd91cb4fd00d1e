// Tests the embedded server's credentials, refusals, envelope, pages and limits.
#include "testing/raw_http.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using refold::test::RawAnswer;
using refold::test::RawClient;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

FakeServerOptions smallHistory() {
    FakeServerOptions options;
    options.runs = 95;
    return options;
}

void expectRefusal(const RawAnswer& answer, int status, const char* type) {
    ASSERT_EQ(answer.result, CURLE_OK);
    EXPECT_EQ(answer.status, status) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.at("status_code"), status);
    EXPECT_EQ(json.at("http_error_type"), type);
    EXPECT_TRUE(json.at("error_code").is_string());
    EXPECT_FALSE(json.at("message").get<std::string>().empty());
    EXPECT_FALSE(json.at("request_id").get<std::string>().empty());
    EXPECT_NE(answer.head.find("application/json"), std::string::npos);
}

TEST(FakeServerCredentials, AcceptsBothKinds) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    EXPECT_EQ(client.list().status, 200);
    client.setHeaders({"Authorization: Bearer " + server.options().sessionToken});
    EXPECT_EQ(client.list().status, 200);
}

TEST(FakeServerCredentials, RefusesEverythingElse) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    const std::vector<std::vector<std::string>> refused = {
        {},
        {"x-api-key: tk_test_not_a_real_key"},
        {"linked_account_id: user_12345"},
        {"x-api-key: tk_test_wrong", "linked_account_id: user_12345"},
        {"x-api-key: tk_test_not_a_real_key", "linked_account_id: user_1"},
        {"Authorization: Bearer wrong"},
        {"Authorization: session-token-not-real"},
        {"Authorization: Basic session-token-not-real"},
    };
    for (const auto& headers : refused) {
        client.setHeaders(headers);
        SCOPED_TRACE(headers.empty() ? "no credentials" : headers.back());
        expectRefusal(client.list(), 401, "UNAUTHORIZED");
    }
}

TEST(FakeServerCredentials, RefusesBothKindsAtOnce) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    auto headers = RawClient::keyHeaders(server);
    headers.push_back("Authorization: Bearer " + server.options().sessionToken);
    client.setHeaders(headers);
    expectRefusal(client.list(), 400, "BAD_REQUEST");
}

TEST(FakeServerCredentials, TokensCanBeAcceptedAndRevoked) {
    FakeServer server(smallHistory());
    RawClient client(server);
    client.setHeaders({"Authorization: Bearer second-token-not-real"});
    EXPECT_EQ(client.list().status, 401);
    server.acceptSessionToken("second-token-not-real");
    EXPECT_EQ(client.list().status, 200);
    server.revokeSessionToken("second-token-not-real");
    EXPECT_EQ(client.list().status, 401);
}

TEST(FakeServerRefusals, BadParametersAreNamed) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    for (const char* query :
         {"page=0", "page=-1", "page=1.5", "page=", "limit=abc", "limit=0", "limit=99999999999999999999",
          "start_date=yesterday", "end_date=2026-02-30", "sortAsc=yes", "sortAsc="}) {
        SCOPED_TRACE(query);
        const RawAnswer answer = client.list(std::string("?") + query);
        expectRefusal(answer, 400, "BAD_REQUEST");
        const std::string text(query);
        EXPECT_NE(answer.json().at("message").get<std::string>().find(text.substr(0, text.find('='))),
                  std::string::npos);
    }
}

TEST(FakeServerRefusals, UnknownPathsAndMethods) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    expectRefusal(client.get("/"), 404, "NOT_FOUND");
    expectRefusal(client.get("/api/v2/public/executions"), 404, "NOT_FOUND");
    expectRefusal(client.get("/api/v2/public/execution", "POST", "{\"a\":1}"), 404, "NOT_FOUND");
    expectRefusal(client.get("/api/v2/public/execution", "DELETE"), 404, "NOT_FOUND");
    // An unread body would be parsed as the next request.
    EXPECT_EQ(client.list().status, 200);
    EXPECT_EQ(server.requests()[2].body, "{\"a\":1}");
    EXPECT_EQ(server.connectionCount(), 1U);
}

TEST(FakeServerPages, DefaultsAreThoseOfTheDocumentation) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    const auto json = client.list().json();
    EXPECT_EQ(json.at("docs").size(), 10U);
    EXPECT_EQ(json.at("totalDocs"), 95);
    EXPECT_EQ(json.at("limit"), 10);
    EXPECT_EQ(json.at("page"), 1);
    EXPECT_EQ(json.at("totalPages"), 10);
    EXPECT_EQ(json.at("hasNextPage"), true);
    EXPECT_EQ(json.size(), 6U) << "the documented fields only";
}

TEST(FakeServerPages, CoverTheHistoryOnceInOrder) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    for (const std::string order : {"", "&sortAsc=true", "&sortAsc=false"}) {
        std::vector<std::string> seen;
        bool hasNext = true;
        for (int page = 1; hasNext; ++page) {
            const RawAnswer answer = client.list("?limit=20&page=" + std::to_string(page) + order);
            for (const auto& id : answer.ids()) seen.push_back(id);
            hasNext = answer.json().at("hasNextPage").get<bool>();
            ASSERT_LE(page, 5);
        }
        refold::ExecutionQuery query;
        query.sortAsc = order == "&sortAsc=true";
        EXPECT_EQ(seen, server.ids(query));
        EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 95U);
    }
}

TEST(FakeServerPages, BeyondTheEndAreEmpty) {
    const FakeServer server(smallHistory());
    RawClient client(server);
    for (const char* page : {"11", "9223372036854775807"}) {
        const auto json = client.list(std::string("?page=") + page + "&limit=9223372036854775807").json();
        EXPECT_TRUE(json.at("docs").empty());
        EXPECT_EQ(json.at("hasNextPage"), false);
        EXPECT_EQ(json.at("totalDocs"), 95);
    }
    EXPECT_EQ(client.list("?limit=9223372036854775807").json().at("docs").size(), 95U);
    // Page times limit just exceeds 64 bits, and would wrap around to the beginning of the history.
    EXPECT_TRUE(client.list("?page=4611686018427387906&limit=4").json().at("docs").empty());
}

TEST(FakeServerPages, OfAnEmptyHistory) {
    FakeServerOptions options;
    options.runs = 0;
    const FakeServer server(options);
    RawClient client(server);
    const auto json = client.list().json();
    EXPECT_TRUE(json.at("docs").empty());
    EXPECT_EQ(json.at("totalDocs"), 0);
    EXPECT_EQ(json.at("totalPages"), 1);
    EXPECT_EQ(json.at("hasNextPage"), false);
}

TEST(FakeServerPages, LegacyFields) {
    auto options = smallHistory();
    options.legacyFields = true;
    const FakeServer server(options);
    RawClient client(server);
    const auto first = client.list("?limit=40").json();
    EXPECT_EQ(first.at("pagingCounter"), 1);
    EXPECT_EQ(first.at("hasPrevPage"), false);
    EXPECT_TRUE(first.at("prevPage").is_null());
    EXPECT_EQ(first.at("nextPage"), 2);
    const auto last = client.list("?limit=40&page=3").json();
    EXPECT_EQ(last.at("pagingCounter"), 81);
    EXPECT_EQ(last.at("hasPrevPage"), true);
    EXPECT_EQ(last.at("prevPage"), 2);
    EXPECT_TRUE(last.at("nextPage").is_null());
    EXPECT_EQ(last.at("hasNextPage"), false);
}

TEST(FakeServerPages, OptionalEnvelopeFieldsCanBeLeftOut) {
    auto options = smallHistory();
    options.omitOptionalEnvelopeFields = true;
    const FakeServer server(options);
    RawClient client(server);
    const auto json = client.list().json();
    EXPECT_FALSE(json.contains("limit"));
    EXPECT_FALSE(json.contains("totalPages"));
    EXPECT_EQ(json.at("docs").size(), 10U);
    EXPECT_EQ(json.at("totalDocs"), 95);
    EXPECT_EQ(json.at("hasNextPage"), true);
}

TEST(FakeServerPages, LimitsAreCutAndDefaulted) {
    auto options = smallHistory();
    options.maxLimit = 25;
    options.defaultLimit = 7;
    const FakeServer server(options);
    RawClient client(server);
    const auto cut = client.list("?limit=100&page=2").json();
    EXPECT_EQ(cut.at("limit"), 25);
    EXPECT_EQ(cut.at("docs").size(), 25U);
    EXPECT_EQ(cut.at("totalPages"), 4);
    EXPECT_EQ(client.list().json().at("docs").size(), 7U);
}

TEST(FakeServerRateLimit, RefusesRequestsBeyondIt) {
    auto options = smallHistory();
    options.rateLimit = refold::RateLimit{0.01, 3};
    const FakeServer server(options);
    RawClient client(server);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client.list().status, 200);
    const RawAnswer refused = client.list();
    expectRefusal(refused, 429, "TOO_MANY_REQUESTS");
    const std::size_t header = refused.head.find("Retry-After: ");
    ASSERT_NE(header, std::string::npos);
    const int seconds = std::stoi(refused.head.substr(header + 13));
    EXPECT_GT(seconds, 30);
    EXPECT_LE(seconds, 100);
}

TEST(FakeServerCompression, OnlyIfRequested) {
    auto options = smallHistory();
    const FakeServer plain(options);
    options.gzip = true;
    const FakeServer compressing(options);
    RawClient plainClient(plain);
    RawClient client(compressing);
    const RawAnswer uncompressed = client.list("?limit=90");
    EXPECT_EQ(uncompressed.head.find("Content-Encoding"), std::string::npos);

    plainClient.setEncodings("gzip");
    EXPECT_EQ(plainClient.list("?limit=90").head.find("Content-Encoding"), std::string::npos);
    client.setEncodings("");  // every encoding that libcurl supports
    const RawAnswer compressed = client.list("?limit=90");
    EXPECT_NE(compressed.head.find("Content-Encoding: gzip"), std::string::npos) << compressed.head;
    EXPECT_EQ(compressed.body, uncompressed.body);
    EXPECT_LT(compressed.wireBytes * 3, static_cast<curl_off_t>(compressed.body.size()));
    EXPECT_NE(compressing.requests().back().header("accept-encoding").find("gzip"), std::string_view::npos);
}

}  // namespace
