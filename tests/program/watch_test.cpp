// Tests watch: its output as a history changes, how it ends, and how it resumes.
#include "program.hpp"

#include "support/patience.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <regex>
#include <string>
#include <thread>

namespace refold::test {
namespace {

constexpr const char* runId = "6a311e75e5b8c9f7c8586cf0";

testing::FakeRun running(const std::string& id = runId) {
    testing::FakeRun run;
    run.id = id;
    return run;
}

Arguments watching(Arguments more = {}) {
    Arguments arguments = {"watch", "--interval", "0.02"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// Returns the lines without the members `at` and `backlog`; lines without these members are unchanged.
std::string withoutTimes(const std::string& ndjson) {
    static const std::regex members(
        R"re("at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","backlog":(true|false),("execution":))re");
    return std::regex_replace(ndjson, members, "$2");
}

/// Waits until the program has polled the initial history, so that later changes count as new.
bool hasBegun(const testing::FakeServer& server) {
    return server.waitForRequests(server.requestCount() + 4, std::chrono::seconds(20));
}

TEST(Watch, PrintsEachChangeAsItHappens) {
    testing::FakeServer server(historyOf(20));
    Subprocess program(programAt(server.baseUrl(), watching({"--format", "table"})));
    ASSERT_TRUE(hasBegun(server));
    server.addRun(running());
    ASSERT_TRUE(program.waitForOutput("\xE2\x97\x8F RUNNING"));
    server.setStatus(runId, "COMPLETED");
    ASSERT_TRUE(program.waitForOutput("\xE2\x9C\x94 RUNNING \xE2\x86\x92 COMPLETED"));
    program.send(SIGINT);
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 130);
    std::vector<std::string> lines = linesOf(result.out);
    ASSERT_EQ(lines.size(), 3U) << result.out;
    EXPECT_EQ(lines.front().rfind("TIME", 0), 0U) << lines.front();
    lines.erase(lines.begin());
    for (const std::string& line : lines) {
        EXPECT_NE(line.find("Daily Sync"), std::string::npos) << line;
        EXPECT_NE(line.find("Hubspot"), std::string::npos) << line;
        EXPECT_NE(line.find(runId), std::string::npos) << line;
    }
}

TEST(Watch, IsNdjsonInAPipe) {
    testing::FakeServer server(historyOf(5));
    Subprocess program(programAt(server.baseUrl(), watching()));
    ASSERT_TRUE(hasBegun(server));
    testing::FakeRun run = running();
    run.json = std::string("{\"_id\":\"") + runId + "\",\n \"status\":\"RUNNING\", \"x\":1.50}";
    server.addRun(run);
    ASSERT_TRUE(program.waitForOutput("\n"));
    program.send(SIGTERM);
    EXPECT_EQ(withoutTimes(program.wait().out), std::string("{\"previousStatus\":null,\"execution\":{\"_id\":\"") +
                                                    runId + "\", \"status\":\"RUNNING\", \"x\":1.50}}\n");
}

TEST(Watch, EndsWithOneAtTheFirstFailedRun) {
    testing::FakeServer server(historyOf(5));
    Subprocess program(programAt(server.baseUrl(), watching({"--exit-status"})));
    ASSERT_TRUE(hasBegun(server));
    server.addRun(running());
    ASSERT_TRUE(program.waitForOutput("RUNNING"));
    server.setStatus(runId, "ERRORED");
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_NE(result.out.find("{\"previousStatus\":\"RUNNING\""), std::string::npos) << result.out;
    EXPECT_EQ(result.err, "");
}

TEST(Watch, EndsQuietlyWhenItsReaderCloses) {
    const testing::FakeServer server(historyOf(5));
    Subprocess program(programAt(server.baseUrl(), watching()));
    ASSERT_TRUE(hasBegun(server));
    program.closeOutput();
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(result.err, "");
}

TEST(Watch, GoesOnFromItsCheckpoint) {
    testing::FakeServer server(historyOf(5));
    const TemporaryDirectory directory;
    const Arguments arguments = watching({"--checkpoint", directory.file("watch")});
    {
        Subprocess program(programAt(server.baseUrl(), arguments));
        ASSERT_TRUE(hasBegun(server));
        server.addRun(running());
        ASSERT_TRUE(program.waitForOutput("\n"));
        program.send(SIGINT);
        EXPECT_EQ(program.wait().exitCode, 130);
    }
    server.setStatus(runId, "COMPLETED");
    server.addRun(running("meanwhile"));
    Subprocess program(programAt(server.baseUrl(), arguments));
    ASSERT_TRUE(program.waitForOutput("COMPLETED"));
    ASSERT_TRUE(program.waitForOutput("meanwhile"));
    program.send(SIGINT);
    EXPECT_EQ(linesOf(program.wait().out).size(), 2U);

    directory.write("watch", "rw1.nonsense\n");
    const Subprocess::Result refused = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(refused.exitCode, 2);
    EXPECT_NE(refused.err.find("--checkpoint"), std::string::npos) << refused.err;
}

TEST(Watch, ReportsAnOutageOnceAndItsEnd) {
    testing::FakeServer server(historyOf(5));
    Subprocess program(programAt(server.baseUrl(), watching({"--retries", "0"})));
    ASSERT_TRUE(hasBegun(server));
    server.failNext(3, 503);
    ASSERT_TRUE(program.waitForError("answers with an error, trying again at ", std::chrono::seconds(20)));
    ASSERT_TRUE(program.waitForError("answers again", std::chrono::seconds(30)));
    program.send(SIGINT);
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 130);
    EXPECT_EQ(result.err.find("with an error"), result.err.rfind("with an error")) << result.err;
    EXPECT_EQ(result.err.find("no complete answer"), std::string::npos) << "the server answered: " << result.err;
}

TEST(Watch, HostileNamesDoNotBreakTheTerminal) {
    testing::FakeServer server(historyOf(5));
    SubprocessOptions options = terminalAt(server.baseUrl(), watching(), 80);
    options.readsTerminal = true;
    options.environment["LC_ALL"] = "C";
    options.environment["NO_COLOR"] = "1";
    Subprocess program(options);
    ASSERT_TRUE(hasBegun(server));
    testing::FakeRun run = running();
    run.workflowName = "evil\x1b[2J\nname " + std::string(300, 'x');
    server.addRun(run);
    ASSERT_TRUE(program.waitForTerminal("evil"));
    server.setStatus(runId, "FAILED");
    ASSERT_TRUE(program.waitForTerminal("RUNNING -> FAILED"));
    program.type("\x03");
    const Subprocess::Result result = program.wait();
    EXPECT_EQ(result.exitCode, 130);
    EXPECT_EQ(result.terminal.find('\x1b'), std::string::npos) << result.terminal;
    for (const std::string& line : linesOf(result.terminal)) EXPECT_LE(line.size(), 81U) << line;
}

TEST(Watch, RefusesInvalidFlagsBeforeAnyRequest) {
    const testing::FakeServer server(historyOf(5));
    for (const Arguments& arguments : {Arguments{"watch", "--format", "csv"}, Arguments{"watch", "--interval", "0"},
                                       Arguments{"watch", "--since", "sometime"}}) {
        EXPECT_EQ(runToEnd(programAt(server.baseUrl(), arguments)).exitCode, 2) << arguments.back();
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

/// Watches from a given date, so that runs are reported whether they start before or after the first poll.
Arguments watchingAll(Arguments more = {}) {
    Arguments arguments = {"--rate", "off", "--since", "2026-01-01"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return watching(arguments);
}

std::string add(testing::FakeServer& server, const std::string& id, const std::string& status = "RUNNING") {
    testing::FakeRun run = running(id);
    run.status = status;
    return server.addRun(run);
}

std::string changeOf(const testing::FakeServer& server, const std::string& id, const std::string& previous) {
    return "{\"previousStatus\":" + previous + ",\"execution\":" + server.runJson(id) + "}\n";
}

TEST(Watch, NamesTheWorkflowAndTheWholeIdInEightyColumns) {
    testing::FakeServer server(historyOf(0));
    add(server, "6a314c54d4616e99e7fa5a99", "TIMED_OUT");
    const Subprocess::Result result = runToEnd(terminalAt(server.baseUrl(), watchingAll({"--exit-status"})));
    EXPECT_EQ(result.exitCode, 1);
    const std::regex line("\\d\\d:\\d\\d:\\d\\d  .*TIMED_OUT.* Daily Sync .* 6a314c54d4616e99e7fa5a99\r?\n");
    EXPECT_TRUE(std::regex_search(result.terminal, line)) << result.terminal;
}

TEST(Watch, HasAnAsciiArrowWithoutUtf8) {
    testing::FakeServer server(historyOf(0));
    SubprocessOptions options = programAt(server.baseUrl(), watchingAll({"--format", "table", "--exit-status"}));
    options.environment["LC_ALL"] = "C";
    Subprocess process(options);
    add(server, "run_a");
    ASSERT_TRUE(process.waitForOutput("run_a\n"));
    ASSERT_TRUE(server.setStatus("run_a", "TIMED_OUT"));
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_NE(result.out.find("x RUNNING -> TIMED_OUT"), std::string::npos) << result.out;
    EXPECT_EQ(result.out.find('\x1b'), std::string::npos) << result.out;
}

TEST(Watch, RunsACommandWithTheRunButNeverExecutesItsText) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run = running("run_a");
    run.status = "ERRORED";
    run.workflowName = "$(touch " + directory.file("harm") + "); `id` \"";
    server.addRun(run);
    const std::string command = "cat > " + directory.file("json") + "; printf %s \"$REFOLD_RUN_WORKFLOW\" > " +
                                directory.file("name") + "; echo told";
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), watchingAll({"--failed", "--exit-status", "--exec", command})));
    EXPECT_EQ(result.exitCode, 1) << result.err;
    EXPECT_EQ(directory.read("name"), run.workflowName);
    EXPECT_EQ(directory.read("json"), server.runJson("run_a") + "\n");
    EXPECT_NE(::access(directory.file("harm").c_str(), F_OK), 0);
    EXPECT_EQ(withoutTimes(result.out), changeOf(server, "run_a", "null"))
        << "the command's output does not mix with the data";
    EXPECT_EQ(result.err, "told\n");
}

TEST(Watch, ShowsTheBacklogWithItsOwnTimes) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run = running("run_a");
    run.status = "ERRORED";
    run.createdAt = refold::parseTimestamp("2026-06-16T13:15:00Z");
    server.addRun(run);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), watchingAll({"--format", "table", "--exit-status"})));
    const std::vector<std::string> lines = linesOf(result.out);
    ASSERT_EQ(lines.size(), 3U) << result.out;
    EXPECT_EQ(lines[0].rfind("TIME", 0), 0U) << lines[0];
    EXPECT_NE(lines[1].find("backlog"), std::string::npos) << lines[1];
    EXPECT_EQ(lines[2].rfind("2026-06-16 13:1", 0), 0U) << lines[2];
}

