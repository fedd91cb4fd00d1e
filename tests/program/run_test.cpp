// Tests get, wait, stop and rerun: their output, exit codes and requests.
#include "program.hpp"

#include "display_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace refold::test {
namespace {

constexpr const char* runId = "6a311e75e5b8c9f7c8586cf0";

testing::FakeNode node(const std::string& name, const std::string& status, const std::string& output = "{}") {
    testing::FakeNode made;
    made.id = "id_" + name;
    made.name = name;
    made.status = status;
    made.latestOutput = output;
    return made;
}

/// Returns a server with one run of that status.
std::unique_ptr<testing::FakeServer> serverWith(const std::string& status) {
    auto server = std::make_unique<testing::FakeServer>(historyOf(0));
    testing::FakeRun run;
    run.id = runId;
    run.status = status;
    server->addRun(run);
    return server;
}

void setStages(testing::FakeServer& server, const std::vector<std::string>& statuses) {
    std::vector<testing::FakeStage> stages;
    for (const std::string& status : statuses) {
        testing::FakeStage stage;
        stage.status = status;
        stage.percentage = 40;
        stages.push_back(stage);
    }
    server.setStages(runId, stages);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t posts(const testing::FakeServer& server) {
    const std::vector<testing::FakeRequest> requests = server.requests();
    return static_cast<std::size_t>(
        std::count_if(requests.begin(), requests.end(), [](const auto& request) { return request.method == "POST"; }));
}

SubprocessOptions askedAt(const std::string& baseUrl, Arguments arguments) {
    SubprocessOptions options = programAt(baseUrl, std::move(arguments));
    options.err = Stream::terminal;
    options.readsTerminal = true;
    return options;
}

TEST(Get, ShowsNodesAndTheFailedOnesError) {
    const auto server = serverWith("FAILED");
    server->setNodes(runId, {node("Fetch", "Success"), node("Upsert", "Errored", R"("first line\nsecond \"line\"")"),
                             node("Tell", "Ready")});
    const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {"get", runId, "--format", "table"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    for (const char* const part :
         {runId, "\xE2\x9C\x96 FAILED", "Daily Sync", "ATTEMPTS", "\xE2\x9C\x94 Success", "\xE2\x9C\x96 Errored",
          "\xE2\x97\x8B Ready", "1/3", "0.12 s", "Output of Upsert:\n  first line\n  second \"line\"\n"}) {
        EXPECT_TRUE(holds(result.out, part)) << part << "\n" << result.out;
    }
}

TEST(Get, IsEscapedAndFitsTheTerminal) {
    const auto server = serverWith("FAILED");
    server->setNodes(runId, {node("evil \x1b[2J \xE2\x80\xAE name " + std::string(200, 'x'), "Errored",
                                  "\"\x7f \xC2\x9B" + std::string(9000, 'y') + "\"")});
    for (const unsigned short columns : {std::uint16_t{30}, std::uint16_t{80}}) {
        SubprocessOptions options = terminalAt(server->baseUrl(), {"get", runId}, columns);
        options.environment["NO_COLOR"] = "1";
        const std::string text = runToEnd(options).terminal;
        EXPECT_TRUE(holds(text, "and more")) << text;
        for (const std::string& line : linesOf(text)) {
            EXPECT_LE(cli::displayWidth(line), columns) << line;
            EXPECT_EQ(cli::forDisplay(line, cli::Charset::utf8).text, line) << "the output contains unsafe characters";
        }
    }
}

TEST(Get, JsonIsTheServersText) {
    testing::FakeServer server(historyOf(1));
    testing::FakeAnswer answer;
    answer.body = "{\"_id\": \"a\",\r\n\t\"x\":1.50, \"status\":\"COMPLETED\", \"nodes\" :[ ]}";
    server.answerNext(answer, 3);
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"get", "run_a"})).out, answer.body + "\n");
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"get", "run_a", "--format", "json"})).out, answer.body + "\n");
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"get", "run_a", "--format", "ndjson"})).out,
              "{\"_id\": \"a\",\"x\":1.50, \"status\":\"COMPLETED\", \"nodes\" :[ ]}\n");
}

