// Tests `history --compare`: the period before, the verdict in every format, and filters that leave no rate to compare.
#include "program.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace refold::test {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

nlohmann::json jsonOf(const testing::FakeServer& server, Arguments arguments) {
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), std::move(arguments)));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return nlohmann::json::parse(result.out, nullptr, false);
}

/// Adds runs since midnight, of which 40 % failed, and since yesterday's midnight, of which 10 % failed. Later
/// yesterday, all runs failed.
void fillTwoDays(testing::FakeServer& server) {
    const Timestamp now = currentTime();
    const Timestamp midnight = now - now.time_since_epoch() % hours(24);
    const Timestamp thisTimeYesterday = now - hours(24);
    for (int i = 0; i < 100; ++i) {
        const milliseconds late{i};
        addRun(server, midnight + late, i < 40 ? "ERRORED" : "COMPLETED");
        addRun(server, midnight - hours(24) + late, i < 10 ? "ERRORED" : "COMPLETED");
        // A minute later than this time yesterday, which is more than the test takes, if that is still yesterday.
        if (thisTimeYesterday + std::chrono::minutes(2) < midnight) {
            addRun(server, thisTimeYesterday + std::chrono::minutes(1) + late, "FAILED");
        }
    }
}

TEST(HistoryComparison, SaysThatThePeriodBeforeMayBeIncomplete) {
    testing::FakeServer server(historyOf(0));
    const Timestamp now = currentTime();
    for (const int days : {1, 25}) addRun(server, now - hours(24 * days), "COMPLETED");
    const std::string whole = "all of the period before is older than 30 days";
    const std::string part = "part of the period before is older than 30 days";
    for (const auto& [since, note] : {std::pair("10d", ""), {"20d", part.c_str()}, {"40d", whole.c_str()}}) {
        const Arguments arguments = {"history", "--since", since, "--compare", "previous"};
        const nlohmann::json json = jsonOf(server, arguments);
        EXPECT_EQ(json["previous"]["beyondRetention"], *note != '\0') << since;
        EXPECT_TRUE(json["previous"]["environments"].is_array()) << json["previous"];
        Arguments asTable = arguments;
        asTable.insert(asTable.end(), {"--format", "table"});
        const std::string table = runToEnd(programAt(server.baseUrl(), asTable)).out;
        EXPECT_EQ(table.find("keeps runs for 30 days") != std::string::npos, *note != '\0') << table;
        EXPECT_NE(table.find(note), std::string::npos) << table;
    }
}

TEST(HistoryComparison, OfTodayUsesTheSamePartOfYesterday) {
    testing::FakeServer server(historyOf(0));
    fillTwoDays(server);
    const nlohmann::json json = jsonOf(server, {"history", "--since", "today", "--compare", "previous"});
    ASSERT_FALSE(json.is_discarded());
    const Timestamp from = *parseTimestamp(json["from"].get<std::string>());
    const Timestamp to = *parseTimestamp(json["to"].get<std::string>());
    EXPECT_EQ(json["previous"]["from"], formatTimestamp(from - hours(24)));
    EXPECT_EQ(json["previous"]["to"], formatTimestamp(to - hours(24)));
    EXPECT_EQ(json["totals"]["failureRate"], 0.4);
    EXPECT_EQ(json["previous"]["totals"]["failureRate"], 0.1) << "the later part of yesterday is excluded";
    EXPECT_EQ(json["comparison"]["trend"], "worse");
    EXPECT_EQ(json["comparison"]["failureRatePoints"], 30);
    EXPECT_EQ(json["comparison"]["mayBeChance"], false);
}

TEST(HistoryComparison, SaysInTheSecondLineWhetherItIsWorse) {
    testing::FakeServer server(historyOf(0));
    fillTwoDays(server);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"history", "--since", "today", "--compare", "previous", "--group-by",
                                              "account", "--format", "table"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    const std::vector<std::string> lines = linesOf(result.out);
    ASSERT_GT(lines.size(), 2U);
    EXPECT_EQ(lines[1], "worse than in the period before: 10.0% failed then, +30.0 points");
    EXPECT_NE(result.out.find("BEFORE"), result.out.rfind("BEFORE"))
        << "the groups by account are compared too: " << result.out;
}

