// Tests the command of `watch --exec`: what it is given, what it does not inherit, and that an interrupted one is run
// again by the watch that resumes.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string>

namespace refold::test {
namespace {

using std::chrono::milliseconds;

testing::FakeRun failedRun(const std::string& id) {
    testing::FakeRun run;
    run.id = id;
    run.status = "ERRORED";
    return run;
}

SubprocessOptions watching(const testing::FakeServer& server, const std::string& command, const Arguments& more = {}) {
    Arguments arguments = {"watch", "--failed", "--since", "52w",    "--interval",
                           "0.05",  "--rate",   "off",     "--exec", command};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return programAt(server.baseUrl(), arguments);
}

TEST(WatchExec, VariablesReplaceThoseThatWereSet) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(0));
    server.addRun(failedRun("run_a"));
    SubprocessOptions options =
        watching(server, "printf %s \"$REFOLD_RUN_ID\" > " + directory.file("id"), {"--exit-status"});
    options.environment["REFOLD_RUN_ID"] = "stale";
    EXPECT_EQ(runToEnd(options).exitCode, 1);
    EXPECT_EQ(directory.read("id"), "run_a");
}

TEST(WatchExec, LongValuesDoNotKeepItFromRunning) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run = failedRun("run_a");
    run.workflowName = std::string(300'000, 'w');
    server.addRun(run);
    const Subprocess::Result result =
        runToEnd(watching(server, "cat > " + directory.file("json"), {"--exit-status", "--format", "ndjson"}));
    EXPECT_EQ(result.exitCode, 1) << result.err;
    EXPECT_EQ(directory.read("json"), server.runJson("run_a") + "\n");
}

#ifdef __linux__
TEST(WatchExec, InheritsNoFilesAndNoConnections) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(0));
    server.addRun(failedRun("run_a"));
    runToEnd(watching(server, "exec > " + directory.file("files") + "; ls /proc/$$/fd", {"--exit-status"}));
    const std::string files = directory.read("files");
    EXPECT_TRUE(files == "0\n1\n2\n") << files;
}
#endif

TEST(WatchExec, AnInterruptedCommandEndsAtOnceAndIsRunAgain) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(0));
    server.addRun(failedRun("run_a"));
    const Arguments checkpoint = {"--checkpoint", directory.file("checkpoint")};
    {
        // Ignores the signal by which it is asked to end, and leaves a child behind.
        Subprocess process(watching(server, "trap '' TERM; echo begun; sleep 60 & wait; sleep 60", checkpoint));
        ASSERT_TRUE(process.waitForError("begun"));
        const auto start = std::chrono::steady_clock::now();
        process.send(SIGINT);
        EXPECT_EQ(process.wait().exitCode, 130);
        EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(10'000));
    }
    Subprocess process(
        watching(server, "printf %s \"$REFOLD_RUN_ID\" > " + directory.file("id") + "; echo again", checkpoint));
    ASSERT_TRUE(process.waitForError("again"));
    process.send(SIGINT);
    EXPECT_EQ(process.wait().exitCode, 130);
    EXPECT_EQ(directory.read("id"), "run_a");
}

}  // namespace
}  // namespace refold::test
