// Tests finding failures and their reasons: --failed, --status, errors, the columns of list, and ids as users give
// them.
#include "program.hpp"

#include "failure_reason.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <set>

namespace refold::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Failed, FindsEveryFailedRunOnceAndInOrder) {
    testing::FakeServer server(historyOf(1500));
    std::set<std::string> expected;
    for (const char* const status : {"ERRORED", "FAILED", "TIMED_OUT"}) {
        ExecutionQuery query;
        query.status = status;
        for (const std::string& id : server.ids(query)) expected.insert(id);
    }
    std::vector<std::string> inOrder;
    for (const std::string& id : server.ids()) {
        if (expected.count(id) > 0) inOrder.push_back(id);
    }
    for (const Arguments& flags : {Arguments{"--failed"}, Arguments{"--status", "errored,Failed", "-s", "timed-out"}}) {
        Arguments arguments = {"list", "--all", "--rate", "off"};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_TRUE(holdsRuns(result.out, inOrder));
    }
    const Subprocess::Result page =
        runToEnd(programAt(server.baseUrl(), {"list", "--failed", "--limit", "7", "--page", "2"}));
    EXPECT_TRUE(holdsRuns(page.out, {inOrder.begin() + 7, inOrder.begin() + 14}));
}

TEST(Status, WarnsOfUnknownOnesAndSuggestsAnother) {
    testing::FakeServer server(historyOf(0));
    const Subprocess::Result typo = runToEnd(programAt(server.baseUrl(), {"list", "--status", "COMPLETD"}));
    EXPECT_EQ(typo.exitCode, 0);
    EXPECT_TRUE(holds(typo.err, "did you mean COMPLETED?")) << typo.err;
    const Subprocess::Result none = runToEnd(programAt(server.baseUrl(), {"list", "--status", "FAILED"}));
    EXPECT_EQ(none.exitCode, 0);
    EXPECT_TRUE(holds(none.err, "ERRORED")) << none.err;
    EXPECT_TRUE(holds(none.err, "--failed")) << none.err;
}

TEST(Errors, OneRunThatCannotBeReadLeavesTheOthers) {
    testing::FakeServer server(historyOf(600));
    const std::string id = server
                               .ids([] {
                                   ExecutionQuery query;
                                   query.status = "ERRORED";
                                   return query;
                               }())
                               .front();
    server.onRequest([&id](const testing::FakeRequest& request) -> std::optional<testing::FakeAnswer> {
        if (!holds(request.path, id)) return {};
        testing::FakeAnswer answer;
        answer.status = 500;
        return answer;
    });
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"errors", "--since", "52w", "--rate", "off", "--retries", "0"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(result.out, "cannot be read")) << result.out;
    EXPECT_GT(linesOf(result.out).size(), 2U);

    server.onRequest([](const testing::FakeRequest& request) -> std::optional<testing::FakeAnswer> {
        if (!holds(request.path, "/execution/")) return {};
        testing::FakeAnswer answer;
        answer.status = 500;
        return answer;
    });
    EXPECT_EQ(
        runToEnd(programAt(server.baseUrl(), {"errors", "--since", "52w", "--rate", "off", "--retries", "0"})).exitCode,
        6)
        << "the server is at fault, not a run";
}

TEST(Max, LimitsTheNumberOfRuns) {
    testing::FakeServer server(historyOf(300));
    const std::vector<std::string> ids = server.ids();
    for (const std::size_t count : {3U, 50U, 250U}) {
        const Subprocess::Result result =
            runToEnd(programAt(server.baseUrl(), {"list", "-L", std::to_string(count), "--rate", "off"}));
        EXPECT_TRUE(holdsRuns(result.out, {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count)})) << count;
    }
}

