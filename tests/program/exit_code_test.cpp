// Tests the exit codes for failures of servers, networks and output.
#include "program.hpp"

#include "support/fault_server.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace refold::test {
namespace {

Subprocess::Result listFrom(const std::string& baseUrl, Arguments flags = {}) {
    Arguments arguments = {"list", "--retries", "0", "--timeout", "10"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return runToEnd(programAt(baseUrl, std::move(arguments)));
}

/// Expects no data on stdout and an error of one line.
void expectFailure(const Subprocess::Result& result, int exitCode) {
    EXPECT_EQ(result.exitCode, exitCode) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(linesOf(result.err).size(), 1U) << result.err;
    EXPECT_EQ(result.err.rfind("refold-executions: ", 0), 0U) << result.err;
    EXPECT_EQ(result.err.find("tk_test_not_a_real_key"), std::string::npos) << result.err;
}

struct StatusCase {
    int status;
    int exitCode;
};

class ExitCodeByStatusTest : public ::testing::TestWithParam<StatusCase> {};

TEST_P(ExitCodeByStatusTest, IsAsDocumented) {
    testing::FakeServer server(historyOf(1));
    server.failNext(10, GetParam().status);
    expectFailure(listFrom(server.baseUrl()), GetParam().exitCode);
    server.clearFaults();
    server.failNext(10, GetParam().status);
    expectFailure(listFrom(server.baseUrl(), {"--all"}), GetParam().exitCode);
}

INSTANTIATE_TEST_SUITE_P(Program, ExitCodeByStatusTest,
                         ::testing::Values(StatusCase{400, 4}, StatusCase{401, 3}, StatusCase{403, 3},
                                           StatusCase{404, 4}, StatusCase{408, 4}, StatusCase{418, 4},
                                           StatusCase{429, 6}, StatusCase{500, 6}, StatusCase{501, 6},
                                           StatusCase{502, 6}, StatusCase{503, 6}, StatusCase{504, 6}),
                         [](const auto& tested) { return "Status" + std::to_string(tested.param.status); });

TEST(ExitCode, IsSixForARateLimitWithStatus403) {
    testing::FakeServer server(historyOf(1));
    server.failNext(10, 403, std::chrono::seconds(1));
    expectFailure(listFrom(server.baseUrl()), 6);
}

TEST(ExitCode, IsThreeForAWrongKey) {
    const testing::FakeServer server(historyOf(1));
    SubprocessOptions options = programAt(server.baseUrl(), {"list"});
    options.environment["REFOLD_API_KEY"] = "tk_another_not_real";
    const Subprocess::Result result = runToEnd(options);
    expectFailure(result, 3);
    EXPECT_EQ(result.err.find("tk_another_not_real"), std::string::npos);
}

TEST(ExitCode, IsFiveIfNothingListens) {
    expectFailure(listFrom("http://127.0.0.1:1"), 5);
}

TEST(ExitCode, IsFiveForANameThatDoesNotResolve) {
    expectFailure(listFrom("http://nowhere.invalid", {"--allow-plain-http"}), 5);
}

TEST(ExitCode, IsFiveForATimeout) {
    FaultServer server({FaultReply().staysSilent()});
    expectFailure(runToEnd(programAt(server.baseUrl(), {"list", "--retries", "0", "--timeout", "0.2"})), 5);
}

TEST(ExitCode, IsFiveForATruncatedAnswer) {
    testing::FakeServer server(historyOf(1));
    server.breakNext(testing::FakeAnswer::Ending::truncated, 10);
    expectFailure(listFrom(server.baseUrl()), 5);
}

TEST(ExitCode, IsFiveForAServerWithoutTls) {
    FaultServer server({FaultReply("HTTP/1.1 200 OK\r\n\r\n").beforeTheRequest()});
    expectFailure(listFrom("https://" + server.authority()), 5);
}

TEST(ExitCode, IsSevenForAResponseThatIsNotAPage) {
    testing::FakeServer server(historyOf(1));
    for (const char* const body :
         {"<html>hello</html>", "[]", "{\"docs\": 5}", "{\"docs\": [1]}", "{\"docs\": [", "null"}) {
        testing::FakeAnswer answer;
        answer.body = body;
        server.answerNext(answer, 10);
        expectFailure(listFrom(server.baseUrl()), 7);
        server.clearFaults();
    }
}

TEST(ExitCode, IsOneForAFullDisk) {
    testing::FakeServer server(historyOf(30));
    for (const Arguments& arguments : {Arguments{"list"}, Arguments{"list", "--all"}, Arguments{"--help"}}) {
        SubprocessOptions options = programAt(server.baseUrl(), arguments);
        options.out = Stream::file;
        options.outputPath = "/dev/full";
        const Subprocess::Result result = runToEnd(options);
        EXPECT_EQ(result.exitCode, 1);
        EXPECT_NE(result.err.find("No space left"), std::string::npos) << result.err;
    }
}

TEST(ExitCode, IsOneForAClosedStdout) {
    testing::FakeServer server(historyOf(30));
    SubprocessOptions options = programAt(server.baseUrl(), {"list"});
    options.out = Stream::closed;
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_NE(result.err.find("cannot write the output"), std::string::npos) << result.err;
}

TEST(ClosedPipe, EndsItQuietly) {
    testing::FakeServer server(historyOf(3000));
    Subprocess process(programAt(server.baseUrl(), {"list", "--all", "--rate", "off"}));
    ASSERT_TRUE(process.waitForOutput("\n"));
    process.closeOutput();
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_LT(server.requestCount(), 31U);
}

TEST(ClosedStderr, ChangesNothing) {
    testing::FakeServer server(historyOf(3));
    SubprocessOptions options = programAt(server.baseUrl(), {"list", "--format", "table"});
    options.err = Stream::closed;
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(linesOf(result.out).size(), 4U);
}

class InterruptionTest : public ::testing::TestWithParam<int> {};

TEST_P(InterruptionTest, EndsAStalledCallWith130) {
    FaultServer server({FaultReply().staysSilent()});
    Subprocess process(programAt(server.baseUrl(), {"list"}));
    ASSERT_TRUE(server.waitForServed(1, patient(std::chrono::seconds(10))));
    const Stopwatch watch;
    process.send(GetParam());
    const Subprocess::Result result = process.wait();
    expectFailure(result, 130);
    EXPECT_LT(watch.elapsed(), patient(std::chrono::seconds(5)));
}

INSTANTIATE_TEST_SUITE_P(Program, InterruptionTest, ::testing::Values(SIGINT, SIGTERM, SIGHUP),
                         [](const auto& tested) { return "Signal" + std::to_string(tested.param); });

TEST(Interruption, LeavesIgnoredSignalsIgnored) {
    testing::FakeServer server(historyOf(3));
    server.setLatency(std::chrono::milliseconds(300));
    SubprocessOptions options = programAt(server.baseUrl(), {"list"});
    options.ignoredSignals = {SIGHUP};
    Subprocess process(options);
    ASSERT_TRUE(server.waitForRequests(1));
    process.send(SIGHUP);
    EXPECT_EQ(process.wait().exitCode, 0);
}

TEST(Interruption, EndsAStalledWrite) {
    testing::FakeServer server(historyOf(3000));
    Subprocess process(programAt(server.baseUrl(), {"list", "--all", "--rate", "off"}));
    process.readOutput(false);
    // The first page does not fit into a pipe's buffer.
    ASSERT_TRUE(server.waitForRequests(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    process.send(SIGINT);
    const Subprocess::Result result = process.wait(std::chrono::seconds(15));
    EXPECT_EQ(result.exitCode, 130);
}

}  // namespace
}  // namespace refold::test
