// Runs every example against the embedded server.
#include "support/subprocess.hpp"
#include "support/temporary_directory.hpp"

#include <refold/testing/fake_server.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace refold::test {
namespace {

testing::FakeServerOptions history(std::size_t runs) {
    testing::FakeServerOptions options;
    options.runs = runs;
    return options;
}

SubprocessOptions exampleAt(const char* program, const testing::FakeServer& server) {
    SubprocessOptions options;
    options.program = program;
    options.environment = {{"REFOLD_BASE_URL", server.baseUrl()},
                           {"REFOLD_API_KEY", "tk_test_not_a_real_key"},
                           {"REFOLD_LINKED_ACCOUNT_ID", "user_12345"},
                           {"LANG", "C.UTF-8"}};
    return options;
}

std::size_t linesIn(const std::string& text) {
    std::size_t lines = 0;
    for (const char c : text) lines += c == '\n' ? 1 : 0;
    return lines;
}

TEST(ListExecutions, SendsTheRequestOfTheDocumentation) {
    const testing::FakeServer server(history(60));
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_EXAMPLE_LIST_EXECUTIONS, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(linesIn(result.out), 11U) << result.out;
    ASSERT_EQ(server.requestCount(), 1U);
    EXPECT_EQ(server.requests()[0].path, "/api/v2/public/execution");
    EXPECT_EQ(server.requests()[0].parameter("status"), "COMPLETED");
    EXPECT_EQ(server.requests()[0].parameter("limit"), "10");
    EXPECT_NE(result.out.find("6a314c54d4616e99e7fa5a02  COMPLETED  Daily Sync"), std::string::npos) << result.out;
}

TEST(ListExecutions, ExplainsErrors) {
    const testing::FakeServer server(history(1));
    SubprocessOptions options = exampleAt(REFOLD_EXAMPLE_LIST_EXECUTIONS, server);
    options.environment["REFOLD_API_KEY"] = "tk_another_not_real";
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_NE(result.err.find("401"), std::string::npos) << result.err;
    EXPECT_EQ(result.err.find("tk_another_not_real"), std::string::npos) << result.err;
}

TEST(IterateAll, CountsEveryRun) {
    const testing::FakeServer server(history(480));
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_EXAMPLE_ITERATE_ALL, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    ExecutionQuery failed;
    failed.status = ExecutionStatus::Errored;
    EXPECT_NE(result.out.find("ERRORED " + std::to_string(server.ids(failed).size()) + "\n"), std::string::npos)
        << result.out;
    EXPECT_NE(result.out.find("480 runs from "), std::string::npos) << result.out;
}

TEST(SessionToken, GetsANewTokenAfterA401) {
    testing::FakeServer server(history(5));
    const TemporaryDirectory directory;
    SubprocessOptions options = exampleAt(REFOLD_EXAMPLE_SESSION_TOKEN, server);
    options.arguments = {directory.write("token", "an-expired-token\n")};
    server.acceptSessionToken("a-fresh-token");
    server.onRequest([&directory](const testing::FakeRequest&) -> std::optional<testing::FakeAnswer> {
        directory.write("token", "a-fresh-token\n");
        return {};
    });
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(linesIn(result.out), 5U);
    ASSERT_EQ(server.requestCount(), 2U);
    EXPECT_EQ(server.requests()[0].header("Authorization"), "Bearer an-expired-token");
    EXPECT_EQ(server.requests()[1].header("Authorization"), "Bearer a-fresh-token");
}

TEST(CustomTransport, SendsAndReceives) {
    testing::FakeServer server(history(5));
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_EXAMPLE_CUSTOM_TRANSPORT, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(linesIn(result.out), 5U);

    server.breakNext(testing::FakeAnswer::Ending::truncated);
    EXPECT_EQ(runToEnd(exampleAt(REFOLD_EXAMPLE_CUSTOM_TRANSPORT, server)).exitCode, 0) << "a retry succeeds";
}

TEST(Logging, LogsEventsAndNoSecrets) {
    testing::FakeServer server(history(5));
    server.failNext(1, 503);
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_EXAMPLE_LOGGING, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(linesIn(result.out), 5U);
    for (const char* const words :
         {"[call ", "GET http://127.0.0.1:", "attempt 2", "503", "trying again in", "200, ", "done"}) {
        EXPECT_NE(result.err.find(words), std::string::npos) << words << " is missing in\n" << result.err;
    }
    EXPECT_EQ(result.err.find("tk_test_not_a_real_key"), std::string::npos);
    EXPECT_EQ(result.err.find("user_12345"), std::string::npos);
}

TEST(Watch, ReportsChangesUntilARunFails) {
    testing::FakeServer server(history(20));
    int requests = 0;
    std::mutex mutex;
    server.onRequest([&](const testing::FakeRequest&) -> std::optional<testing::FakeAnswer> {
        const std::lock_guard<std::mutex> lock(mutex);
        ++requests;
        testing::FakeRun run;
        run.id = "watched";
        // The first poll ends with the fourth request.
        if (requests == 5) server.addRun(run);
        if (requests == 6) server.setStatus("watched", "FAILED");
        return {};
    });
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_EXAMPLE_WATCH, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.out, "RUNNING watched Daily Sync\nRUNNING -> FAILED watched Daily Sync\n");
}

