// Tests `list` for a single page: the request for its flags, and the output of each format.
#include "program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace refold::test {
namespace {

/// Runs the program and returns the one request that it sent.
testing::FakeRequest requestOf(testing::FakeServer& server, Arguments flags) {
    flags.insert(flags.begin(), "list");
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), std::move(flags)));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(server.requestCount(), 1U);
    return server.requests().empty() ? testing::FakeRequest() : server.requests().front();
}

TEST(PageRequest, IsBareWithoutFlags) {
    testing::FakeServer server(historyOf(3));
    const testing::FakeRequest request = requestOf(server, {});
    EXPECT_EQ(request.path, "/api/v2/public/execution");
    EXPECT_EQ(request.query, "");
    EXPECT_EQ(request.header("x-api-key"), "tk_test_not_a_real_key");
    EXPECT_EQ(request.header("linked_account_id"), "user_12345");
}

TEST(PageRequest, CarriesEveryFilter) {
    testing::FakeServer server(historyOf(3));
    const testing::FakeRequest request = requestOf(server, {"--page",
                                                            "2",
                                                            "--limit",
                                                            "7",
                                                            "--status",
                                                            "FAILED",
                                                            "--slug",
                                                            "hubspot,slack",
                                                            "--workflow-id",
                                                            "w 1",
                                                            "--workflow-name",
                                                            "T\xC3\xA4glich & mehr",
                                                            "--execution-id",
                                                            "e/1",
                                                            "--start-date",
                                                            "2026-06-01",
                                                            "--end-date",
                                                            "2026-06-16",
                                                            "--execution-type",
                                                            "SYNC",
                                                            "--execution-source",
                                                            "API Call",
                                                            "--sort-asc"});
    EXPECT_EQ(request.parameter("page"), "2");
    EXPECT_EQ(request.parameter("limit"), "7");
    EXPECT_EQ(request.parameter("status"), "FAILED");
    EXPECT_EQ(request.parameter("slug"), "hubspot,slack");
    EXPECT_EQ(request.parameter("workflow_id"), "w 1");
    EXPECT_EQ(request.parameter("workflow_name"), "T\xC3\xA4glich & mehr");
    EXPECT_EQ(request.parameter("execution_id"), "e/1");
    EXPECT_EQ(request.parameter("start_date"), "2026-06-01T00:00:00.000Z");
    EXPECT_EQ(request.parameter("end_date"), "2026-06-16T23:59:59.999Z");
    EXPECT_EQ(request.parameter("execution_type"), "SYNC");
    EXPECT_EQ(request.parameter("execution_source"), "API Call");
    EXPECT_EQ(request.parameter("sortAsc"), "true");
}

TEST(PageRequest, RelativeDatesAreFullDateTimes) {
    testing::FakeServer server(historyOf(3));
    const testing::FakeRequest request = requestOf(server, {"--start-date", "7d", "--end-date", "now"});
    const auto start = parseTimestamp(request.parameter("start_date").value());
    const auto end = parseTimestamp(request.parameter("end_date").value());
    ASSERT_TRUE(start && end);
    EXPECT_EQ(*end - *start, std::chrono::hours(7 * 24));
    EXPECT_EQ(request.parameter("start_date").value().size(), std::string("2026-06-16T13:15:00.887Z").size());
}

TEST(PageRequest, BaseUrlFlagOverridesTheEnvironment) {
    testing::FakeServer server(historyOf(3));
    SubprocessOptions options = programAt("http://127.0.0.1:1", {"list", "--base-url", server.baseUrl()});
    EXPECT_EQ(runToEnd(options).exitCode, 0);
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST(PageRequest, DefaultBaseUrlAsAFlagAlsoOverridesTheEnvironment) {
    testing::FakeServer server(historyOf(3));
    // Uses a proxy address where nothing listens, so that the request does not reach the real service.
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"list", "--base-url", "https://app.refold.ai", "--proxy",
                                              "http://127.0.0.1:1", "--retries", "0", "--timeout", "5"}));
    EXPECT_EQ(result.exitCode, 5) << result.err;
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST(PageRequest, SessionTokenWorksToo) {
    testing::FakeServer server(historyOf(3));
    SubprocessOptions options = programAt(server.baseUrl(), {"list"});
    options.environment.erase("REFOLD_API_KEY");
    options.environment.erase("REFOLD_LINKED_ACCOUNT_ID");
    options.environment["REFOLD_SESSION_TOKEN"] = "session-token-not-real";
    EXPECT_EQ(runToEnd(options).exitCode, 0);
    EXPECT_EQ(server.requests().front().header("Authorization"), "Bearer session-token-not-real");
}