TEST(HistoryComparison, IsOnThePageToo) {
    testing::FakeServer server(historyOf(0));
    fillTwoDays(server);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"history", "--since", "today", "--compare", "previous", "--html", "-"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_NE(result.out.find("Worse than in the period before: 10.0% failed then, +30.0 points."), std::string::npos);
}

TEST(HistoryComparison, OfFailedRunsCountsThem) {
    testing::FakeServer server(historyOf(0));
    fillTwoDays(server);
    const Arguments arguments = {"history", "--failed", "--since", "today", "--compare", "previous"};
    const auto with = [&arguments](Arguments more) {
        more.insert(more.begin(), arguments.begin(), arguments.end());
        return more;
    };
    const nlohmann::json comparison = jsonOf(server, arguments)["comparison"];
    EXPECT_EQ(comparison["measure"], "failedRuns");
    EXPECT_EQ(comparison["trend"], "worse");
    EXPECT_EQ(comparison["runs"], 30);
    EXPECT_TRUE(comparison["failureRatePoints"].is_null());

    const std::string table = runToEnd(programAt(server.baseUrl(), with({"--format", "table"}))).out;
    const std::vector<std::string> lines = linesOf(table);
    EXPECT_EQ(lines[0], "40 failed runs");
    EXPECT_EQ(lines[1], "worse than in the period before: 10 failed runs then, +30");
    EXPECT_NE(table.find("failed                  10          40  +30, worse"), std::string::npos) << table;
    for (const char* const rate : {"100%", "RATE", "failure rate"}) {
        EXPECT_EQ(table.find(rate), std::string::npos) << "a rate of failed runs says nothing: " << table;
    }
    const std::string page = runToEnd(programAt(server.baseUrl(), with({"--html", "-"}))).out;
    EXPECT_NE(page.find("Worse than in the period before: 10 failed runs then, +30."), std::string::npos);
    EXPECT_NE(page.find("<h1>40 failed runs<"), std::string::npos);
    for (const char* const rate : {"100%</", "failure rate<", "Failure rate"}) {
        EXPECT_EQ(page.find(rate), std::string::npos) << rate;
    }
    EXPECT_NE(page.find("history --start-date"), std::string::npos);
    EXPECT_NE(page.find(" --status ERRORED --status FAILED --status TIMED_OUT"), std::string::npos)
        << "the command on the page can be run";
}

TEST(HistoryComparison, ColoursNothingThatMayBeChance) {
    testing::FakeServer server(historyOf(0));
    const Timestamp now = currentTime();
    for (int i = 0; i < 10; ++i) {
        addRun(server, now - std::chrono::minutes(10) - milliseconds(i), i < 2 ? "ERRORED" : "COMPLETED");
        addRun(server, now - std::chrono::minutes(70) - milliseconds(i), i < 1 ? "ERRORED" : "COMPLETED");
    }
    const std::string shown =
        runToEnd(terminalAt(server.baseUrl(), {"history", "--since", "1h", "--compare", "previous"}, 120)).terminal;
    EXPECT_NE(shown.find("+10.0 points, may be chance\n"), std::string::npos) << shown;
    EXPECT_NE(shown.find("\nno clear change: 10.0% failed in the period before, +10.0 points may be chance"),
              std::string::npos)
        << shown;
    EXPECT_EQ(shown.find("worse"), std::string::npos) << shown;
    const nlohmann::json comparison =
        jsonOf(server, {"history", "--since", "1h", "--compare", "previous"})["comparison"];
    EXPECT_EQ(comparison["trend"], "same");
    EXPECT_EQ(comparison["mayBeChance"], true);
    const std::string page =
        runToEnd(programAt(server.baseUrl(), {"history", "--since", "1h", "--compare", "previous", "--html", "-"})).out;
    EXPECT_EQ(page.find("<tr class=\"worse\">"), std::string::npos);
    EXPECT_NE(page.find("<tr class=\"same\"><th scope=\"row\">failure rate</th>"), std::string::npos);
}

}  // namespace
}  // namespace refold::test
