// Tests the embedded server's generated history and filters.
#include "testing/raw_http.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>

namespace {

using refold::test::RawClient;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

/// A history that is fetched once, in one page.
template <std::size_t runs>
class FetchedHistory : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        FakeServerOptions options;
        if (runs != 0) options.runs = runs;
        server_ = std::make_unique<FakeServer>(options);
        docs_ = RawClient(*server_).list("?limit=100000").json().at("docs");
    }
    static void TearDownTestSuite() {
        docs_ = nullptr;
        server_.reset();
    }

    static const FakeServer& server() { return *server_; }
    static const nlohmann::json& docs() { return docs_; }

  private:
    inline static std::unique_ptr<FakeServer> server_;
    inline static nlohmann::json docs_;
};

/// The default history.
class GeneratedHistory : public FetchedHistory<0> {};

class HistoryFilters : public FetchedHistory<4000> {
  protected:
    using Predicate = std::function<bool(const nlohmann::json&)>;

    /// Expects that the server answers `query` with exactly the documents for which `matches` is true.
    static void expectFiltered(const std::string& query, const Predicate& matches) {
        SCOPED_TRACE(query);
        std::vector<std::string> expected;
        for (const auto& doc : docs()) {
            if (matches(doc)) expected.push_back(doc.at("_id").get<std::string>());
        }
        const auto answer = RawClient(server()).list("?limit=100000&" + query);
        ASSERT_EQ(answer.status, 200) << answer.body;
        const nlohmann::json envelope = answer.json();
        std::vector<std::string> got;
        for (const auto& doc : envelope.at("docs")) got.push_back(doc.at("_id").get<std::string>());
        EXPECT_EQ(got, expected);
        EXPECT_EQ(envelope.at("totalDocs"), expected.size());
    }
};

TEST_F(GeneratedHistory, HasTheDocumentedSize) {
    EXPECT_EQ(docs().size(), 24742U);
    EXPECT_EQ(server().runCount(), 24742U);
}

TEST_F(GeneratedHistory, BeginsWithTheDocumentationsExample) {
    const auto example = nlohmann::json::parse(R"({
      "_id": "6a314c54d4616e99e7fa5a02",
      "name": "Execution for workflow 6a106ba44480b80424a65289",
      "org_id": "6500a1b2c3d4e5f6a7b8c9d0",
      "environment": "test",
      "status": "COMPLETED",
      "associated_application": { "_id": "6992cc7dc124a392c80e9e9c", "name": "Hubspot",
        "icon": "https://cobalt-app-logos.s3.ap-south-1.amazonaws.com/hubspot/logo.png" },
      "associated_workflow": { "_id": "6a106ba44480b80424a65289", "name": "Daily Sync", "icon": "" },
      "trigger_application_event": "Schedule",
      "linked_account_id": "user_12345",
      "config_id": "user_12345",
      "type_of_execution": "ASYNC",
      "createdAt": "2026-06-16T13:15:00.887Z"
    })");
    EXPECT_EQ(docs().at(0), example);
}

