// Tests that rerun and stop act on nothing that was not meant, on nothing twice, and lose no result: in use by two
// commands, with wrong input, with servers that ignore filters or fail, and where output or journal cannot be written.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <set>

namespace refold::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string add(testing::FakeServer& server, const std::string& status, const std::string& id = "") {
    testing::FakeRun run;
    run.id = id;
    run.status = status;
    return server.addRun(run);
}

/// Returns the ids of the runs that were acted on, one for each request.
std::vector<std::string> acted(const testing::FakeServer& server) {
    std::vector<std::string> ids;
    for (const testing::FakeRequest& request : server.requests()) {
        if (request.method != "POST") continue;
        const std::size_t end = request.path.rfind('/');
        const std::size_t begin = request.path.rfind('/', end - 1) + 1;
        ids.push_back(request.path.substr(begin, end - begin));
    }
    return ids;
}

/// Answers each POST with a status.
void answerPosts(testing::FakeServer& server, int status) {
    server.onRequest([status](const testing::FakeRequest& request) {
        testing::FakeAnswer answer;
        answer.status = status;
        answer.body = R"({"message":"Server Error"})";
        return request.method == "POST" ? std::optional(answer) : std::nullopt;
    });
}

TEST(BulkCheckpoint, IsRefusedWhileAnotherCommandUsesIt) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 3; ++i) add(server, "ERRORED");
    server.setLatency(std::chrono::milliseconds(400));
    const TemporaryDirectory directory;
    const Arguments arguments = {"rerun", "--failed", "--yes", "--checkpoint", directory.file("state")};
    Subprocess first(programAt(server.baseUrl(), arguments));
    ASSERT_TRUE(first.waitForOutput("newId"));
    const Subprocess::Result second = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(second.exitCode, 2);
    EXPECT_TRUE(holds(second.err, "is in use by another command")) << second.err;
    EXPECT_EQ(first.wait().exitCode, 0);
    EXPECT_EQ(acted(server).size(), 3U);
}

TEST(BulkCheckpoint, RefusesOtherIdsOnStdin) {
    testing::FakeServer server(historyOf(0));
    for (const char* const id : {"run_a", "run_b", "run_c"}) add(server, "ERRORED", id);
    const TemporaryDirectory directory;
    const Arguments arguments = {"rerun", "-", "--yes", "--checkpoint", directory.file("state")};
    EXPECT_EQ(runWithInput(server, "run_a\nrun_b\n", arguments).exitCode, 0);
    const Subprocess::Result other = runWithInput(server, "run_a\nrun_b\nrun_c\n", arguments);
    EXPECT_EQ(other.exitCode, 2);
    EXPECT_TRUE(holds(other.err, "other runs")) << other.err;
    EXPECT_EQ(runWithInput(server, "run_b\nrun_a\n", arguments).exitCode, 0) << "the same ids in another order";
    EXPECT_EQ(acted(server), (std::vector<std::string>{"run_a", "run_b"}));
}

TEST(BulkCheckpoint, SaysThatNothingIsLeft) {
    testing::FakeServer server(historyOf(0));
    add(server, "ERRORED");
    const TemporaryDirectory directory;
    const std::string file = directory.file("state");
    const Arguments arguments = {"rerun", "--failed", "--yes", "--checkpoint", file};
    runToEnd(programAt(server.baseUrl(), arguments));
    const Subprocess::Result again = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(again.err,
              "refold-executions: nothing is left to do; earlier: 1 rerun, 0 refused, 0 in doubt; to start again, "
              "remove " +
                  file + "\n");
}

TEST(BulkCheckpoint, DryRunShowsWhatIsLeft) {
    testing::FakeServer server(historyOf(0));
    for (const char* const id : {"run_a", "run_b", "run_c"}) add(server, "ERRORED", id);
    server.onRequest([](const testing::FakeRequest& request) {
        testing::FakeAnswer answer;
        answer.status = 401;
        return holds(request.path, "/run_b/") ? std::optional(answer) : std::nullopt;
    });
    const TemporaryDirectory directory;
    Arguments arguments = {"rerun", "run_a", "run_b", "run_c", "--yes", "--checkpoint", directory.file("state")};
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), arguments)).exitCode, 3);
    arguments.push_back("--dry-run");
    const Subprocess::Result planned = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(linesOf(planned.out).size(), 2U) << planned.out;
    EXPECT_FALSE(holds(planned.out, "\"run_a\"")) << planned.out;
}

