// Tests `history` as users run it: the period, the counts compared with the server's, the page, and failures while
// reading.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include <dirent.h>
#include <sys/stat.h>
#include <chrono>
#include <csignal>
#include <memory>

namespace refold::test {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

/// The embedded server's whole history; its newest run is of 2026-06-16.
Arguments wholeHistory(Arguments flags = {}) {
    Arguments arguments = {"history", "--start-date", "2025-01-01", "--end-date", "2026-06-17", "--rate", "off"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return arguments;
}

nlohmann::json jsonOf(const testing::FakeServer& server, Arguments arguments) {
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), std::move(arguments)));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return nlohmann::json::parse(result.out, nullptr, false);
}

std::size_t filesIn(const TemporaryDirectory& directory) {
    std::size_t count = 0;
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(directory.path().c_str()), &::closedir);
    while (const dirent* const entry = ::readdir(open.get())) count += entry->d_name[0] != '.' ? 1U : 0U;
    return count;
}

TEST(History, ShowsOneFailureRate) {
    testing::FakeServer server(historyOf(0));
    const Timestamp now = currentTime();
    for (int i = 0; i < 10; ++i) {
        const Timestamp created = now - std::chrono::minutes(10) - milliseconds(i);
        addRun(server, created, i < 2 ? "ERRORED" : i < 5 ? "RUNNING" : "COMPLETED");
    }
    const std::string table =
        runToEnd(programAt(server.baseUrl(), {"history", "--since", "1h", "--format", "table"})).out;
    EXPECT_NE(table.find("2 failed (28.6% of 7 finished)"), std::string::npos) << table;
    EXPECT_NE(table.find("OUTCOMES  share of the 7 finished"), std::string::npos) << table;
    EXPECT_EQ(table.find("20.0%"), std::string::npos) << "of all ten: " << table;
    const std::string page = runToEnd(programAt(server.baseUrl(), {"history", "--since", "1h", "--html", "-"})).out;
    EXPECT_NE(page.find("<span class=\"count\">2</span> <span class=\"share\">28.6%</span>"), std::string::npos);
    EXPECT_EQ(page.find("20.0%"), std::string::npos);
}

TEST(History, TakesSeveralGroupings) {
    const testing::FakeServer server(historyOf(50));
    for (const Arguments& flags : {Arguments{"--group-by", "account,environment"},
                                   Arguments{"--group-by", "account", "--group-by", "environment"}}) {
        Arguments arguments = flags;
        arguments.insert(arguments.end(), {"--format", "table"});
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), wholeHistory(arguments)));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        EXPECT_NE(result.out.find("\nACCOUNTS"), std::string::npos) << result.out;
        EXPECT_NE(result.out.find("\nENVIRONMENTS"), std::string::npos) << result.out;
        EXPECT_EQ(result.out.find("\nWORKFLOWS"), std::string::npos) << result.out;
    }
}

TEST(History, CountsMatchTheServers) {
    const testing::FakeServer server(historyOf(1234));
    const nlohmann::json json = jsonOf(server, wholeHistory());
    ASSERT_FALSE(json.is_discarded());
    EXPECT_EQ(json["totals"]["runs"], 1234);
    std::size_t counted = 0;
    for (const nlohmann::json& status : json["statuses"]) {
        ExecutionQuery query;
        query.status = status["status"].get<std::string>();
        EXPECT_EQ(status["runs"], server.ids(query).size()) << status;
        counted += status["runs"].get<std::size_t>();
    }
    EXPECT_EQ(counted, 1234U);
    for (const char* const view : {"workflows", "applications", "buckets"}) {
        std::size_t runs = 0;
        for (const nlohmann::json& entry : json[view]) runs += entry["runs"].get<std::size_t>();
        EXPECT_EQ(runs, 1234U) << view;
    }
    for (const nlohmann::json& workflow : json["workflows"]) {
        ExecutionQuery query;
        query.workflowId = workflow["id"].get<std::string>();
        EXPECT_EQ(workflow["runs"], server.ids(query).size()) << workflow;
    }
    EXPECT_EQ(json["verified"], true);
}

TEST(History, IsTheSameInEitherOrder) {
    const testing::FakeServer server(historyOf(500));
    nlohmann::json newest = jsonOf(server, wholeHistory());
    nlohmann::json oldest = jsonOf(server, wholeHistory({"--sort-asc"}));
    for (const char* const view : {"totals", "statuses", "workflows", "applications", "buckets", "latestFailures"}) {
        EXPECT_EQ(newest[view], oldest[view]) << view;
    }
}