TEST(Max, GoesOnFromAPage) {
    testing::FakeServer server(historyOf(300));
    const std::vector<std::string> all = server.ids();
    const auto idsFrom = [&server](Arguments flags, const std::vector<std::string>& expected) {
        Arguments arguments = {"list", "--rate", "off"};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        return holdsRuns(runToEnd(programAt(server.baseUrl(), arguments)).out, expected);
    };
    EXPECT_TRUE(idsFrom({"--page", "2", "--max", "15"}, {all.begin() + 10, all.begin() + 25}));
    EXPECT_TRUE(idsFrom({"--page", "3", "--limit", "20", "--max", "5"}, {all.begin() + 40, all.begin() + 45}));
    EXPECT_TRUE(idsFrom({"--page", "29", "--max", "100"}, {all.begin() + 280, all.end()}));
    std::vector<std::string> completedOrRunning;
    ExecutionQuery query;
    query.status = "COMPLETED";
    const std::vector<std::string> completed = server.ids(query);
    query.status = "RUNNING";
    const std::vector<std::string> running = server.ids(query);
    for (const std::string& id : all) {
        const bool isWanted = std::find(completed.begin(), completed.end(), id) != completed.end() ||
                              std::find(running.begin(), running.end(), id) != running.end();
        if (isWanted) completedOrRunning.push_back(id);
    }
    EXPECT_TRUE(idsFrom({"-s", "running,completed", "--page", "2", "--max", "15"},
                        {completedOrRunning.begin() + 10, completedOrRunning.begin() + 25}));
}

TEST(Id, MayBeItsFirstLettersOrAPageOfTheDashboard) {
    testing::FakeServer server(historyOf(30));
    testing::FakeRun run;
    run.id = "abcdef75e5b8c9f7c8586cf0";
    server.addRun(run);
    for (const std::string& id :
         {std::string("abcdef75"),
          std::string("https://app.refold.ai/org/6992cc7dc124a392c80e9e9c/executions/") + run.id}) {
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"get", id}));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_TRUE(holds(result.out, run.id)) << result.out;
    }
    run.id = "abcdef75e5b8c9f7c8586cf1";
    server.addRun(run);
    const Subprocess::Result ambiguous = runToEnd(programAt(server.baseUrl(), {"get", "abcdef75"}));
    EXPECT_EQ(ambiguous.exitCode, 2) << "the run was not asked for";
    const std::vector<std::string> lines = linesOf(ambiguous.err);
    ASSERT_EQ(lines.size(), 3U) << ambiguous.err;
    EXPECT_EQ(lines[0], "refold-executions: several runs begin with \"abcdef75\"; give more of the id:");
    EXPECT_EQ(lines[1].rfind("abcdef75e5b8c9f7c8586cf1  RUNNING  ", 0), 0U) << lines[1];
    EXPECT_TRUE(holds(lines[1], "  Daily Sync")) << lines[1];
}

TEST(Id, OfWhichThereIsNoneIsRefused) {
    const testing::FakeServer server(historyOf(30));
    for (const char* const id : {"abcdef", "nobody"}) {
        const Subprocess::Result none = runToEnd(programAt(server.baseUrl(), {"get", id}));
        EXPECT_EQ(none.exitCode, 4);
        EXPECT_EQ(none.err, std::string("refold-executions: no run \"") + id + "\" for account \"user_12345\"\n");
    }
}

TEST(Id, IsLookedUpAmongTheLatestRunsOnly) {
    const testing::FakeServer server(historyOf(5001));
    const std::string oldest = server.ids().back();
    const Subprocess::Result none = runToEnd(programAt(server.baseUrl(), {"get", "abcdef75", "--rate", "off"}));
    EXPECT_EQ(none.exitCode, 4);
    EXPECT_TRUE(holds(none.err,
                      "no run \"abcdef75\" for account \"user_12345\"; the latest 5,000 were searched for an id that "
                      "begins with it; give the whole id of an older run\n"))
        << none.err;
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"get", oldest})).exitCode, 0);
}

TEST(Id, CandidatesOfAnAmbiguousOneAreLimited) {
    testing::FakeServer server(historyOf(0));
    for (int i = 10; i < 40; ++i) {
        testing::FakeRun run;
        run.id = "abcdef75e5b8c9f7c8586c" + std::to_string(i);
        server.addRun(run);
    }
    const Subprocess::Result stop = runToEnd(programAt(server.baseUrl(), {"stop", "abcd", "--yes"}));
    EXPECT_EQ(stop.exitCode, 2) << stop.err;
    EXPECT_EQ(linesOf(stop.err).size(), 12U) << stop.err;
    EXPECT_TRUE(holds(stop.err, "\nand more\n")) << stop.err;
}