TEST(Ndjson, IsTheDefaultInAPipeAndExact) {
    testing::FakeServer server(historyOf(30));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"list"}));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(result.err, "");
    const std::vector<std::string> lines = linesOf(result.out);
    const std::vector<std::string> ids = server.ids();
    ASSERT_EQ(lines.size(), 10U);
    for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i], server.runJson(ids[i]));
    EXPECT_EQ(result.out.back(), '\n');
}

TEST(Ndjson, KeepsUnknownFieldsAndDigitsAndBreaksNoLine) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run;
    run.json =
        "{\n\t\"_id\": \"1\",\r\n  \"exact\": 1.000000000000000000001e+05,\n  \"text\": \"a\\nb\\t \xE2\x80\xA8\" }";
    server.addRun(run);
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"list"}));
    EXPECT_EQ(result.out,
              "{\"_id\": \"1\",  \"exact\": 1.000000000000000000001e+05,  \"text\": \"a\\nb\\t \xE2\x80\xA8\" }\n");
}

TEST(Json, OfAPageIsTheEnvelope) {
    testing::FakeServer server(historyOf(25));
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"list", "--format", "json", "--page", "2", "--limit", "10"}));
    const nlohmann::json page = nlohmann::json::parse(result.out);
    EXPECT_EQ(page.size(), 6U);
    EXPECT_EQ(page["docs"].size(), 10U);
    EXPECT_EQ(page["totalDocs"], 25);
    EXPECT_EQ(page["limit"], 10);
    EXPECT_EQ(page["page"], 2);
    EXPECT_EQ(page["totalPages"], 3);
    EXPECT_EQ(page["hasNextPage"], true);
    EXPECT_EQ(page["docs"][0]["_id"], server.ids()[10]);
}

TEST(Json, OfAnEmptyPageIsValid) {
    testing::FakeServer server(historyOf(0));
    EXPECT_EQ(
        nlohmann::json::parse(runToEnd(programAt(server.baseUrl(), {"list", "--format", "json"})).out)["docs"].size(),
        0U);
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"list", "--all", "--format", "json"})).out, "[]\n");
}

TEST(Csv, HasAHeaderAndTheLineEndsOfRfc4180) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run;
    run.id = "run-1";
    run.status = "COMPLETED";
    run.createdAt = parseTimestamp("2026-06-16T13:15:00.887Z");
    run.workflowName = "a \"quoted\", name\nin two lines";
    run.applicationName = "=HYPERLINK(\"x\")";
    server.addRun(run);
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"list", "--format", "csv"}));
    const std::string header =
        "id,createdAt,status,workflow,workflowId,application,applicationId,type,trigger,environment,name,"
        "linkedAccountId,configId,orgId\r\n";
    ASSERT_EQ(result.out.substr(0, header.size()), header);
    const std::string row = result.out.substr(header.size());
    EXPECT_EQ(row.rfind("run-1,2026-06-16T13:15:00.887Z,COMPLETED,\"a \"\"quoted\"\", name\nin two lines\","
                        "6a106ba44480b80424a65289,\"'=HYPERLINK(\"\"x\"\")\",",
                        0),
              0U)
        << row;
    EXPECT_EQ(row.substr(row.size() - 2), "\r\n");
}

TEST(Table, InAPipeHasIsoDatesAndTotalsOnStderr) {
    testing::FakeServer server(historyOf(25));
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"list", "--format", "table", "--page", "2"}));
    const std::vector<std::string> lines = linesOf(result.out);
    ASSERT_EQ(lines.size(), 11U);
    EXPECT_EQ(lines[0].rfind("STATUS", 0), 0U);
    EXPECT_NE(lines[1].find("  2026-"), std::string::npos) << lines[1];
    EXPECT_NE(lines[1].find("Z  "), std::string::npos) << lines[1];
    EXPECT_NE(lines[1].find(server.ids()[10]), std::string::npos) << lines[1];
    EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
    EXPECT_EQ(result.err, "page 2 of 3, 25 runs in all; more: --page 3, --max 100, or --all\n");
}

TEST(Table, SaysWhenNothingMatches) {
    testing::FakeServer server(historyOf(25));
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"list", "--format", "table", "--status", "NO_SUCH"}));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "no runs match\n");
}

TEST(Max, CutsAPage) {
    testing::FakeServer server(historyOf(25));
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"list", "--max", "3"}));
    EXPECT_EQ(linesOf(result.out).size(), 3U);
    EXPECT_EQ(server.requestCount(), 1U);
}

TEST(Retries, FlagCountsTriesAfterTheFirst) {
    testing::FakeServer server(historyOf(3));
    server.failNext(100, 503);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"list", "--retries", "1", "--rate", "off"}));
    EXPECT_EQ(result.exitCode, 6) << result.err;
    EXPECT_EQ(server.requestCount(), 2U);
}

}  // namespace
}  // namespace refold::test