TEST(History, AppliesFilters) {
    const testing::FakeServer server(historyOf(500));
    ExecutionQuery query;
    query.status = "ERRORED";
    const nlohmann::json json = jsonOf(server, wholeHistory({"--status", "ERRORED"}));
    EXPECT_EQ(json["totals"]["runs"], server.ids(query).size());
    EXPECT_EQ(json["totals"]["failureRate"], 1);
    EXPECT_EQ(json["filters"][0]["name"], "status");
    EXPECT_EQ(json["latestFailures"][0]["id"], server.ids(query).front());
}

TEST(History, CoversTheLastSevenDaysByDefault) {
    testing::FakeServerOptions options = historyOf(3);
    options.now = currentTime() - hours(1);
    testing::FakeServer server(options);
    testing::FakeRun old;
    old.createdAt = *options.now - hours(8 * 24);
    server.addRun(old);
    testing::FakeRun recent;
    recent.createdAt = *options.now - hours(6 * 24);
    const std::string id = server.addRun(recent);
    const nlohmann::json json =
        jsonOf(server, {"history", "--execution-type", "ASYNC", "--workflow-name", "Daily Sync"});
    EXPECT_GE(json["totals"]["runs"], 1);
    EXPECT_EQ(json["firstRunAt"], formatTimestamp(*recent.createdAt)) << "no run is older than seven days";
    const std::string asked = server.requests().front().parameter("start_date").value_or("none");
    ASSERT_TRUE(parseTimestamp(asked)) << asked;

    const Subprocess::Result shown = runToEnd(terminalAt(server.baseUrl(), {"history"}));
    EXPECT_NE(shown.terminal.find("the last 7 days, "), std::string::npos) << shown.terminal;
    const Subprocess::Result given = runToEnd(terminalAt(server.baseUrl(), {"history", "--start-date", "30d"}));
    EXPECT_EQ(given.terminal.find("the last 7 days"), std::string::npos) << "a given date replaces the default";
}

TEST(History, DropsRunsOutsideThePeriodAndSaysSo) {
    const TemporaryDirectory directory;
    const Timestamp start = parseTimestamp("2026-06-10T12:00:00Z").value();
    const Timestamp end = parseTimestamp("2026-06-12T12:00:00Z").value();
    for (const auto granularity : {testing::DateGranularity::ignored, testing::DateGranularity::day}) {
        testing::FakeServerOptions options = historyOf(0);
        options.dateGranularity = granularity;
        testing::FakeServer server(options);
        const auto add = [&server](const char* id, Timestamp createdAt) {
            testing::FakeRun run;
            run.id = id;
            run.status = "FAILED";
            run.createdAt = createdAt;
            run.workflowId = run.workflowName = "workflow of " + run.id;
            server.addRun(run);
        };
        add("tooEarly", start - milliseconds(1));
        add("first", start);
        add("last", end);
        add("tooLate", end + milliseconds(1));
        testing::FakeRun undated;
        undated.id = "undated";
        undated.createdAt = start + hours(1);
        undated.json = R"({"_id":"undated","status":"RUNNING"})";
        server.addRun(undated);

        const Arguments period = {"history",
                                  "--start-date",
                                  formatTimestamp(start),
                                  "--end-date",
                                  formatTimestamp(end),
                                  "--html",
                                  directory.file("runs.html")};
        const Subprocess::Result piped = runToEnd(programAt(server.baseUrl(), period));
        EXPECT_EQ(piped.exitCode, 0) << piped.err;
        ASSERT_EQ(linesOf(piped.err).size(), 1U) << piped.err;
        EXPECT_NE(piped.err.find("left out 2 runs"), std::string::npos) << piped.err;
        EXPECT_NE(piped.err.find("does not filter by date"), std::string::npos) << piped.err;
        const nlohmann::json json = nlohmann::json::parse(piped.out);
        EXPECT_EQ(json["totals"]["runs"], 3);
        EXPECT_EQ(json["totals"]["undated"], 1);
        EXPECT_EQ(json["firstRunAt"], formatTimestamp(start));
        EXPECT_EQ(json["lastRunAt"], formatTimestamp(end));
        EXPECT_EQ(json["workflows"].size(), 3U);
        EXPECT_EQ(json["latestFailures"].size(), 2U);
        const std::string page = directory.read("runs.html");
        EXPECT_NE(page.find("<h1>3 runs"), std::string::npos);
        for (const char* const id : {"tooEarly", "tooLate"}) {
            EXPECT_EQ(piped.out.find(id), std::string::npos) << id;
            EXPECT_EQ(page.find(id), std::string::npos) << id;
        }

        const Subprocess::Result shown = runToEnd(terminalAt(server.baseUrl(), period));
        EXPECT_NE(shown.terminal.find("left out 2 runs"), std::string::npos) << shown.terminal;
        EXPECT_EQ(shown.terminal.find("tooLate"), std::string::npos) << shown.terminal;
    }
}