TEST(BulkCheckpoint, ReportsANewRunThatItCannotRecord) {
    // The limit lies between the line before the request and the one after it.
    const std::string id(250, 'a');
    testing::FakeServer server(historyOf(0));
    add(server, "ERRORED", id);
    const TemporaryDirectory directory;
    SubprocessOptions options =
        programAt(server.baseUrl(), {"-c", R"(ulimit -f 2; exec "$0" "$@")", REFOLD_EXECUTIONS_PROGRAM, "rerun", id,
                                     "--yes", "--checkpoint", directory.file("state")});
    options.program = "/bin/sh";
    options.ignoredSignals = {SIGXFSZ};
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(acted(server).size(), 1U);
    EXPECT_TRUE(holds(result.out, "\"newId\":\"")) << result.out;
    EXPECT_TRUE(holds(result.err, "1 rerun, 0 refused, 0 in doubt\n")) << result.err;
    EXPECT_TRUE(holds(result.err, "cannot be written")) << result.err;
}

TEST(BulkRerun, GoesOnWhenTheReaderOfStdoutHasGone) {
    testing::FakeServer server(historyOf(0));
    for (const char* const id : {"run_a", "run_b", "run_c"}) add(server, "ERRORED", id);
    for (const bool single : {false, true}) {
        Subprocess program(programAt(server.baseUrl(), single
                                                           ? Arguments{"rerun", "run_a", "--yes"}
                                                           : Arguments{"rerun", "run_a", "run_b", "run_c", "--yes"}));
        program.closeOutput();
        const Subprocess::Result result = program.wait();
        EXPECT_EQ(result.exitCode, 0);
        const std::vector<std::string> ids = server.ids();
        EXPECT_TRUE(holds(result.err, ids.front())) << "the new run's id is lost: " << result.err;
        if (single) continue;
        EXPECT_TRUE(holds(result.err, "3 rerun, 0 refused, 0 in doubt")) << result.err;
    }
    EXPECT_EQ(acted(server).size(), 4U);
}

TEST(BulkRerun, SendsNothingIfALineOfStdinIsNoId) {
    testing::FakeServer server(historyOf(0));
    add(server, "ERRORED", "run_a");
    for (const char* const input : {"_id,name,status\nrun_a,Daily Sync,ERRORED\n", "run_a\n[]\n",
                                    "run_a\nERRORED 2h ago\n", "run_a\n{\"name\":\"Daily Sync\"}\n"}) {
        const Subprocess::Result result = runWithInput(server, input, {"rerun", "-", "--yes"});
        EXPECT_EQ(result.exitCode, 2) << input;
        EXPECT_TRUE(holds(result.err, "stdin: ")) << result.err;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST(BulkRerun, LeavesOutRunsThatTheFiltersDoNotName) {
    testing::FakeServer server(historyOf(0));
    const std::string meant = add(server, "TIMED_OUT");
    std::string docs = server.runJson(meant) + "," + server.runJson(add(server, "COMPLETED"));
    testing::FakeRun other;
    other.status = "ERRORED";
    other.workflowName = "Billing";
    docs += "," + server.runJson(server.addRun(other));
    server.onRequest([docs](const testing::FakeRequest& request) {
        testing::FakeAnswer answer;
        answer.body = R"({"docs":[)" + docs + R"(],"totalDocs":3,"limit":100,"page":1,"totalPages":1,)" +
                      R"("hasNextPage":false})";
        return request.method == "GET" ? std::optional(answer) : std::nullopt;
    });
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--status", "ERRORED", "-w", "daily", "--yes"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(acted(server), std::vector<std::string>{meant});
    EXPECT_TRUE(holds(result.err, "warning: the server sent 2 runs that the filters do not name")) << result.err;
    for (const char* const flag : {"--workflow-id", "--execution-id"}) {
        const Subprocess::Result none =
            runToEnd(programAt(server.baseUrl(), {"rerun", flag, "6a106ba44480b80424a65000", "--yes"}));
        EXPECT_TRUE(holds(none.err, "no runs match")) << flag << none.err;
    }
}

TEST(BulkRerun, StopsAfterThreeUnknownOutcomesInARow) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 10; ++i) add(server, "ERRORED");
    answerPosts(server, 502);
    const auto start = std::chrono::steady_clock::now();
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--yes"}));
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(3)) << "no pause between the requests";
    EXPECT_EQ(result.exitCode, 6);
    EXPECT_EQ(acted(server).size(), 3U);
    EXPECT_TRUE(holds(result.err, "0 rerun, 0 refused, 3 in doubt, 7 left\n")) << result.err;
}