/// Refuses the first requests with 503.
testing::FakeServer::RequestHook refuseFirst(int requests) {
    const auto count = std::make_shared<std::atomic<int>>(0);
    return [count, requests](const testing::FakeRequest&) -> std::optional<testing::FakeAnswer> {
        if (++*count > requests) return {};
        testing::FakeAnswer answer;
        answer.status = 503;
        return answer;
    };
}

TEST(Id, IsLookedUpThroughAnOutageByWaitAndWatch) {
    testing::FakeServer server(historyOf(30));
    testing::FakeRun run;
    run.id = "abcdef75e5b8c9f7c8586cf0";
    run.status = "ERRORED";
    server.addRun(run);
    for (const Arguments& arguments :
         {Arguments{"wait", "abcdef75", "--retries", "0"},
          {"watch", "--execution-id", "abcdef75", "--since", "2020-01-01", "--exit-status", "--retries", "0"}}) {
        // The request for the id, and one of the listing.
        for (const int refused : {1, 2}) {
            server.onRequest(refuseFirst(refused));
            const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
            EXPECT_EQ(result.exitCode, 1) << arguments.front() << ": " << result.err;
            EXPECT_TRUE(holds(result.out, run.id)) << result.out;
            EXPECT_TRUE(holds(result.err, "the server answers with an error, trying again at ")) << result.err;
            EXPECT_TRUE(holds(result.err, "the server answers again")) << result.err;
        }
    }
}

TEST(Id, IsNotLookedUpForLongerThanTheWaitsTimeout) {
    testing::FakeServer server(historyOf(30));
    server.onRequest(refuseFirst(1000));
    const auto start = std::chrono::steady_clock::now();
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"wait", "abcdef75", "--retries", "0", "--wait-timeout", "0.5"}));
    EXPECT_EQ(result.exitCode, 6) << result.err;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

std::string addFailed(testing::FakeServer& server, const std::string& output) {
    testing::FakeRun run;
    run.status = "ERRORED";
    const std::string id = server.addRun(run);
    testing::FakeNode node;
    node.id = "n1";
    node.name = "Upsert";
    node.status = "Errored";
    node.latestOutput = output;
    server.setNodes(id, {node});
    return id;
}