TEST(Get, UnknownRunIsRefusedAndABadIdIsNotSent) {
    const auto server = serverWith("RUNNING");
    const Subprocess::Result unknown = runToEnd(programAt(server->baseUrl(), {"get", "nobody"}));
    EXPECT_EQ(unknown.exitCode, 4);
    EXPECT_EQ(unknown.err, "refold-executions: no run \"nobody\" for account \"user_12345\"\n");
    const std::uint64_t sent = server->requestCount();
    for (const char* const id : {"", ".", ".."}) {
        EXPECT_EQ(runToEnd(programAt(server->baseUrl(), {"get", id})).exitCode, 2) << id;
    }
    EXPECT_EQ(server->requestCount(), sent);
}

TEST(Wait, EndsWith0OrWith1IfTheRunFailed) {
    for (const auto& [status, code] : {std::pair{"COMPLETED", 0}, std::pair{"STOPPED", 0}, std::pair{"FAILED", 1}}) {
        const auto server = serverWith("RUNNING");
        setStages(*server, {"RUNNING", "RUNNING", status});
        const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {"wait", runId, "--interval", "0.01"}));
        EXPECT_EQ(result.exitCode, code) << result.err;
        EXPECT_TRUE(holds(result.out, std::string(status) + "  " + runId)) << result.out;
        EXPECT_EQ(result.err, "") << "progress is shown on terminals only";
        EXPECT_EQ(server->requestCount(), 3U);
    }
}

TEST(Wait, ReportsAnOutageWithItsPauseAndItsEnd) {
    const auto server = serverWith("RUNNING");
    setStages(*server, {"RUNNING", "RUNNING", "COMPLETED"});
    testing::FakeAnswer maintenance;
    maintenance.body = "<html><body>We are back soon.</body></html>";
    maintenance.contentType = "text/html";
    int requests = 0;
    server->onRequest([&](const testing::FakeRequest& /*request*/) {
        ++requests;
        return requests == 2 || requests == 3 ? std::optional(maintenance) : std::nullopt;
    });
    const Subprocess::Result result =
        runToEnd(programAt(server->baseUrl(), {"wait", runId, "--interval", "0.01", "--retries", "0"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    const std::vector<std::string> lines = linesOf(result.err);
    ASSERT_EQ(lines.size(), 2U) << result.err;
    const std::regex begin(
        ".*the server answers with an error, trying again at \\d\\d:\\d\\d:\\d\\d UTC \\(in .*\\): .*");
    EXPECT_TRUE(std::regex_match(lines[0], begin)) << lines[0];
    EXPECT_TRUE(holds(lines[1], "the server answers again, after ")) << lines[1];
}

TEST(Wait, ToleratesAFewPollsWithoutARunThatItHasSeen) {
    const std::string shortId = std::string(runId).substr(0, 6);
    for (const int status : {400, 404, 410}) {
        for (const std::string& id : {std::string(runId), shortId}) {
            const auto server = serverWith("RUNNING");
            setStages(*server, {"RUNNING", "COMPLETED"});
            int seen = 0;
            int missing = 0;
            server->onRequest([&](const testing::FakeRequest& request) {
                if (!holds(request.path, runId) || ++seen == 1 || missing == 3)
                    return std::optional<testing::FakeAnswer>();
                ++missing;
                testing::FakeAnswer lagging;
                lagging.status = status;
                lagging.body = R"({"error_code":"RESOURCE_NOT_FOUND","message":"Execution not found"})";
                return std::optional(lagging);
            });
            const Subprocess::Result result =
                runToEnd(programAt(server->baseUrl(), {"wait", id, "--interval", "0.01"}));
            EXPECT_EQ(result.exitCode, 0) << status << " " << id << ": " << result.err;
            EXPECT_EQ(missing, 3);
        }
    }
}

TEST(Wait, EndsAtOnceIfTheRunIsUnknown) {
    const auto server = serverWith("RUNNING");
    const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {"wait", "6a314c54d4616e99e7fa5a99"}));
    EXPECT_EQ(result.exitCode, 4);
    EXPECT_EQ(result.err, "refold-executions: no run \"6a314c54d4616e99e7fa5a99\" for account \"user_12345\"\n");
    EXPECT_EQ(server->requestCount(), 1U);
}

TEST(Wait, NamesAnOutageByTheLastAnswer) {
    const auto server = serverWith("RUNNING");
    setStages(*server, {"RUNNING", "COMPLETED"});
    int requests = 0;
    server->onRequest([&](const testing::FakeRequest& /*request*/) {
        testing::FakeAnswer refusal;
        refusal.status = 503;
        testing::FakeAnswer half;
        half.body = "{\"_id\":\"a\",\"status\":\"COMPLETED\"}";
        half.ending = testing::FakeAnswer::Ending::truncated;
        // An earlier complete answer must not count.
        ++requests;
        if (requests == 2) return std::optional(refusal);
        return requests == 3 ? std::optional(half) : std::nullopt;
    });
    const Subprocess::Result result =
        runToEnd(programAt(server->baseUrl(), {"wait", runId, "--interval", "0.01", "--retries", "1"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(result.err, "no complete answer from the server, trying again at ")) << result.err;
    EXPECT_FALSE(holds(result.err, "with an error")) << result.err;
}

TEST(Wait, ShowsProgressOnATerminalAndEndsByCtrlC) {
    const auto server = serverWith("RUNNING");
    setStages(*server, {"RUNNING"});
    Subprocess process(askedAt(server->baseUrl(), {"wait", runId, "--interval", "60"}));
    EXPECT_TRUE(process.waitForTerminal("RUNNING  40%"));
    process.type("\x03");
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 130);
    EXPECT_TRUE(holds(result.terminal, "\r\x1b[Krefold-executions: interrupted")) << result.terminal;
}

TEST(Wait, GivesUpAfterItsTimeout) {
    const auto server = serverWith("RUNNING");
    const Subprocess::Result result =
        runToEnd(programAt(server->baseUrl(), {"wait", runId, "--interval", "0.05", "--wait-timeout", "0.2"}));
    EXPECT_EQ(result.exitCode, 5);
    EXPECT_TRUE(holds(result.err, "RUNNING")) << result.err;
    EXPECT_EQ(result.out, "");
}

TEST(StopAndRerun, RefuseInAPipeBeforeAnythingIsSent) {
    const auto server = serverWith("RUNNING");
    for (const char* const command : {"stop", "rerun"}) {
        const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {command, runId}));
        EXPECT_EQ(result.exitCode, 2);
        EXPECT_TRUE(holds(result.err, "--yes")) << result.err;
    }
    EXPECT_EQ(server->requestCount(), 0U);
}