TEST(WhyDidItFail, PrintsTheNodeThatEndedTheLatestFailedRun) {
    testing::FakeServer server(history(0));
    EXPECT_EQ(runToEnd(exampleAt(REFOLD_EXAMPLE_WHY_DID_IT_FAIL, server)).out, "no run has failed\n");
    testing::FakeRun run;
    run.id = "the_failed_one";
    run.status = "ERRORED";
    server.addRun(run);
    run.id = "another";
    run.status = "COMPLETED";
    server.addRun(run);
    testing::FakeNode node;
    node.name = "Upsert contacts";
    node.status = "Timed_Out";
    node.attemptsMade = 3;
    node.latestOutput = R"({"error": 1.50})";
    server.setNodes("the_failed_one", {testing::FakeNode(), node});
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_EXAMPLE_WHY_DID_IT_FAIL, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.out,
              "the_failed_one  ERRORED  Daily Sync\nUpsert contacts  Timed_Out after 3 attempts\n{\"error\": 1.50}\n");
}

TEST(ExportAccounts, WritesAFilePerAccountAndNamesFailures) {
    testing::FakeServer server(history(130));
    server.addLinkedAccount("../User 7", 120);
    server.addLinkedAccount("user_empty");
    const TemporaryDirectory directory;
    SubprocessOptions options = exampleAt(REFOLD_EXAMPLE_EXPORT_ACCOUNTS, server);
    options.arguments = {directory.path(), "user_12345", "../User 7", "user_empty", "user_12345"};
    Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(linesIn(directory.read("user_empty.ndjson")), 0U);
    for (const auto& [account, file] : {std::pair<std::string, std::string>("user_12345", "user_12345.ndjson"),
                                        {"../User 7", "%2e%2e%2f%55ser%207.ndjson"}}) {
        std::string expected;
        for (const std::string& id : server.ids({}, account)) expected += server.runJson(id) + "\n";
        EXPECT_EQ(directory.read(file), expected) << account;
    }

    options.arguments = {directory.path(), "user_unknown", "user_12345"};
    result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(result.err.rfind("user_unknown: ", 0), 0U) << result.err;
    EXPECT_EQ(linesIn(result.err), 1U) << result.err;
    EXPECT_EQ(result.out, "user_12345: 130 runs\n") << "the other account is exported nevertheless";
    EXPECT_FALSE(std::ifstream(directory.file("user_unknown.ndjson")).good());
    EXPECT_FALSE(std::ifstream(directory.file("user_unknown.ndjson.part")).good());
    EXPECT_EQ(result.err.find("tk_test_not_a_real_key"), std::string::npos) << result.err;
}

TEST(Demo, UsesTheEmbeddedServerWithoutCredentials) {
    SubprocessOptions options;
    options.program = REFOLD_DEMO;
    options.environment = {{"LANG", "C.UTF-8"}};
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    for (const char* const words :
         {"embedded server", "status=COMPLETED&limit=10", "6a314c54d4616e99e7fa5a02", "page 1 of ", "COMPLETED",
          "ERRORED", "TERMINATED", "QUEUED", "RUNNING", "24,742 runs in ", " requests and "}) {
        EXPECT_NE(result.out.find(words), std::string::npos) << words << " is missing in\n" << result.out;
    }
    EXPECT_EQ(result.err, "");
}

TEST(Demo, AsksTheServiceWithCredentials) {
    const testing::FakeServer server(history(130));
    const Subprocess::Result result = runToEnd(exampleAt(REFOLD_DEMO, server));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_NE(result.out.find("asking the service at " + server.baseUrl()), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("130 runs in "), std::string::npos) << result.out;
    EXPECT_GE(server.requestCount(), 3U);
}

}  // namespace
}  // namespace refold::test