TEST(History, IsEmptyIfAllRunsLieOutsideThePeriod) {
    testing::FakeServerOptions options = historyOf(5);
    options.dateGranularity = testing::DateGranularity::ignored;
    const testing::FakeServer server(options);
    const Subprocess::Result result = runToEnd(
        programAt(server.baseUrl(), {"history", "--end-date", "2020-01-01", "--format", "table", "--rate", "off"}));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_NE(result.err.find("left out 5 runs"), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("no runs match"), std::string::npos) << result.err;
}

TEST(History, SaysThatThereAreNoRuns) {
    const testing::FakeServer server(historyOf(5));
    const Subprocess::Result result = runToEnd(terminalAt(server.baseUrl(), {"history"}));
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_NE(result.terminal.find("no runs match"), std::string::npos) << result.terminal;
    EXPECT_NE(result.terminal.find("--since"), std::string::npos) << result.terminal;
}

TEST(History, IsATableOnATerminalAndJsonInAPipe) {
    const testing::FakeServer server(historyOf(300));
    for (const unsigned short columns : std::initializer_list<unsigned short>{80, 200}) {
        SubprocessOptions options = terminalAt(server.baseUrl(), wholeHistory(), columns);
        options.err = Stream::pipe;
        const Subprocess::Result result = runToEnd(options);
        EXPECT_EQ(result.exitCode, 0) << result.err;
        for (const char* const part :
             {"OUTCOMES", "OVER TIME", "WORKFLOWS", "APPLICATIONS", "LATEST FAILURES", "\x1b["}) {
            EXPECT_NE(result.terminal.find(part), std::string::npos) << part;
        }
    }
    SubprocessOptions plain = terminalAt(server.baseUrl(), wholeHistory());
    plain.environment["NO_COLOR"] = "1";
    plain.environment["LC_ALL"] = "C";
    plain.err = Stream::pipe;
    const std::string ascii = runToEnd(plain).terminal;
    EXPECT_EQ(ascii.find("\x1b["), std::string::npos);
    for (const char c : ascii) ASSERT_LT(static_cast<unsigned char>(c), 0x80U) << ascii;
    EXPECT_NE(ascii.find("x failed"), std::string::npos) << ascii;

    const Subprocess::Result piped = runToEnd(programAt(server.baseUrl(), wholeHistory({"--format", "table"})));
    EXPECT_EQ(piped.out.find("\x1b["), std::string::npos);
    EXPECT_NE(piped.out.find("OVER TIME"), std::string::npos);
}

TEST(History, ShowsProgressOnlyOnATerminal) {
    testing::FakeServer server(historyOf(600));
    server.setLatency(milliseconds(100));
    SubprocessOptions options = programAt(server.baseUrl(), wholeHistory({"--limit", "50", "--prefetch", "0"}));
    options.err = Stream::terminal;
    const Subprocess::Result result = runToEnd(options);
    EXPECT_NE(result.terminal.find("\r\x1b[K["), std::string::npos) << result.terminal;
    EXPECT_FALSE(nlohmann::json::parse(result.out, nullptr, false).is_discarded());
}

TEST(History, WritesAPageBesideTheReport) {
    const TemporaryDirectory directory;
    const testing::FakeServer server(historyOf(700));
    const nlohmann::json json = jsonOf(server, wholeHistory({"--html", directory.file("runs.html")}));
    EXPECT_EQ(json["totals"]["runs"], 700);
    const std::string page = directory.read("runs.html");
    EXPECT_EQ(page.rfind("<!DOCTYPE html>", 0), 0U);
    EXPECT_NE(page.find("</html>"), std::string::npos);
    for (const std::string& id : server.ids()) EXPECT_NE(page.find("[\"" + id + "\","), std::string::npos) << id;
    EXPECT_EQ(filesIn(directory), 1U) << "no temporary file is left";
}

