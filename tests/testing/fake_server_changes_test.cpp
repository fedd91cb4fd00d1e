// Tests the embedded server's options, and changes of its history between requests.
#include "testing/raw_http.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using refold::ExecutionQuery;
using refold::test::RawClient;
using refold::testing::DateGranularity;
using refold::testing::FakeRun;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

TEST(HistoryOptions, TheSameSeedGivesTheSameHistory) {
    FakeServerOptions options;
    options.runs = 300;
    const auto bodyOf = [](const FakeServerOptions& of) {
        const FakeServer server(of);
        return RawClient(server).list("?limit=1000").body;
    };
    const std::string body = bodyOf(options);
    EXPECT_EQ(bodyOf(options), body);
    options.seed = 2;
    EXPECT_NE(bodyOf(options), body);
}

TEST(HistoryOptions, LegacyStatusesRenameTheSameRuns) {
    FakeServerOptions options;
    options.runs = 3000;
    const FakeServer today(options);
    options.legacyStatuses = true;
    const FakeServer older(options);
    EXPECT_EQ(older.ids(), today.ids());
    const auto count = [](const FakeServer& server, const char* status) {
        ExecutionQuery query;
        query.status = status;
        return server.ids(query).size();
    };
    EXPECT_GT(count(older, "FAILED"), 0U);
    EXPECT_GT(count(older, "ERRORED"), 0U);
    EXPECT_EQ(count(older, "FAILED") + count(older, "ERRORED"), count(today, "ERRORED"));
    for (const char* const status : {"TERMINATED", "QUEUED"}) {
        EXPECT_EQ(count(older, status), 0U) << status;
        EXPECT_GT(count(today, status), 0U) << status;
    }
}

TEST(HistoryOptions, CurrentTimeAndTheKeysEnvironment) {
    FakeServerOptions options;
    options.runs = 30;
    options.now = refold::parseTimestamp("2027-01-02T03:04:05.006Z");
    options.apiKey = "pk_live_not_a_real_key";
    options.linkedAccountId = "a \"quoted\" account@example.invalid";
    const FakeServer server(options);
    const auto docs = RawClient(server).list().json().at("docs");
    EXPECT_EQ(docs.at(0).at("createdAt"), "2027-01-02T03:04:05.006Z");
    EXPECT_EQ(docs.at(0).at("environment"), "production");
    EXPECT_EQ(docs.at(0).at("linked_account_id"), options.linkedAccountId);
}

TEST(HistoryOptions, DateGranularity) {
    const auto idsOf = [](DateGranularity granularity, bool exclusive, const std::string& query) {
        FakeServerOptions options;
        options.runs = 0;
        options.dateGranularity = granularity;
        options.exclusiveDates = exclusive;
        FakeServer server(options);
        for (const auto& [id, created] : std::vector<std::pair<const char*, const char*>>{
                 {"a", "2026-03-01T23:59:59.999Z"},
                 {"b", "2026-03-02T00:00:00.000Z"},
                 {"c", "2026-03-02T10:00:00.000Z"},
                 {"d", "2026-03-02T10:00:00.500Z"},
                 {"e", "2026-03-02T10:00:01.000Z"},
                 {"f", "2026-03-02T23:59:59.999Z"},
                 {"g", "2026-03-03T00:00:00.000Z"},
             }) {
            FakeRun run;
            run.id = id;
            run.createdAt = refold::parseTimestamp(created);
            server.addRun(run);
        }
        std::string ids;
        for (const std::string& id : RawClient(server).list("?sortAsc=true&" + query).ids()) ids += id;
        return ids;
    };
    const std::string start = "start_date=2026-03-02T10:00:00.500Z";
    const std::string end = "end_date=2026-03-02T10:00:00.500Z";
    EXPECT_EQ(idsOf(DateGranularity::millisecond, false, start), "defg");
    EXPECT_EQ(idsOf(DateGranularity::millisecond, false, end), "abcd");
    EXPECT_EQ(idsOf(DateGranularity::millisecond, true, start), "efg");
    EXPECT_EQ(idsOf(DateGranularity::millisecond, true, end), "abc");
    EXPECT_EQ(idsOf(DateGranularity::second, false, start), "cdefg");
    EXPECT_EQ(idsOf(DateGranularity::second, false, end), "abcd");
    EXPECT_EQ(idsOf(DateGranularity::second, true, start), "efg");
    EXPECT_EQ(idsOf(DateGranularity::second, true, end), "ab");
    EXPECT_EQ(idsOf(DateGranularity::day, false, start), "bcdefg");
    EXPECT_EQ(idsOf(DateGranularity::day, false, end), "abcdef");
    EXPECT_EQ(idsOf(DateGranularity::day, true, start), "g");
    EXPECT_EQ(idsOf(DateGranularity::day, true, end), "a");
    EXPECT_EQ(idsOf(DateGranularity::ignored, false, start + "&" + end), "abcdefg");
}