TEST(Watch, MarksTheBacklogAndGivesItsOwnTimesInNdjson) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run = running("run_a");
    run.status = "COMPLETED";
    run.createdAt = refold::parseTimestamp("2026-06-16T13:15:00Z");
    run.json = R"({"_id":"run_a","status":"COMPLETED","createdAt":"2026-06-16T13:15:00.000Z",)"
               R"("completion_time":"2026-06-16T13:20:00.000Z"})";
    server.addRun(run);
    Subprocess program(programAt(server.baseUrl(), watchingAll({"--exit-status"})));
    ASSERT_TRUE(program.waitForOutput("run_a"));
    ASSERT_TRUE(server.waitForRequests(server.requestCount() + 8, std::chrono::seconds(20)));
    add(server, "run_b", "FAILED");
    const std::vector<std::string> lines = linesOf(program.wait().out);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], R"({"previousStatus":null,"at":"2026-06-16T13:20:00.000Z","backlog":true,"execution":)" +
                            server.runJson("run_a") + "}");
    EXPECT_NE(lines[1].find(R"(,"backlog":false,"execution":)"), std::string::npos) << lines[1];
}

TEST(Watch, MarksALongBacklogToItsEnd) {
    testing::FakeServerOptions options = historyOf(2500);
    testing::FakeServer server(options);
    Subprocess program(programAt(
        server.baseUrl(), {"watch", "--since", "9000d", "--interval", "0.1", "--rate", "off", "--format", "ndjson"}));
    const std::string last = server.ids().front();
    ASSERT_TRUE(program.waitForOutput("\"_id\":\"" + last));
    program.send(SIGINT);
    const std::vector<std::string> lines = linesOf(program.wait().out);
    EXPECT_EQ(lines.size(), 2500U);
    for (const std::string& line : lines) {
        ASSERT_NE(line.find(R"("backlog":true)"), std::string::npos) << line.substr(0, 200);
    }
}

