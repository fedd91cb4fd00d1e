// Tests a server that accepts days only: every command with dates finds the same runs as on a server that accepts a
// time of day.
#include "program.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace refold::test {
namespace {

/// Takes the end of a period as the beginning of that day, or as its end.
class DaysOnly : public ::testing::TestWithParam<bool> {
  protected:
    static testing::FakeServerOptions byTheDay() {
        testing::FakeServerOptions options = historyOf(1500);
        options.daysOnly = true;
        options.endDateIsMidnight = GetParam();
        return options;
    }
    static std::string outputAt(const testing::FakeServer& server, const Arguments& arguments) {
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
        EXPECT_EQ(result.exitCode, 0) << arguments.front() << ": " << result.err;
        EXPECT_EQ(result.err, "") << arguments.front();
        return result.out;
    }
    static Arguments within(Arguments arguments) {
        const Arguments more{"--since", "2026-04-01T15:30:00Z", "--until", "2026-05-20T03:15:00.250Z", "--rate", "off"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }

    const testing::FakeServer days{byTheDay()};
    const testing::FakeServer usual{historyOf(1500)};
};

TEST_P(DaysOnly, ListFindsTheSameRuns) {
    for (const Arguments& more : {Arguments{"--all"}, {"--all", "--sort-asc"}, {"--all", "--status", "ERRORED"}}) {
        Arguments arguments{"list"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const std::string expected = outputAt(usual, within(arguments));
        EXPECT_GT(linesOf(expected).size(), 10U);
        EXPECT_TRUE(holdsRuns(outputAt(days, within(arguments)), idsOf(expected)));
    }
    EXPECT_EQ(days.requests()[1].parameter("start_date"), "2026-04-01");
}

TEST_P(DaysOnly, ListShowsTheSamePages) {
    // On a server that accepts days only, the first pages hold nothing but runs of the days' other hours.
    const Arguments newest{"--since", "2026-06-08T10:30:00Z", "--until", "2026-06-13T00:30:00Z", "--limit", "3"};
    const Arguments oldest{"--since", "2026-06-08T23:30:00Z", "--sort-asc", "--limit", "3"};
    for (const Arguments& dates : {newest, oldest}) {
        for (const char* const page : {"1", "2", "3"}) {
            Arguments arguments{"list", "--rate", "off", "--page", page};
            arguments.insert(arguments.end(), dates.begin(), dates.end());
            const std::string expected = outputAt(usual, arguments);
            EXPECT_EQ(linesOf(expected).size(), 3U);
            EXPECT_TRUE(holdsRuns(outputAt(days, arguments), idsOf(expected))) << "page " << page;
        }
    }
}

TEST_P(DaysOnly, ListCountsOnlyRunsWithinTheDates) {
    const Arguments arguments{
        "list", "--format", "table", "--since", "2026-06-15T10:30:00Z", "--until", "2026-06-15T11:00:00Z"};
    const auto totals = [&](const testing::FakeServer& server) {
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
        EXPECT_EQ(result.exitCode, 0) << result.err;
        return result.err;
    };
    EXPECT_EQ(totals(days), totals(usual));
    const Arguments none{
        "list", "--format", "table", "--since", "2026-06-15T10:30:00.001Z", "--until", "2026-06-15T10:30:00.002Z"};
    EXPECT_EQ(runToEnd(programAt(days.baseUrl(), none)).err, "no runs match\n");
}

TEST_P(DaysOnly, HistoryCountsTheSameRuns) {
    const auto counted = [](const std::string& text) {
        nlohmann::json json = nlohmann::json::parse(text);
        return std::vector<nlohmann::json>{json["totals"], json["statuses"], json["workflows"], json["buckets"]};
    };
    const Arguments arguments = within({"history"});
    EXPECT_EQ(counted(outputAt(days, arguments)), counted(outputAt(usual, arguments)));
}

TEST_P(DaysOnly, WatchReportsTheSameBacklog) {
    // Ends at the first failed run, after a part of the backlog.
    const Arguments arguments{"watch", "--since", "2026-06-15T10:30:00Z", "--interval", "0.02", "--exit-status"};
    const auto told = [&](const testing::FakeServer& server) {
        const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), arguments));
        EXPECT_EQ(result.exitCode, 1) << result.err;
        EXPECT_EQ(result.err, "");
        return result.out;
    };
    const std::string expected = told(usual);
    EXPECT_GT(linesOf(expected).size(), 1U);
    EXPECT_EQ(told(days), expected);
}

TEST_P(DaysOnly, APlainWatchNeedsNoDate) {
    testing::FakeServer server(byTheDay());
    Subprocess program(programAt(server.baseUrl(), {"watch", "--interval", "0.02"}));
    ASSERT_TRUE(server.waitForRequests(4, std::chrono::seconds(20)));
    testing::FakeRun run;
    run.id = "run_new";
    server.addRun(run);
    ASSERT_TRUE(program.waitForOutput("run_new"));
    for (const testing::FakeRequest& request : server.requests()) {
        EXPECT_EQ(request.query.find("date"), std::string::npos) << request.query;
    }
}

INSTANTIATE_TEST_SUITE_P(EndDate, DaysOnly, ::testing::Bool());

}  // namespace
}  // namespace refold::test