TEST(BulkRerun, WaitsForAServerThatRefusesItsFirstRequest) {
    testing::FakeServer server(historyOf(0));
    for (const char* const id : {"run_a", "run_b"}) add(server, "ERRORED", id);
    server.failNext(1, 429);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", "run_a", "run_b", "--yes", "--retries", "0"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(result.err, "2 rerun, 0 refused, 0 in doubt")) << result.err;
}

TEST(BulkRerun, ReportsTheRunThatAnInterruptionLeavesInDoubt) {
    testing::FakeServer server(historyOf(0));
    for (const char* const id : {"run_a", "run_b"}) add(server, "ERRORED", id);
    server.delayNext(std::chrono::seconds(10));
    Subprocess program(programAt(server.baseUrl(), {"rerun", "run_a", "run_b", "--yes"}));
    ASSERT_TRUE(server.waitForRequests(1));
    program.send(SIGINT);
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 130) << result.err;
    EXPECT_TRUE(holds(result.out, "{\"id\":\"run_a\",\"outcome\":\"in doubt\",")) << result.out;
    EXPECT_TRUE(holds(result.err, "0 rerun, 0 refused, 1 in doubt, 1 left\n")) << result.err;
}

TEST(BulkRerun, WaitsForTheOthersIfANewRunCannotBeFound) {
    testing::FakeServer server(historyOf(0));
    for (const char* const id : {"run_a", "run_b"}) add(server, "ERRORED", id);
    std::string missing;
    server.onRequest([&](const testing::FakeRequest& request) {
        if (request.method != "GET") return std::optional<testing::FakeAnswer>();
        const std::string id = request.path.substr(request.path.rfind('/') + 1);
        if (missing.empty()) missing = id;
        if (id != missing) {
            server.setStatus(id, "COMPLETED");
            return std::optional<testing::FakeAnswer>();
        }
        testing::FakeAnswer answer;
        answer.status = 404;
        return std::optional(answer);
    });
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", "run_a", "run_b", "--yes", "--wait", "--interval", "2"}));
    EXPECT_EQ(result.exitCode, 4) << result.err;
    EXPECT_TRUE(holds(result.err, "run run_a was rerun as " + missing + ", but that run cannot be found"))
        << result.err;
    EXPECT_TRUE(holds(result.err, "COMPLETED  ")) << result.err;
}

TEST(BulkRerun, PrintsOneRunInTheFormatThatWasAskedFor) {
    testing::FakeServer server(historyOf(0));
    add(server, "ERRORED", "run_a");
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", "run_a", "--yes", "--format", "ndjson"}));
    EXPECT_TRUE(holds(result.out, "{\"id\":\"run_a\",\"outcome\":\"rerun\",\"newId\":\"")) << result.out;
}

TEST(BulkRerun, FindsARunByTheFirstLettersOfItsId) {
    testing::FakeServer server(historyOf(0));
    const std::string id = add(server, "ERRORED", "abcdef75e5b8c9f7c8586cf0");
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--execution-id", "abcdef75", "--dry-run"}));
    EXPECT_TRUE(holds(result.out, id)) << result.out << result.err;
}

}  // namespace
}  // namespace refold::test