TEST(Watch, TreatsAnEmptyCheckpointAsAFreshStart) {
    const TemporaryDirectory directory;
    directory.write("state", " \n");
    testing::FakeServer server(historyOf(0));
    add(server, "run_a", "ERRORED");
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), watchingAll({"--exit-status", "--checkpoint", directory.file("state")})));
    EXPECT_EQ(result.exitCode, 1) << result.err;
    EXPECT_NE(directory.read("state"), "");
}

TEST(Watch, ReportsTheGapAfterAnOldCheckpoint) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(0));
    const auto addAt = [&](const char* id, const char* createdAt) {
        testing::FakeRun run = running(id);
        run.status = "ERRORED";
        run.createdAt = refold::parseTimestamp(createdAt);
        server.addRun(run);
    };
    addAt("run_old", "2026-04-01T10:00:00Z");
    const Arguments arguments =
        watchingAll({"--failed", "--exit-status", "--checkpoint", directory.file("watch.checkpoint")});
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), arguments)).err, "");
    ASSERT_TRUE(server.removeRun("run_old"));
    addAt("run_new", "2026-06-16T13:15:00Z");
    const Subprocess::Result resumed = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(resumed.exitCode, 1) << resumed.err;
    EXPECT_NE(resumed.out.find("run_new"), std::string::npos) << resumed.out;
    EXPECT_EQ(resumed.err,
              "refold-executions: warning: the checkpoint is older than what the server keeps; runs created after "
              "2026-04-01 10:00:00 and before 2026-06-16 13:15:00 UTC may be missing\n");
}