TEST(Errors, GroupsByNodeAndFoldedMessage) {
    testing::FakeServer server(historyOf(0));
    const std::string first = addFailed(server, R"({"error":{"message":"record 4711 not found"}})");
    addFailed(server, R"({"message":"record 42 not found"})");
    addFailed(server, R"("status code 429")");
    addFailed(server, R"("status code 500")");
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"errors", "--since", "2026-01-01"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    const std::vector<std::string> lines = linesOf(result.out);
    ASSERT_EQ(lines.size(), 3U) << result.out;
    EXPECT_EQ(lines[0].rfind(R"({"runs":2,"node":"Upsert","message":"record # not found")", 0), 0U) << lines[0];
    EXPECT_TRUE(holds(lines[0], "\"first\":{\"id\":\"" + first + "\"")) << lines[0];
    EXPECT_TRUE(holds(lines[0], R"("accounts":[{"id":"user_12345","runs":2}])")) << lines[0];
    const Subprocess::Result table =
        runToEnd(programAt(server.baseUrl(), {"errors", "--since", "2026-01-01", "--format", "table"}));
    EXPECT_TRUE(holds(table.out, "2  Upsert: record # not found")) << table.out;
    EXPECT_TRUE(holds(table.err, "refold-executions rerun --failed --since 2026-01-01")) << table.err;
}

TEST(Errors, OfRunningRunsAreTheirFailedNodes) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run;
    run.status = "RUNNING";
    const std::string failing = server.addRun(run);
    server.addRun(run);
    testing::FakeNode node;
    node.id = "n1";
    node.name = "Upsert";
    node.status = "Errored";
    node.latestOutput = R"({"message":"record 4711 not found"})";
    server.setNodes(failing, {node});
    addFailed(server, R"("quota exceeded")");
    const Arguments arguments = {"errors", "--running", "--since", "2026-01-01"};
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    const std::vector<std::string> lines = linesOf(result.out);
    ASSERT_EQ(lines.size(), 1U) << result.out;
    EXPECT_EQ(lines[0].rfind(R"({"runs":1,"node":"Upsert","message":"record # not found")", 0), 0U) << lines[0];
    EXPECT_TRUE(holds(lines[0], R"("statuses":[{"status":"RUNNING","runs":1}])")) << lines[0];
    const std::string shown = runToEnd(terminalAt(server.baseUrl(), arguments, 160)).terminal;
    EXPECT_TRUE(holds(shown, "a failed node in 1 of 2 runs, 1 error, ")) << shown;
    EXPECT_FALSE(holds(shown, "rerun")) << "what still runs cannot be rerun: " << shown;
    const Subprocess::Result both =
        runToEnd(programAt(server.baseUrl(), {"errors", "--running", "--failed", "--since", "2026-01-01"}));
    EXPECT_EQ(linesOf(both.out).size(), 2U) << both.out;
    server.setNodes(failing, {});
    const Subprocess::Result none = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(none.out, "");
    EXPECT_TRUE(holds(none.err, "no node has failed in the 2 runs that match")) << none.err;
}

TEST(Columns, ShowTheErrorOfFailedRuns) {
    testing::FakeServer server(historyOf(0));
    addFailed(server, R"({"message":"the CRM, hung up"})");
    const Subprocess::Result table =
        runToEnd(programAt(server.baseUrl(), {"list", "--columns", "status,workflow,error,duration,account,id"}));
    EXPECT_EQ(table.exitCode, 0) << table.err;
    EXPECT_TRUE(holds(table.out, "the CRM, hung up")) << table.out;
    const Subprocess::Result named =
        runToEnd(programAt(server.baseUrl(), {"list", "--columns", "account,status", "--format", "table"}));
    EXPECT_TRUE(holds(named.out, "user_12345")) << "a column that is asked for is shown:\n" << named.out;
    const Subprocess::Result csv = runToEnd(programAt(
        server.baseUrl(), {"list", "--max", "5", "--columns", "status,error", "--format", "csv", "--csv-bom"}));
    EXPECT_EQ(csv.out, "\xEF\xBB\xBFstatus,error\r\nERRORED,\"the CRM, hung up\"\r\n");
}

TEST(Quiet, LeavesOutTotals) {
    testing::FakeServer server(historyOf(5));
    EXPECT_NE(runToEnd(programAt(server.baseUrl(), {"list", "--format", "table"})).err, "");
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"list", "--format", "table", "-q"})).err, "");
    EXPECT_TRUE(holds(runToEnd(programAt(server.baseUrl(), {"list", "-v"})).err, "> GET http://127.0.0.1:"));
}

TEST(FoldMessage, KeepsWhatDistinguishesErrors) {
    EXPECT_EQ(cli::foldMessage("record 4711 of 12.5 kB"), "record # of # kB");
    EXPECT_EQ(cli::foldMessage("run 6a311e75e5b8c9f7c8586cf0 failed"), "run <id> failed");
    EXPECT_EQ(cli::foldMessage("id 123e4567-e89b-12d3-a456-426614174000."), "id <id>.");
    EXPECT_EQ(cli::foldMessage("Request failed with status code 429"), "Request failed with status code 429");
    EXPECT_EQ(cli::foldMessage("HTTP 503: busy since 2026-06-16T13:15:00Z"), "HTTP 503: busy since <date>");
    EXPECT_EQ(cli::foldMessage("{\"statusCode\":422,\"row\":17}"), "{\"statusCode\":422,\"row\":#}");
    EXPECT_EQ(cli::foldMessage("no user a.b@example.com"), "no user <email>");
    EXPECT_EQ(cli::foldMessage("ECONNRESET"), "ECONNRESET");
}

}  // namespace
}  // namespace refold::test