TEST(StopAndRerun, AskForConfirmation) {
    const auto server = serverWith("RUNNING");
    for (const char* const command : {"stop", "rerun"}) {
        for (const char* const answer : {"\n", "n\n", "yeah\n", "\x04"}) {
            Subprocess process(askedAt(server->baseUrl(), {command, runId}));
            ASSERT_TRUE(process.waitForTerminal("[y/N] "));
            process.type(answer);
            const Subprocess::Result result = process.wait();
            EXPECT_EQ(result.exitCode, 1) << "a script must not read the refusal as success";
            EXPECT_TRUE(holds(result.terminal, "nothing was done")) << result.terminal;
            EXPECT_TRUE(holds(result.terminal, "(Daily Sync, RUNNING, "))
                << "the question describes the run, not only its id: " << result.terminal;
        }
    }
    EXPECT_EQ(posts(*server), 0U);
}

TEST(Stop, StopsWithAYesOrWithTheFlag) {
    const auto asked = serverWith("RUNNING");
    Subprocess process(askedAt(asked->baseUrl(), {"stop", runId}));
    ASSERT_TRUE(process.waitForTerminal("[y/N] "));
    process.type("Yes\n");
    EXPECT_EQ(process.wait().exitCode, 0);
    EXPECT_EQ(posts(*asked), 1U);

    const auto told = serverWith("RUNNING");
    EXPECT_EQ(runToEnd(programAt(told->baseUrl(), {"stop", runId, "--yes"})).exitCode, 0);
    EXPECT_EQ(posts(*told), 1U);
    EXPECT_TRUE(holds(told->runJson(runId), "STOPPED"));
}