TEST(ChangingHistory, RunsAreInsertedInOrder) {
    FakeServerOptions options;
    options.runs = 20;
    FakeServer server(options);
    const std::string newest = server.addRun();
    EXPECT_EQ(server.ids().front(), newest);
    FakeRun old;
    old.id = "an-id-of-its-own";
    old.createdAt = refold::parseTimestamp("2001-01-01");
    old.status = "PAUSED";
    old.name = "Name \"x\"";
    old.workflowId = "wf1";
    old.workflowName = "Odd\none";
    old.slug = "odd";
    old.applicationName = "Odd App";
    EXPECT_EQ(server.addRun(old), "an-id-of-its-own");
    EXPECT_EQ(server.ids().back(), "an-id-of-its-own");
    EXPECT_EQ(server.runCount(), 22U);

    RawClient client(server);
    for (const char* query : {"status=PAUSED", "slug=odd", "workflow_id=wf1", "workflow_name=odd",
                              "execution_id=an-id-of-its-own", "end_date=2001-01-01"}) {
        EXPECT_EQ(client.list(std::string("?") + query).ids(), std::vector<std::string>{"an-id-of-its-own"}) << query;
    }
    const auto doc = client.list("?slug=odd").json().at("docs").at(0);
    EXPECT_EQ(doc.at("name"), old.name);
    EXPECT_EQ(doc.at("associated_workflow").at("name"), old.workflowName);
    EXPECT_EQ(doc.at("associated_application").at("name"), "Odd App");
    EXPECT_EQ(doc.at("createdAt"), "2001-01-01T00:00:00.000Z");

    EXPECT_THROW(server.addRun(old), std::invalid_argument);
    FakeRun taken;
    taken.id = newest;
    EXPECT_THROW(server.addRun(taken), std::invalid_argument);
}

TEST(ChangingHistory, ARunsCustomJsonIsSentUnchanged) {
    FakeServerOptions options;
    options.runs = 0;
    FakeServer server(options);
    FakeRun run;
    run.json = R"({"_id":"x","createdAt":"not a date",  "status" : 7})";
    server.addRun(run);
    EXPECT_NE(RawClient(server).list().body.find("[" + run.json + "]"), std::string::npos);
}

TEST(ChangingHistory, RunsAreRemovedAndChangeStatus) {
    FakeServerOptions options;
    options.runs = 200;
    FakeServer server(options);
    RawClient client(server);
    auto ids = server.ids();
    const std::string added = server.addRun();
    ids.insert(ids.begin(), added);

    EXPECT_TRUE(server.removeRun(ids[7]));
    EXPECT_FALSE(server.removeRun(ids[7]));
    EXPECT_FALSE(server.removeRun("nonesuch"));
    ids.erase(ids.begin() + 7);
    EXPECT_EQ(client.list("?limit=500").ids(), ids);

    // Requests the same filtered page before and after, so that the test detects a stale cached selection.
    const auto before = client.list("?limit=500&status=PAUSED").ids();
    EXPECT_TRUE(before.empty());
    EXPECT_TRUE(server.setStatus(ids[30], "PAUSED"));
    EXPECT_TRUE(server.setStatus(added, "PAUSED"));
    EXPECT_FALSE(server.setStatus("nonesuch", "PAUSED"));
    EXPECT_EQ(client.list("?limit=500&status=PAUSED").ids(), (std::vector<std::string>{added, ids[30]}));
    EXPECT_EQ(nlohmann::json::parse(server.runJson(ids[30])).at("status"), "PAUSED");
    EXPECT_TRUE(server.removeRun(added));
    EXPECT_EQ(client.list("?limit=500&status=PAUSED").ids(), std::vector<std::string>{ids[30]});
}

TEST(ChangingHistory, TheHookChangesItBetweenPages) {
    FakeServerOptions options;
    options.runs = 40;
    FakeServer server(options);
    const auto before = server.ids();
    server.onRequest([&](const refold::testing::FakeRequest& request) -> std::optional<refold::testing::FakeAnswer> {
        if (request.parameter("page") == "2") server.addRun();
        return std::nullopt;
    });
    RawClient client(server);
    const auto first = client.list("?page=1&limit=10").ids();
    const auto second = client.list("?page=2&limit=10").ids();
    EXPECT_EQ(first.back(), before[9]);
    EXPECT_EQ(second.front(), before[9]) << "the run added in between shifts the page by one";
}

}  // namespace
