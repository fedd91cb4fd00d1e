// Tests an on-call engineer's sequence of commands: which runs failed and why, grouped and in order of time; rerunning
// ids from a pipe; confirming a list of runs.
#include "program.hpp"

#include "display_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <string>

namespace refold::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

Timestamp minutesAgo(int minutes) {
    return currentTime() - std::chrono::minutes(minutes);
}

std::string add(testing::FakeServer& server, const std::string& status, int minutes, const std::string& message = "") {
    testing::FakeRun run;
    run.status = status;
    run.createdAt = minutesAgo(minutes);
    const std::string id = server.addRun(run);
    if (message.empty()) return id;
    testing::FakeNode node;
    node.id = "n1";
    node.name = "Upsert";
    node.status = "Errored";
    node.latestOutput = "{\"message\":\"" + message + "\"}";
    server.setNodes(id, {node});
    return id;
}

TEST(OnCall, HistoryNamesTheMostFrequentErrors) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 3; ++i) add(server, "ERRORED", 30 + i, "record 4711 not found");
    add(server, "FAILED", 20, "quota exceeded");
    for (const Arguments& flags : {Arguments{"--why"}, Arguments{"--group-by", "error"}}) {
        Arguments arguments = {"history", "--since", "2h"};
        arguments.insert(arguments.end(), flags.begin(), flags.end());
        const auto json = nlohmann::json::parse(runToEnd(programAt(server.baseUrl(), arguments)).out, nullptr, false);
        ASSERT_EQ(json["errors"].size(), 2U) << json.dump();
        EXPECT_EQ(json["errors"][0]["message"], "record # not found");
        EXPECT_EQ(json["errors"][0]["runs"], 3);
        arguments.insert(arguments.end(), {"--format", "table"});
        EXPECT_TRUE(holds(runToEnd(programAt(server.baseUrl(), arguments)).out, "3  Upsert: record # not found"));
    }
    const auto without =
        nlohmann::json::parse(runToEnd(programAt(server.baseUrl(), {"history", "--since", "2h"})).out, nullptr, false);
    EXPECT_TRUE(without["errors"].is_null());
}

TEST(OnCall, ErrorsReadsAsManyDetailsAsRequested) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 6; ++i) add(server, "ERRORED", 10 + i, i < 2 ? "late" : "early");
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"errors", "--since", "2h", "--max", "2"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    ASSERT_EQ(linesOf(result.out).size(), 1U) << result.out;
    EXPECT_TRUE(holds(result.out, "\"message\":\"late\"")) << result.out;
    EXPECT_TRUE(holds(result.err, "the latest 2 of 6 failed runs; --max N reads more")) << result.err;
    std::size_t details = 0;
    for (const testing::FakeRequest& request : server.requests())
        details += holds(request.path, "/execution/") ? 1U : 0U;
    EXPECT_EQ(details, 2U);
}

TEST(OnCall, ErrorsShowsMessagesWhole) {
    testing::FakeServer server(historyOf(0));
    add(server, "TIMED_OUT", 20,
        "TypeError: Cannot read properties of undefined (reading 'identifier of the contact')");
    SubprocessOptions options = terminalAt(server.baseUrl(), {"errors", "--since", "2h", "--status", "TIMED_OUT"});
    options.environment["NO_COLOR"] = "1";
    const std::string shown = runToEnd(options).terminal;
    EXPECT_TRUE(holds(shown,
                      "    1  Upsert: TypeError: Cannot read properties of undefined (reading\n"
                      "       'identifier of the contact')\n"))
        << shown;
    EXPECT_TRUE(holds(shown, "refold-executions rerun --status TIMED_OUT --since 2h"))
        << "the runs that were counted, and no others: " << shown;
}

TEST(OnCall, HistoryNamesTheAccountsOfTheLatestFailures) {
    testing::FakeServerOptions several = historyOf(300);
    several.otherAccounts = {"acme-gmbh"};
    const testing::FakeServer server(several);
    const Arguments arguments = {"history", "--since", "2025-01-01", "--until", "2026-06-17"};
    const std::string wide = runToEnd(terminalAt(server.baseUrl(), arguments, 160)).terminal;
    const std::size_t latest = wide.find("LATEST FAILURES");
    ASSERT_NE(latest, std::string::npos);
    EXPECT_NE(wide.find("acme-gmbh", latest), std::string::npos) << wide.substr(latest);

    const std::string at80 = withoutColours(runToEnd(terminalAt(server.baseUrl(), arguments, 80)).terminal);
    const std::string failures = at80.substr(std::min(at80.size(), at80.find("LATEST FAILURES")));
    EXPECT_NE(failures.find("  acme-gmbh"), std::string::npos) << failures;
    for (const std::string& line : linesOf(failures)) EXPECT_LE(cli::displayWidth(line), 80U) << line;
}

TEST(OnCall, HistoryShowsTheOldestFailureFirstIfAsked) {
    testing::FakeServer server(historyOf(0));
    const std::string older = add(server, "ERRORED", 40);
    const std::string later = add(server, "ERRORED", 20);
    for (const bool ascending : {false, true}) {
        Arguments arguments = {"history", "--since", "2h"};
        if (ascending) arguments.emplace_back("--sort-asc");
        const std::string shown = runToEnd(terminalAt(server.baseUrl(), arguments)).terminal;
        EXPECT_EQ(shown.find(older) < shown.find(later), ascending) << shown;
        EXPECT_EQ(holds(shown, "oldest first"), ascending) << shown;
        arguments.insert(arguments.end(), {"--html", "-"});
        const std::string page = runToEnd(programAt(server.baseUrl(), arguments)).out;
        const std::string table = page.substr(std::min(page.size(), page.find("id=\"runs\"")));
        EXPECT_EQ(table.find(older) < table.find(later), ascending) << table;
        EXPECT_EQ(holds(table, "aria-sort=\"ascending\""), ascending) << table;
    }
}