TEST_F(GeneratedHistory, IsSortedNewestFirstWithDistinctIds) {
    std::set<std::string> ids;
    std::string before = "9999";
    std::size_t sameInstant = 0;
    for (const auto& doc : docs()) {
        const std::string created = doc.at("createdAt").get<std::string>();
        EXPECT_LE(created, before);
        sameInstant += created == before ? 1U : 0U;
        before = created;
        const std::string id = doc.at("_id").get<std::string>();
        EXPECT_EQ(id.size(), 24U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
        ids.insert(id);
    }
    EXPECT_EQ(ids.size(), docs().size());
    EXPECT_GT(sameInstant, 100U) << "the history has ties, the hard case of every listing";
    EXPECT_LT(before, "2026-02");
    EXPECT_GT(before, "2025-10");
}

TEST_F(GeneratedHistory, IsAsVariedAsARealOne) {
    std::map<std::string, int> statuses;
    std::set<std::string> applications;
    std::set<std::string> workflows;
    std::set<std::string> types;
    std::string names;
    int withoutApplication = 0;
    int withNull = 0;
    int withMore = 0;
    for (const auto& doc : docs()) {
        ++statuses[doc.at("status").get<std::string>()];
        types.insert(doc.at("type_of_execution").get<std::string>());
        if (doc.at("associated_application").is_null()) {
            ++withoutApplication;
        } else {
            applications.insert(doc.at("associated_application").at("name").get<std::string>());
        }
        workflows.insert(doc.at("associated_workflow").at("_id").get<std::string>());
        names += doc.at("name").get<std::string>() + doc.at("associated_workflow").at("name").get<std::string>();
        withNull += doc.at("linked_account_id").is_null() ? 1 : 0;
        withMore += doc.contains("a_field_of_tomorrow") ? 1 : 0;
    }
    for (const char* status :
         {"COMPLETED", "RUNNING", "ERRORED", "STOPPED", "STOPPING", "TIMED_OUT", "DUPLICATE", "TERMINATED", "QUEUED"}) {
        EXPECT_GT(statuses[status], 0) << status;
    }
    EXPECT_EQ(statuses.count("FAILED"), 0U) << "the service sends ERRORED instead";
    EXPECT_GT(statuses["COMPLETED"], 20000);
    EXPECT_GE(applications.size(), 8U);
    EXPECT_GE(workflows.size(), 15U);
    EXPECT_EQ(types, (std::set<std::string>{"ASYNC", "SYNC"}));
    for (const char* oddity :
         {"\"", "\n", "\t", "\\", "\x1b", "🚀", "👩‍💻 on-call hand-over ✅", "日", "ü", "م", "<b>", "="}) {
        EXPECT_NE(names.find(oddity), std::string::npos) << oddity;
    }
    EXPECT_GT(withoutApplication, 100);
    EXPECT_GT(withNull, 1000);
    EXPECT_GT(withMore, 1000);
}

TEST(GeneratedErrors, AreOfSeveralKinds) {
    refold::testing::FakeServerOptions options;
    options.runs = 3000;
    const refold::testing::FakeServer server(options);
    refold::test::RawClient client(server);
    std::set<std::string> nodes;
    std::set<std::string> kinds;
    refold::ExecutionQuery query;
    query.status = "ERRORED";
    for (const std::string& id : server.ids(query)) {
        const auto run = client.get("/api/v2/public/execution/" + id).json();
        for (const auto& node : run.at("nodes")) {
            if (node.at("node_status") != "Errored") continue;
            nodes.insert(node.at("node_name").get<std::string>());
            std::string kind;
            for (const char c : node.at("latest_output").dump()) {
                if (c < '0' || c > '9') kind += c;
            }
            kinds.insert(kind);
        }
    }
    EXPECT_EQ(nodes.size(), 5U);
    EXPECT_GE(kinds.size(), 7U);
}

TEST(GeneratedAccounts, AreAssignedIfOtherAccountsAreConfigured) {
    refold::testing::FakeServerOptions options;
    options.runs = 500;
    const refold::testing::FakeServer alone(options);
    options.otherAccounts = {"acme", "globex"};
    const refold::testing::FakeServer shared(options);
    ASSERT_EQ(alone.ids(), shared.ids()) << "the same history except for the accounts";
    std::map<std::string, int> accounts;
    for (const std::string& id : shared.ids()) {
        const auto run = nlohmann::json::parse(shared.runJson(id));
        if (run.at("linked_account_id").is_string()) ++accounts[run.at("linked_account_id").get<std::string>()];
    }
    EXPECT_EQ(accounts.size(), 3U);
    for (const char* const account : {"user_12345", "acme", "globex"}) EXPECT_GT(accounts[account], 50) << account;
}

TEST_F(HistoryFilters, StatusFilterIsExact) {
    for (const std::string status :
         {"COMPLETED", "FAILED", "ERRORED", "RUNNING", "TERMINATED", "completed", "NO_SUCH"}) {
        expectFiltered("status=" + status, [&](const auto& doc) { return doc.at("status") == status; });
    }
    for (const char* any : {"status=All", "status="}) expectFiltered(any, [](const auto&) { return true; });
}

TEST_F(HistoryFilters, SlugFilterTakesSeveral) {
    const auto named = [](const nlohmann::json& doc, std::initializer_list<const char*> names) {
        const auto& application = doc.at("associated_application");
        return std::any_of(names.begin(), names.end(),
                           [&](const char* name) { return application.is_object() && application.at("name") == name; });
    };
    expectFiltered("slug=hubspot", [&](const auto& doc) { return named(doc, {"Hubspot"}); });
    expectFiltered("slug=hubspot%2Cslack", [&](const auto& doc) { return named(doc, {"Hubspot", "Slack"}); });
    expectFiltered("slug=slack,zendesk,none", [&](const auto& doc) { return named(doc, {"Slack", "Zendesk"}); });
    expectFiltered("slug=Hubspot", [](const auto&) { return false; });
}

TEST_F(HistoryFilters, WorkflowFilters) {
    const auto workflow = [](const nlohmann::json& doc) -> const nlohmann::json& {
        return doc.at("associated_workflow");
    };
    expectFiltered("workflow_id=6a106ba44480b80424a65289",
                   [&](const auto& doc) { return workflow(doc).at("_id") == "6a106ba44480b80424a65289"; });
    expectFiltered("workflow_id=6a106ba4", [](const auto&) { return false; });
    expectFiltered("workflow_name=daily+SYNC", [&](const auto& doc) {
        return workflow(doc).at("name") == "Daily Sync" || workflow(doc).at("name") == "daily sync";
    });
    expectFiltered("workflow_name=sync", [&](const auto& doc) {
        const std::string name = workflow(doc).at("name").template get<std::string>();
        return name.find("sync") != std::string::npos || name.find("Sync") != std::string::npos;
    });
    expectFiltered("workflow_name=%F0%9F%9A%80",
                   [&](const auto& doc) { return workflow(doc).at("name") == "日次同期 🚀"; });
    expectFiltered("workflow_name=Two%20lines%3A%0Asecond",
                   [&](const auto& doc) { return workflow(doc).at("name") == "Two lines:\nsecond line"; });
}

TEST_F(HistoryFilters, ExecutionIdTypeAndSource) {
    const std::string id = docs().at(1234).at("_id").get<std::string>();
    expectFiltered("execution_id=" + id, [&](const auto& doc) { return doc.at("_id") == id; });
    expectFiltered("execution_id=nonesuch", [](const auto&) { return false; });
    expectFiltered("execution_id=" + id + "&status=NO_SUCH", [](const auto&) { return false; });
    for (const std::string type : {"SYNC", "ASYNC"}) {
        expectFiltered("execution_type=" + type, [&](const auto& doc) { return doc.at("type_of_execution") == type; });
    }
    expectFiltered("execution_type=All", [](const auto&) { return true; });
    const auto event = [](const nlohmann::json& doc) { return doc.at("trigger_application_event").get<std::string>(); };
    for (const char* spelling : {"SCHEDULE", "Schedule"}) {
        expectFiltered(std::string("execution_source=") + spelling,
                       [&](const auto& doc) { return event(doc) == "Schedule"; });
    }
    for (const char* spelling : {"API_CALL", "API%20Call"}) {
        expectFiltered(std::string("execution_source=") + spelling,
                       [&](const auto& doc) { return event(doc) == "API Call"; });
    }
    expectFiltered("execution_source=Event",
                   [&](const auto& doc) { return event(doc) != "API Call" && event(doc) != "Schedule"; });
}

TEST_F(HistoryFilters, DatesAreInclusive) {
    const std::string newer = docs().at(500).at("createdAt").get<std::string>();
    const std::string older = docs().at(900).at("createdAt").get<std::string>();
    const auto created = [](const nlohmann::json& doc) { return doc.at("createdAt").get<std::string>(); };
    expectFiltered("start_date=" + older, [&](const auto& doc) { return created(doc) >= older; });
    expectFiltered("end_date=" + newer, [&](const auto& doc) { return created(doc) <= newer; });
    expectFiltered("start_date=" + older + "&end_date=" + newer,
                   [&](const auto& doc) { return created(doc) >= older && created(doc) <= newer; });
    expectFiltered("start_date=" + newer + "&end_date=" + older,
                   [&](const auto& doc) { return created(doc) >= newer && created(doc) <= older; });
    expectFiltered("start_date=2026-03-01&end_date=2026-03-02",
                   [&](const auto& doc) { return created(doc) >= "2026-03-01" && created(doc) < "2026-03-03"; });
    expectFiltered("start_date=2026-03-01T02:00:00%2B02:00",
                   [&](const auto& doc) { return created(doc) >= "2026-03-01"; });
}

TEST_F(HistoryFilters, FiltersCombineAndUnknownParametersAreIgnored) {
    expectFiltered("status=ERRORED&slug=hubspot&start_date=2026-03-01&colour=blue", [](const auto& doc) {
        return doc.at("status") == "ERRORED" && doc.at("associated_application").is_object() &&
               doc.at("associated_application").at("name") == "Hubspot" && doc.at("createdAt") >= "2026-03-01";
    });
}

TEST_F(HistoryFilters, IdsAnswersQueriesAsTheServerDoes) {
    refold::ExecutionQuery query;
    query.status = refold::ExecutionStatus::Errored;
    query.slug = "hubspot,slack";
    query.workflowName = "SYNC";
    query.startDate = refold::parseTimestamp("2026-01-10T10:00:00Z");
    query.endDate = refold::parseTimestamp("2026-05-10T10:00:00Z");
    query.executionSource = refold::ExecutionSource::Schedule;
    query.executionType = refold::ExecutionType::Async;
    query.sortAsc = true;
    RawClient client(server());
    const auto answer = client.list(
        "?limit=100000&status=ERRORED&slug=hubspot,slack&workflow_name=SYNC&start_date=2026-01-10T10:00:00Z&"
        "end_date=2026-05-10T10:00:00Z&execution_source=SCHEDULE&execution_type=ASYNC&sortAsc=true");
    EXPECT_EQ(answer.ids(), server().ids(query));
    EXPECT_FALSE(answer.ids().empty());
}

TEST_F(HistoryFilters, RunJsonIsTheSentText) {
    RawClient client(server());
    const auto ids = server().ids();
    const std::string body = client.list("?limit=50").body;
    for (std::size_t i = 0; i < 50; ++i) EXPECT_NE(body.find(server().runJson(ids[i])), std::string::npos);
    EXPECT_THROW(server().runJson("nonesuch"), std::out_of_range);
}

}  // namespace
