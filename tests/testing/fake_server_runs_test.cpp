// Tests the embedded server's responses about one run.
#include "testing/raw_http.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace {

using refold::test::RawAnswer;
using refold::test::RawClient;
using refold::testing::FakeNode;
using refold::testing::FakeRun;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

const std::string path = "/api/v2/public/execution/";

FakeServerOptions withRuns(std::size_t runs) {
    FakeServerOptions options;
    options.runs = runs;
    return options;
}

TEST(OneRun, IsTheListedOneWithItsNodes) {
    const FakeServer server(withRuns(200));
    RawClient client(server);
    for (const std::string& id : server.ids()) {
        const RawAnswer answer = client.get(path + id);
        ASSERT_EQ(answer.status, 200);
        auto run = answer.json();
        EXPECT_EQ(run.at("nodes").size(), 5U);
        EXPECT_TRUE(run.at("completion_percentage").is_number());
        const std::string status = run.at("status");
        bool failed = false;
        for (const auto& node : run.at("nodes")) {
            const std::string stands = node.at("node_status");
            failed = failed || stands == "Errored" || stands == "Timed_Out";
        }
        EXPECT_EQ(failed, status == "FAILED" || status == "ERRORED" || status == "TIMED_OUT") << run;
        EXPECT_EQ(client.get(path + id).body, answer.body) << "the response does not change";
        auto listed = nlohmann::json::parse(server.runJson(id));
        run.erase("nodes");
        if (!listed.contains("completion_percentage")) run.erase("completion_percentage");
        EXPECT_EQ(run, listed);
    }
}

TEST(OneRun, NeedsCredentialsAndAKnownId) {
    const FakeServer server(withRuns(1));
    RawClient client(server);
    const std::string id = server.ids().front();
    const RawAnswer unknown = client.get(path + "nobody");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.json().at("http_error_type"), "NOT_FOUND");
    EXPECT_EQ(unknown.json().at("status_code"), 404);
    for (const char* const action : {"/stop", "/rerun"}) {
        EXPECT_EQ(client.get(path + "nobody" + action, "POST").status, 404);
        EXPECT_EQ(client.get(path + id + action).status, 404) << "the path accepts no GET";
    }
    EXPECT_EQ(client.get(path + id, "DELETE").status, 404);
    EXPECT_EQ(client.get(path + id + "/nodes").status, 404);
    client.setHeaders({});
    EXPECT_EQ(client.get(path + id).status, 401);
    EXPECT_EQ(client.get(path + id + "/rerun", "POST").status, 401);
    EXPECT_EQ(server.runCount(), 1U);
}

TEST(OneRun, NodesCanBeSet) {
    FakeServer server(withRuns(1));
    RawClient client(server);
    const std::string id = server.ids().front();
    FakeNode node;
    node.name = "a \"name\"";
    node.executionTime.clear();
    node.latestOutput = "[1 , 2]";
    EXPECT_TRUE(server.setNodes(id, {node}));
    EXPECT_FALSE(server.setNodes("nobody", {}));
    EXPECT_FALSE(server.setStages("nobody", {}));
    const RawAnswer answer = client.get(path + id);
    EXPECT_NE(answer.body.find(R"("latest_output":[1 , 2]})"), std::string::npos);
    const auto sent = answer.json().at("nodes");
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].at("node_name"), "a \"name\"");
    EXPECT_FALSE(sent[0].contains("execution_time"));
    server.removeRun(id);
    EXPECT_EQ(client.get(path + id).status, 404);
}

TEST(OneRun, WithCustomTextIsSentUnchanged) {
    FakeServer server(withRuns(0));
    FakeRun run;
    run.id = "own";
    run.json = R"({"whatever":1)";
    server.addRun(run);
    EXPECT_EQ(RawClient(server).get(path + "own").body, run.json);
}

TEST(OneRun, AdvancesAStageWithEachGet) {
    FakeServer server(withRuns(0));
    RawClient client(server);
    const std::string id = server.addRun();
    ASSERT_TRUE(server.setStages(
        id, {{"RUNNING", 12.5, {}}, {"PAUSED", {}, {}}, {"COMPLETED", 100, std::vector<FakeNode>(2)}}));
    EXPECT_EQ(client.list().json().at("docs")[0].at("status"), "RUNNING") << "listing a run does not advance it";
    EXPECT_EQ(client.get(path + id).json().at("completion_percentage"), 12.5);
    const auto second = client.get(path + id).json();
    EXPECT_EQ(second.at("status"), "PAUSED");
    EXPECT_EQ(second.at("completion_percentage"), 12.5);
    EXPECT_EQ(client.list().json().at("docs")[0].at("status"), "PAUSED");
    for (int i = 0; i < 2; ++i) {
        const auto last = client.get(path + id).json();
        EXPECT_EQ(last.at("status"), "COMPLETED");
        EXPECT_EQ(last.at("completion_percentage"), 100);
        EXPECT_EQ(last.at("nodes").size(), 2U);
    }
}