TEST(Rerun, PrintsTheNewIdAndNothingElse) {
    const auto server = serverWith("FAILED");
    const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {"rerun", runId, "--yes"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    const std::vector<std::string> ids = server->ids();
    ASSERT_EQ(ids.size(), 2U);
    EXPECT_EQ(result.out, (ids[0] == runId ? ids[1] : ids[0]) + "\n");
}

TEST(Rerun, EscapesThePrintedId) {
    testing::FakeServer server(historyOf(1));
    testing::FakeAnswer answer;
    answer.body = R"({"status": "success", "id": "a\u001b[2J\n\u202eb \u00e9"})";
    for (const char* const locale : {"C", "C.UTF-8"}) {
        server.answerNext(answer);
        SubprocessOptions options = programAt(server.baseUrl(), {"rerun", "run_a", "--yes"});
        options.environment["LC_ALL"] = locale;
        const Subprocess::Result result = runToEnd(options);
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_EQ(result.out, "a\u241B[2J\u240A\uFFFDb \u00E9\n") << "harmless characters are unchanged in any locale";
    }
}

TEST(Rerun, WaitsAndEndsWith1IfTheNewRunFailed) {
    const auto server = serverWith("COMPLETED");
    server->onRequest([&server](const testing::FakeRequest& request) {
        if (request.method == "GET") server->setStatus(request.path.substr(request.path.rfind('/') + 1), "FAILED");
        return std::optional<testing::FakeAnswer>();
    });
    const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {"rerun", runId, "--yes", "--wait"}));
    EXPECT_EQ(result.exitCode, 1) << result.err;
    EXPECT_EQ(linesOf(result.out).size(), 1U) << result.out;
    EXPECT_TRUE(holds(result.err, "FAILED  " + result.out.substr(0, result.out.size() - 1))) << result.err;
}

TEST(Rerun, WaitToleratesANewRunThatIsNotFoundYet) {
    for (const int status : {404, 400}) {
        const auto server = serverWith("ERRORED");
        testing::FakeAnswer notYet;
        notYet.status = status;
        notYet.body = R"({"error_code":"RESOURCE_NOT_FOUND","message":"Execution not found"})";
        int polls = 0;
        server->onRequest([&](const testing::FakeRequest& request) {
            if (request.method != "GET" || holds(request.path, runId)) return std::optional<testing::FakeAnswer>();
            if (++polls <= 2) return std::optional(notYet);
            server->setStatus(request.path.substr(request.path.rfind('/') + 1), "COMPLETED");
            return std::optional<testing::FakeAnswer>();
        });
        const Subprocess::Result result =
            runToEnd(programAt(server->baseUrl(), {"rerun", runId, "--yes", "--wait", "--interval", "0.01"}));
        EXPECT_EQ(result.exitCode, 0) << status << ": " << result.err;
        EXPECT_EQ(polls, 3) << status;
    }
}

TEST(Rerun, WaitReportsAnOutage) {
    const auto server = serverWith("ERRORED");
    int polls = 0;
    server->onRequest([&](const testing::FakeRequest& request) {
        testing::FakeAnswer down;
        down.status = 502;
        if (request.method != "GET" || holds(request.path, runId)) return std::optional<testing::FakeAnswer>();
        if (++polls == 1) return std::optional(down);
        server->setStatus(request.path.substr(request.path.rfind('/') + 1), "COMPLETED");
        return std::optional<testing::FakeAnswer>();
    });
    const Subprocess::Result result = runToEnd(
        programAt(server->baseUrl(), {"rerun", runId, "--yes", "--wait", "--interval", "0.01", "--retries", "0"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(result.err, "answers with an error, trying again at ")) << result.err;
    EXPECT_TRUE(holds(result.err, "answers again")) << result.err;
}

TEST(Rerun, ReportsAnUnknownOutcomeAndDoesNotSendAgain) {
    const auto server = serverWith("FAILED");
    server->breakNext(testing::FakeAnswer::Ending::closed);
    const Subprocess::Result result = runToEnd(programAt(server->baseUrl(), {"rerun", runId, "--yes"}));
    EXPECT_EQ(result.exitCode, 5);
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(holds(result.err, "may have")) << result.err;
    EXPECT_EQ(posts(*server), 1U);
}

}  // namespace
}  // namespace refold::test