TEST(OnCall, RerunsIdsFromAPipe) {
    testing::FakeServer server(historyOf(0));
    const std::string first = add(server, "ERRORED", 5);
    const std::string second = add(server, "ERRORED", 4);
    const std::size_t before = server.runCount();
    const Subprocess::Result ids =
        runWithInput(server, first + "\n\n" + second + "\r\n" + first, {"rerun", "-", "--yes"});
    EXPECT_EQ(ids.exitCode, 0) << ids.err;
    EXPECT_TRUE(holds(ids.err, "2 rerun, 0 refused, 0 in doubt")) << ids.err;
    EXPECT_EQ(server.runCount(), before + 2);
    const std::string ndjson = server.runJson(first) + "\n" +
                               R"({"previousStatus":null,"at":"2026-06-16T13:15:00.000Z","backlog":true,"execution":)" +
                               server.runJson(second) + "}\n";
    const Subprocess::Result lines = runWithInput(server, ndjson, {"rerun", "-", "--yes"});
    EXPECT_TRUE(holds(lines.err, "2 rerun, 0 refused, 0 in doubt")) << lines.err;
    const Subprocess::Result noRun = runWithInput(server, R"({"x":1})", {"rerun", "-", "--yes"});
    EXPECT_EQ(noRun.exitCode, 2);
    EXPECT_TRUE(holds(noRun.err, R"(stdin: the line '{"x":1}' is no run)")) << noRun.err;
}

TEST(OnCall, AsksWithWorkflowStatusAndAgeOfEachRun) {
    testing::FakeServer server(historyOf(0));
    const std::string failed = add(server, "ERRORED", 125);
    add(server, "TIMED_OUT", 3);
    SubprocessOptions options = terminalAt(server.baseUrl(), {"rerun", "--failed", "--since", "3h"});
    options.readsTerminal = true;
    Subprocess process(options);
    ASSERT_TRUE(process.waitForTerminal("Rerun 2 runs? This repeats their effects. [y/N] "));
    process.type("y\n");
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 0) << result.terminal;
    EXPECT_TRUE(holds(result.terminal, failed + "  ERRORED    2h ago  Daily Sync\n")) << result.terminal;
    EXPECT_TRUE(holds(result.terminal, "  TIMED_OUT  3m ago  Daily Sync\n")) << result.terminal;
    EXPECT_TRUE(holds(result.terminal, "2 rerun, 0 refused, 0 in doubt")) << result.terminal;
}

TEST(OnCall, RerunWaitsForAllAndEndsWithOneIfOneFailedAgain) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 2; ++i) add(server, "ERRORED", i + 1);
    Subprocess program(programAt(server.baseUrl(), {"rerun", "--failed", "--yes", "--wait", "--interval", "20ms"}));
    ASSERT_TRUE(program.waitForError("2 rerun, 0 refused, 0 in doubt"));
    ExecutionQuery query;
    query.status = "RUNNING";
    const std::vector<std::string> started = server.ids(query);
    ASSERT_EQ(started.size(), 2U);
    server.setStatus(started[0], "COMPLETED");
    server.setStatus(started[1], "ERRORED");
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 1) << result.err;
    for (const std::string& id : started) EXPECT_TRUE(holds(result.err, id)) << result.err;
}

TEST(OnCall, ListHintsAtMoreAndShowsSeveralAccounts) {
    testing::FakeServerOptions several = historyOf(60);
    several.otherAccounts = {"acme-gmbh"};
    const testing::FakeServer server(several);
    const Subprocess::Result shared = runToEnd(terminalAt(server.baseUrl(), {"list"}, 160));
    EXPECT_TRUE(holds(shared.terminal, "ACCOUNT")) << shared.terminal;
    EXPECT_TRUE(holds(shared.terminal, "acme-gmbh")) << shared.terminal;
    EXPECT_TRUE(holds(shared.terminal, "page 1 of 6, 60 runs in all; more: --page 2, --max 100, or --all"))
        << shared.terminal;
    const testing::FakeServer alone(historyOf(60));
    EXPECT_FALSE(holds(runToEnd(terminalAt(alone.baseUrl(), {"list"}, 160)).terminal, "ACCOUNT"));
}

TEST(OnCall, RunningFindsRunsInProgress) {
    testing::FakeServer server(historyOf(0));
    const std::string running = add(server, "RUNNING", 3);
    add(server, "COMPLETED", 2);
    EXPECT_TRUE(holdsRuns(runToEnd(programAt(server.baseUrl(), {"list", "--running", "--all"})).out, {running}));
    const auto json = nlohmann::json::parse(
        runToEnd(programAt(server.baseUrl(), {"history", "--running", "--since", "1h"})).out, nullptr, false);
    EXPECT_EQ(json["totals"]["runs"], 1);
}

}  // namespace
}  // namespace refold::test