TEST(History, LeavesNoHalfPageAfterAnError) {
    const TemporaryDirectory directory;
    directory.write("runs.html", "the page of yesterday");
    testing::FakeServer server(historyOf(1000));
    server.onRequest(refuseAfter(3, 403));
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), wholeHistory({"--prefetch", "0", "--html", directory.file("runs.html")})));
    EXPECT_EQ(result.exitCode, 3);
    EXPECT_EQ(result.out, "") << "an incomplete history is not printed";
    EXPECT_NE(result.err.find(" of 1,000 runs; half a history"), std::string::npos) << result.err;
    EXPECT_EQ(linesOf(result.err).size(), 2U) << result.err;
    EXPECT_EQ(directory.read("runs.html"), "the page of yesterday");
    EXPECT_EQ(filesIn(directory), 1U);
}

TEST(History, EndsWithCtrlC) {
    const TemporaryDirectory directory;
    testing::FakeServer server(historyOf(2000));
    server.setLatency(milliseconds(50));
    Subprocess process(
        programAt(server.baseUrl(), wholeHistory({"--limit", "20", "--html", directory.file("runs.html")})));
    ASSERT_TRUE(server.waitForRequests(3));
    process.send(SIGINT);
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 130) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(filesIn(directory), 0U);
}

struct WrongHistory {
    const char* name;
    Arguments arguments;
    std::vector<std::string> words;
};

const WrongHistory wrongHistories[] = {
    {"format", {"--format", "csv"}, {"--format", "'csv'", "table or json"}},
    {"htmlEmpty", {"--html", ""}, {"--html", "''"}},
    {"htmlNowhere", {"--html", "/nonexistent/runs.html"}, {"--html", "/nonexistent/runs.html"}},
    {"htmlDirectory", {"--html", "/"}, {"--html", "'/'", "not a regular file"}},
    {"htmlDevice", {"--html", "/dev/null"}, {"--html", "'/dev/null'", "not a regular file"}},
    {"groupBy", {"--group-by", "account,colour"}, {"--group-by", "'colour'", "workflow, application"}},
    {"groupByNothing", {"--group-by", ""}, {"--group-by"}},
    {"listFlag", {"--all"}, {"--all"}},
};

TEST(History, RefusesWrongUsageBeforeAnyRequest) {
    const testing::FakeServer server(historyOf(1));
    for (const WrongHistory& wrong : wrongHistories) {
        SCOPED_TRACE(wrong.name);
        Arguments arguments = {"history"};
        arguments.insert(arguments.end(), wrong.arguments.begin(), wrong.arguments.end());
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
        EXPECT_EQ(result.exitCode, 2);
        EXPECT_EQ(result.out, "");
        for (const std::string& word : wrong.words) EXPECT_NE(result.err.find(word), std::string::npos) << result.err;
    }
    EXPECT_EQ(server.requestCount(), 0U);
}

TEST(History, SurvivesHostileNames) {
    testing::FakeServer server(historyOf(0));
    for (const std::string& name : {std::string("\x1b[31mred\x07"), std::string("\xE2\x80\xAE turned"),
                                    std::string(10000, 'x'), std::string("</script><script>alert(1)</script>")}) {
        testing::FakeRun run;
        run.workflowId = "id of " + name.substr(0, 20);
        run.workflowName = name;
        run.applicationName = name;
        run.status = "FAILED";
        server.addRun(run);
    }
    const TemporaryDirectory directory;
    SubprocessOptions options = terminalAt(server.baseUrl(), wholeHistory({"--html", directory.file("runs.html")}), 80);
    options.environment["NO_COLOR"] = "1";
    options.err = Stream::pipe;
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    for (const std::string& text : {result.terminal, directory.read("runs.html")}) {
        EXPECT_EQ(text.find('\x1b'), std::string::npos);
        EXPECT_EQ(text.find('\x07'), std::string::npos);
        EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
        EXPECT_EQ(text.find(std::string(300, 'x')), std::string::npos);
    }
    EXPECT_EQ(directory.read("runs.html").find("<script>alert"), std::string::npos);
}

}  // namespace
}  // namespace refold::test