TEST(Watch, EndsWithAPermanentError) {
    testing::FakeServer server(historyOf(0));
    server.failNext(100, 403);
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), watchingAll()));
    EXPECT_EQ(result.exitCode, 3);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(linesOf(result.err).size(), 1U) << result.err;
}

TEST(Watch, ResumesWithoutMissingOrRepeatingChanges) {
    const TemporaryDirectory directory;
    const std::string checkpoint = directory.file("watch.checkpoint");
    testing::FakeServer server(historyOf(0));
    {
        Subprocess process(programAt(server.baseUrl(), watchingAll({"--checkpoint", checkpoint})));
        add(server, "run_a");
        ASSERT_TRUE(process.waitForOutput("run_a"));
        process.send(SIGINT);
        EXPECT_EQ(process.wait().exitCode, 130);
    }
    ASSERT_TRUE(server.setStatus("run_a", "COMPLETED"));
    add(server, "run_b", "FAILED");
    const Arguments again = watchingAll({"--checkpoint", checkpoint, "--exit-status"});
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), again));
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(withoutTimes(result.out), changeOf(server, "run_a", "\"RUNNING\"") + changeOf(server, "run_b", "null"));

    // After a kill, every change before the last line is recorded; the last line itself may be repeated.
    Subprocess killed(programAt(server.baseUrl(), watchingAll({"--checkpoint", checkpoint})));
    add(server, "run_c", "COMPLETED");
    ASSERT_TRUE(killed.waitForOutput("run_c"));
    add(server, "run_d", "COMPLETED");
    ASSERT_TRUE(killed.waitForOutput("run_d"));
    killed.send(SIGKILL);
    EXPECT_EQ(killed.wait().signal, SIGKILL);
    add(server, "run_e", "FAILED");
    const std::string rest = withoutTimes(runToEnd(programAt(server.baseUrl(), again)).out);
    const std::string last = changeOf(server, "run_e", "null");
    EXPECT_TRUE(rest == last || rest == changeOf(server, "run_d", "null") + last) << rest;
}

/// Waits for the file to appear; false after 10 s, or longer on slow builds.
bool appears(const std::string& path) {
    const Stopwatch stopwatch;
    while (stopwatch.elapsed() < patient(std::chrono::seconds(10))) {
        if (::access(path.c_str(), R_OK) == 0) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

TEST(Watch, MissesNothingWhenKilledBeforeTheFirstChange) {
    const TemporaryDirectory directory;
    const std::string checkpoint = directory.file("watch.checkpoint");
    testing::FakeServer server(historyOf(5));
    add(server, "run_open");
    Subprocess killed(programAt(server.baseUrl(), watching({"--rate", "off", "--checkpoint", checkpoint})));
    ASSERT_TRUE(appears(checkpoint));
    killed.send(SIGKILL);
    const Subprocess::Result end = killed.wait();
    EXPECT_EQ(end.signal, SIGKILL);
    EXPECT_EQ(end.out, "");
    ASSERT_TRUE(server.setStatus("run_open", "COMPLETED"));
    add(server, "run_new", "FAILED");
    const Arguments again = watching({"--rate", "off", "--checkpoint", checkpoint, "--exit-status"});
    EXPECT_EQ(withoutTimes(runToEnd(programAt(server.baseUrl(), again)).out),
              changeOf(server, "run_open", "\"RUNNING\"") + changeOf(server, "run_new", "null"));
}

TEST(Watch, AcceptsEveryValidInterval) {
    testing::FakeServer server(historyOf(0));
    add(server, "run_a", "FAILED");
    for (const char* const interval : {"0.001", "10000", "86400"}) {
        const Subprocess::Result result = runToEnd(
            programAt(server.baseUrl(), {"watch", "--since", "2026-01-01", "--interval", interval, "--exit-status"}));
        EXPECT_EQ(result.exitCode, 1) << interval << ": " << result.err;
    }
}

TEST(Watch, RefusesACheckpointThatIsNotAFileBeforeAnyRequest) {
    const TemporaryDirectory directory;
    const std::string pipe = directory.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const testing::FakeServer server(historyOf(5));
    for (const std::string& path : {directory.path(), pipe}) {
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), watching({"--checkpoint", path})));
        EXPECT_EQ(result.exitCode, 2);
        EXPECT_NE(result.err.find("--checkpoint: '" + path + "' is not a regular file"), std::string::npos)
            << result.err;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

}  // namespace
}  // namespace refold::test