TEST(Batches, ArePagedAndFiltered) {
    FakeServerOptions options = withRuns(0);
    options.maxLimit = 4;
    options.legacyFields = true;
    FakeServer server(options);
    RawClient client(server);
    const std::string id = server.addRun();
    FakeNode node;
    node.batches.resize(9);
    node.batches[2].status = "Errored";
    node.batches[2].output = "null";
    server.setNodes(id, {node});
    const std::string batches = path + id + "/nodes/node_1/batches";
    const auto page = client.get(batches + "?page=2&limit=100").json();
    EXPECT_EQ(page.at("docs").size(), 4U);
    EXPECT_EQ(page.at("docs")[0].at("batch_index"), 4);
    EXPECT_EQ(page.at("limit"), 4);
    EXPECT_EQ(page.at("totalDocs"), 9);
    EXPECT_EQ(page.at("nextPage"), 3);
    EXPECT_TRUE(client.get(batches + "?page=9").json().at("docs").empty());
    EXPECT_EQ(client.get(batches + "?status=Errored").body.substr(0, 62),
              R"({"docs":[{"batch_index":2,"status":"Errored","output":null}],")");
    EXPECT_EQ(client.get(batches + "?page=0").status, 400);
    EXPECT_EQ(client.get(path + id + "/nodes/other/batches").status, 404);
    server.setNodes(id, {FakeNode()});
    EXPECT_EQ(client.get(batches).status, 501);
    EXPECT_EQ(client.get(batches).json().at("http_error_type"), "NOT_IMPLEMENTED");
}

TEST(Stop, EndsARunAtOnceOrInStages) {
    for (const bool slowly : {false, true}) {
        FakeServerOptions options = withRuns(0);
        options.stopsSlowly = slowly;
        FakeServer server(options);
        RawClient client(server);
        const std::string id = server.addRun();
        EXPECT_EQ(client.get(path + id + "/stop", "POST").body, R"({"message":"Stopping instance"})");
        if (slowly) {
            EXPECT_EQ(client.get(path + id).json().at("status"), "STOPPING");
        }
        EXPECT_EQ(client.get(path + id + "/stop", "POST").status, 200) << "stopping it again";
        EXPECT_EQ(client.get(path + id).json().at("status"), "STOPPED");
        EXPECT_EQ(client.get(path + id + "/stop", "POST").status, 200);
        FakeRun ended;
        ended.status = "COMPLETED";
        EXPECT_EQ(client.get(path + server.addRun(ended) + "/stop", "POST").status, 400);
    }
}

TEST(Rerun, AddsARunOfTheSameWorkflow) {
    FakeServer server(withRuns(50));
    RawClient client(server);
    const std::string id = server.ids().back();
    const auto answer = client.get(path + id + "/rerun", "POST").json();
    EXPECT_EQ(answer.at("message"), "Execution queued");
    const std::string next = answer.at("instanceId");
    EXPECT_EQ(server.ids().front(), next) << "the new run is the newest";
    const auto first = nlohmann::json::parse(server.runJson(id));
    const auto second = nlohmann::json::parse(server.runJson(next));
    EXPECT_EQ(second.at("status"), "RUNNING");
    EXPECT_EQ(second.at("associated_workflow"), first.at("associated_workflow"));
    EXPECT_EQ(second.at("type_of_execution"), first.at("type_of_execution"));
    EXPECT_NE(client.get(path + id + "/rerun", "POST").json().at("instanceId"), next) << "each rerun adds another run";
    EXPECT_EQ(server.runCount(), 52U);
}

std::optional<refold::Timestamp> timeIn(const nlohmann::json& run, const char* member) {
    if (!run.contains(member) || run.at(member).is_null()) return {};
    return refold::parseTimestamp(run.at(member).get<std::string>());
}

TEST(Rerun, BeginsNowAndHasACompletionTimeOnceItHasEnded) {
    const auto now = [] {
        return std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
    };
    FakeServerOptions options = withRuns(50);
    options.now = now();
    FakeServer server(options);
    RawClient client(server);
    const std::string id = server.ids().back();
    std::string next;
    constexpr int reruns = 20;
    // Each is a millisecond newer than the one before, though they are made faster.
    const std::chrono::milliseconds ahead{reruns};
    for (int i = 0; i < reruns; ++i) next = client.get(path + id + "/rerun", "POST").json().at("instanceId");
    EXPECT_EQ(server.ids().front(), next);
    const auto running = nlohmann::json::parse(server.runJson(next));
    EXPECT_GE(timeIn(running, "createdAt"), options.now);
    EXPECT_LE(timeIn(running, "createdAt"), now() + ahead) << "no run begins in the future";
    EXPECT_FALSE(timeIn(running, "completion_time"));
    for (const char* const status : {"PAUSED", "QUEUED", "RUNNING"}) {
        server.setStatus(next, status);
        EXPECT_FALSE(timeIn(nlohmann::json::parse(server.runJson(next)), "completion_time")) << status;
    }
    server.setStatus(next, "COMPLETED");
    const auto ended = nlohmann::json::parse(server.runJson(next));
    EXPECT_GE(timeIn(ended, "completion_time"), timeIn(ended, "createdAt"));
    EXPECT_LE(timeIn(ended, "completion_time"), now() + ahead);
}

TEST(GeneratedHistory, HasACompletionTimeOfMostRunsThatHaveEndedAndOfNoOther) {
    const FakeServer server(withRuns(500));
    const refold::Timestamp newest = *timeIn(nlohmann::json::parse(server.runJson(server.ids().front())), "createdAt");
    int ended = 0;
    int withTime = 0;
    for (const std::string& id : server.ids()) {
        const auto run = nlohmann::json::parse(server.runJson(id));
        const auto completed = timeIn(run, "completion_time");
        if (!refold::ExecutionStatus(run.at("status").get<std::string>()).isTerminal()) {
            EXPECT_FALSE(completed) << run;
            continue;
        }
        ++ended;
        if (!completed) continue;
        ++withTime;
        EXPECT_GE(completed, timeIn(run, "createdAt"));
        EXPECT_LE(completed, newest) << "no run ends in the future";
    }
    EXPECT_GT(withTime, ended * 3 / 4);
}

}  // namespace
