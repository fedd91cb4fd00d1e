// Tests the counts of `history` (outcomes, groups, time) and its JSON.
#include "history.hpp"
#include "history_json.hpp"
#include "history_report.hpp"
#include "history_summary.hpp"
#include "json_text.hpp"
#include "time_buckets.hpp"
#include "time_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>
#include <sstream>
#include <vector>

namespace cli {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

refold::Timestamp at(const char* text) {
    return refold::parseTimestamp(text).value();
}

refold::Execution runOf(const char* status, const char* time = "2026-06-16T13:15:00Z", const char* workflowId = "w1",
                        const char* workflowName = "Daily Sync") {
    refold::Execution run;
    run.id = std::string("run-") + status + time;
    run.status = status;
    run.createdAt = refold::parseTimestamp(time);
    run.associatedWorkflow = {workflowId, workflowName, ""};
    run.associatedApplication = {"a1", "Hubspot", ""};
    return run;
}

TEST(RunOutcome, FollowsTheStatus) {
    EXPECT_EQ(runOutcomeOf("COMPLETED"), RunOutcome::completed);
    for (const char* const status : {"FAILED", "ERRORED", "TIMED_OUT"}) {
        EXPECT_EQ(runOutcomeOf(status), RunOutcome::failed);
    }
    EXPECT_EQ(runOutcomeOf("RUNNING"), RunOutcome::running);
    for (const char* const status : {"STOPPED", "STOPPING"}) EXPECT_EQ(runOutcomeOf(status), RunOutcome::stopped);
    for (const char* const status : {"DUPLICATE", "PAUSED", ""}) EXPECT_EQ(runOutcomeOf(status), RunOutcome::other);
}

TEST(OutcomeCounts, RateCountsEndedRunsOnly) {
    OutcomeCounts counts;
    EXPECT_FALSE(counts.failureRate());
    for (const char* const status : {"RUNNING", "PAUSED", "STOPPING"}) counts.add(status);
    EXPECT_FALSE(counts.failureRate()) << "nothing has ended";
    for (const char* const status : {"COMPLETED", "STOPPED", "DUPLICATE", "TIMED_OUT"}) counts.add(status);
    EXPECT_EQ(counts.total(), 7);
    EXPECT_EQ(counts.ended(), 4);
    EXPECT_DOUBLE_EQ(counts.failureRate().value(), 0.25);
}

TEST(PercentText, NeverRoundsToZeroOrAHundred) {
    EXPECT_EQ(percentText({}), "-");
    EXPECT_EQ(percentText(0.0), "0%");
    EXPECT_EQ(percentText(0.0001), "<0.1%");
    EXPECT_EQ(percentText(0.049), "4.9%");
    EXPECT_EQ(percentText(0.99999), ">99.9%");
    EXPECT_EQ(percentText(1.0), "100%");
}

TEST(HistorySummary, CountsEachRunOnceInEveryGrouping) {
    HistorySummary summary;
    summary.add(runOf("COMPLETED"));
    summary.add(runOf("FAILED"));
    refold::Execution undated = runOf("FAILED");
    undated.createdAt.reset();
    summary.add(undated);

    EXPECT_EQ(summary.totals().total(), 3);
    EXPECT_EQ(summary.undated(), 1);
    ASSERT_EQ(summary.workflows().all().size(), 1U);
    EXPECT_EQ(summary.workflows().all()[0].counts.failed(), 2);
    EXPECT_EQ(summary.applications().all()[0].counts.total(), 3);
    const BucketSeries series = summary.buckets().series({}, at("2026-06-16T13:15:00Z"), 100);
    ASSERT_EQ(series.buckets.size(), 1U);
    EXPECT_EQ(series.buckets[0].counts.total(), 2);
}

TEST(HistorySummary, CountsAStatusOnceInAnyCase) {
    HistorySummary summary;
    for (const char* const status : {"ERRORED", "Errored", "errored"}) summary.add(runOf(status));
    ASSERT_EQ(summary.statuses().size(), 1U);
    EXPECT_EQ(summary.statuses()[0].runs, 3);
}

TEST(HistorySummary, SeparatesWorkflowsOfTheSameName) {
    HistorySummary summary;
    summary.add(runOf("COMPLETED", "2026-06-16T13:15:00Z", "w1", "Sync"));
    summary.add(runOf("FAILED", "2026-06-16T13:15:00Z", "w2", "Sync"));
    summary.add(runOf("FAILED", "2026-06-16T13:15:00Z", "", "Sync"));
    summary.add(runOf("FAILED", "2026-06-16T13:15:00Z", "", "w1"));
    EXPECT_EQ(summary.workflows().all().size(), 4U);
}

TEST(HistorySummary, NamesAGroupLikeItsLatestRun) {
    for (const bool newestFirst : {true, false}) {
        std::vector<refold::Execution> runs = {runOf("COMPLETED", "2026-06-16T13:15:00Z", "w1", "New name"),
                                               runOf("COMPLETED", "2026-06-15T13:15:00Z", "w1", "Old name")};
        if (!newestFirst) std::reverse(runs.begin(), runs.end());
        HistorySummary summary;
        for (const refold::Execution& run : runs) summary.add(run);
        ASSERT_EQ(summary.workflows().all().size(), 1U);
        EXPECT_EQ(summary.workflows().all()[0].name, "New name");
    }
}

TEST(HistorySummary, SortsGroupsWorstFirst) {
    HistorySummary summary;
    const auto add = [&](const char* workflow, int completed, int failed, int running = 0) {
        for (int i = 0; i < completed; ++i) summary.add(runOf("COMPLETED", "2026-06-16", workflow, workflow));
        for (int i = 0; i < failed; ++i) summary.add(runOf("ERRORED", "2026-06-16", workflow, workflow));
        for (int i = 0; i < running; ++i) summary.add(runOf("RUNNING", "2026-06-16", workflow, workflow));
    };
    add("nothing ended", 0, 0, 3);
    add("fine", 9, 0);
    add("half of two", 1, 1);
    add("half of six", 3, 3, 5);
    add("most", 1, 2);
    std::vector<std::string> names;
    for (const RunGroup* const group : summary.workflows().worstFirst()) names.push_back(group->name);
    EXPECT_EQ(names, (std::vector<std::string>{"most", "half of six", "half of two", "fine", "nothing ended"}));
}

TEST(HistorySummary, KeepsTheLatestFailuresInAnyOrder) {
    std::vector<refold::Execution> runs;
    for (int i = 0; i < 50; ++i) {
        refold::Execution run = runOf(i % 2 == 0 ? "FAILED" : "COMPLETED");
        run.createdAt = at("2026-06-16T00:00:00Z") + minutes(i * 7 % 50);
        run.id = "run" + std::to_string(i);
        runs.push_back(run);
    }
    runs.front().createdAt.reset();
    HistorySummary forwards;
    HistorySummary backwards;
    for (const refold::Execution& run : runs) forwards.add(run);
    std::reverse(runs.begin(), runs.end());
    for (const refold::Execution& run : runs) backwards.add(run);
    ASSERT_EQ(forwards.latestFailures().size(), HistorySummary::maxFailures);
    for (std::size_t i = 0; i < HistorySummary::maxFailures; ++i) {
        EXPECT_EQ(forwards.latestFailures()[i].id, backwards.latestFailures()[i].id);
        ASSERT_TRUE(forwards.latestFailures()[i].createdAt) << "a run without a date does not count as late";
        if (i == 0) continue;
        EXPECT_GT(forwards.latestFailures()[i - 1].createdAt, forwards.latestFailures()[i].createdAt);
    }
}

TEST(TimeBuckets, WidthsDivideEachOther) {
    seconds width = narrowestBucket;
    for (int i = 0; i < 20; ++i) {
        const seconds wider = nextWiderBucket(width);
        EXPECT_GT(wider, width);
        EXPECT_EQ(wider % width, seconds(0)) << bucketWidthText(wider);
        width = wider;
    }
}

TEST(TimeBuckets, ChoosesTheNarrowestWidthThatFits) {
    const refold::Timestamp from = at("2026-06-09T13:15:00Z");
    const refold::Timestamp to = at("2026-06-16T13:15:00Z");
    TimeBuckets buckets;
    buckets.add(at("2026-06-12T00:00:00Z"), "COMPLETED");
    const auto widthFor = [&](std::size_t most) { return bucketWidthText(buckets.series(from, to, most).width); };
    EXPECT_EQ(widthFor(193), "1 hour");
    EXPECT_EQ(widthFor(73), "3 hours");
    EXPECT_EQ(widthFor(30), "6 hours");
    EXPECT_EQ(widthFor(8), "1 day");
    EXPECT_EQ(widthFor(7), "1 week");
    EXPECT_EQ(widthFor(0), "1 week") << "there are at least two buckets";
    for (const std::size_t most : {2U, 10U, 73U, 193U, 1000U}) {
        const BucketSeries series = buckets.series(from, to, most);
        EXPECT_LE(series.buckets.size(), most);
        EXPECT_LE(series.buckets.front().start, from);
        EXPECT_GT(series.buckets.back().start + series.width, to);
        EXPECT_EQ(series.highest(), 1);
    }
}

TEST(TimeBuckets, WeeksBeginOnMondayAndDaysAtMidnight) {
    TimeBuckets buckets;
    const refold::Timestamp wednesday = at("2026-06-17T13:15:00Z");
    buckets.add(wednesday, "COMPLETED");
    const BucketSeries weeks = buckets.series(wednesday - hours(24 * 30), wednesday, 10);
    EXPECT_EQ(refold::formatTimestamp(weeks.buckets.back().start), "2026-06-15T00:00:00.000Z");
    const BucketSeries days = buckets.series(wednesday - hours(24 * 5), wednesday, 10);
    EXPECT_EQ(refold::formatTimestamp(days.buckets.back().start), "2026-06-17T00:00:00.000Z");
}

TEST(TimeBuckets, ShowsRunsOutsideThePeriodToo) {
    TimeBuckets buckets;
    buckets.add(at("2026-06-16T12:00:00Z"), "COMPLETED");
    buckets.add(at("2026-06-16T14:30:00Z"), "FAILED");
    const BucketSeries series = buckets.series(at("2026-06-16T13:00:00Z"), at("2026-06-16T14:00:00Z"), 100);
    EXPECT_EQ(series.buckets.front().start, at("2026-06-16T12:00:00Z"));
    EXPECT_EQ(series.buckets.front().counts.total(), 1);
    EXPECT_EQ(series.buckets.back().counts.failed(), 1);
}

TEST(TimeBuckets, MemoryIsBoundedWhateverTheDates) {
    TimeBuckets buckets;
    constexpr int runs = 20000;
    for (int i = 0; i < runs; ++i) buckets.add(at("2020-01-01T00:00:00Z") + minutes(i) * 150, "COMPLETED");
    for (const char* const extreme : {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "1969-12-31T23:59:59Z"}) {
        buckets.add(at(extreme), "FAILED");
    }
    EXPECT_LE(buckets.size(), 2048U);
    const BucketSeries series = buckets.series({}, at("2026-06-16T00:00:00Z"), 72);
    EXPECT_LE(series.buckets.size(), 72U);
    const std::int64_t total =
        std::accumulate(series.buckets.begin(), series.buckets.end(), std::int64_t{0},
                        [](std::int64_t sum, const Bucket& bucket) { return sum + bucket.counts.total(); });
    EXPECT_EQ(total, runs + 3);
}

TEST(TimeTicks, AreAtRoundTimes) {
    TimeBuckets buckets;
    const auto labels = [&](const char* from, const char* to, std::size_t most) {
        std::vector<std::string> texts;
        for (const TimeTick& tick : timeTicks(buckets.series(at(from), at(to), most), 8)) texts.push_back(tick.label);
        return texts;
    };
    using Texts = std::vector<std::string>;
    EXPECT_EQ(labels("2026-06-15T22:00:00Z", "2026-06-16T03:59:00Z", 72),
              (Texts{"22:00", "23:00", "16 Jun", "01:00", "02:00", "03:00"}));
    EXPECT_EQ(labels("2026-06-10", "2026-06-16", 72),
              (Texts{"10 Jun", "11 Jun", "12 Jun", "13 Jun", "14 Jun", "15 Jun", "16 Jun"}));
    EXPECT_EQ(labels("2025-06-16", "2026-06-16", 72).size(), 7U);
    EXPECT_EQ(labels("2025-06-16", "2026-06-16", 72).front(), "2025-07-07") << "labels over a year include the year";
}

TEST(QuoteJson, IsSafeInAPageAndKeepsTheText) {
    const std::string hostile =
        "</script><!-- \"\\ \x01\x1b\x7f \xE2\x80\xAE \xE2\x80\xA8 \xF0\x9F\x9A\x80 \xF3\xA0\x80\xA0";
    const std::string quoted = quoteJson(hostile);
    EXPECT_EQ(quoted.find('<'), std::string::npos);
    EXPECT_EQ(quoted.find('\x1b'), std::string::npos);
    EXPECT_EQ(quoted.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(quoted).get<std::string>(), hostile);
    EXPECT_EQ(quoteJson("\xFF"
                        "a\xC3"),
              "\"\xEF\xBF\xBD"
              "a\xEF\xBF\xBD\"");
}

History sampleHistory() {
    History history;
    history.from = at("2026-06-09T00:00:00Z");
    history.to = at("2026-06-16T00:00:00Z");
    history.readAt = history.to;
    history.verified = true;
    history.filters = {{"status", "x\"y"}};
    for (int i = 0; i < 30; ++i) {
        refold::Execution run = runOf(i % 3 == 0 ? "TIMED_OUT" : "COMPLETED");
        run.createdAt = *history.from + hours(i);
        run.id = "run" + std::to_string(i);
        history.summary.add(run);
    }
    return history;
}

TEST(HistoryJson, HasTheDocumentedShape) {
    const History history = sampleHistory();
    const nlohmann::json json = nlohmann::json::parse(writeHistoryJson(history));
    EXPECT_EQ(json.at("schema"), "refold-history/1");
    EXPECT_EQ(json.at("from"), "2026-06-09T00:00:00.000Z");
    EXPECT_EQ(json.at("to"), "2026-06-16T00:00:00.000Z");
    EXPECT_EQ(json.at("verified"), true);
    EXPECT_EQ(json.at("filters")[0].at("value"), "x\"y");
    EXPECT_EQ(json.at("totals").at("runs"), 30);
    EXPECT_EQ(json.at("totals").at("failed"), 10);
    EXPECT_NEAR(json.at("totals").at("failureRate").get<double>(), 1.0 / 3, 1e-5);
    EXPECT_EQ(json.at("statuses").size(), 2U);
    EXPECT_EQ(json.at("workflows")[0].at("id"), "w1");
    EXPECT_EQ(json.at("applications")[0].at("runs"), 30);
    EXPECT_EQ(json.at("bucketSeconds"), 3600);
    EXPECT_EQ(json.at("buckets").size(), 7U * 24 + 1);
    EXPECT_EQ(json.at("buckets")[0].at("failed"), 1);
    EXPECT_EQ(json.at("latestFailures").size(), 10U);
    EXPECT_EQ(json.at("latestFailures")[0].at("workflow").at("name"), "Daily Sync");
}

TEST(HistoryJson, WithoutRunsIsComplete) {
    const nlohmann::json json = nlohmann::json::parse(writeHistoryJson(History()));
    EXPECT_TRUE(json.at("totals").at("failureRate").is_null());
    EXPECT_TRUE(json.at("bucketSeconds").is_null());
    EXPECT_TRUE(json.at("from").is_null());
    EXPECT_EQ(json.at("buckets").size(), 0U);
}

TEST(HistoryReport, FitsEveryWidth) {
    History history = sampleHistory();
    const std::string longName(10000, 'x');
    for (const char* const name :
         {"\x1b[31mred", "\xE2\x80\xAE turned", longName.c_str(), "\xE6\x97\xA5\xE6\x9C\xAC"}) {
        refold::Execution run = runOf(name, "2026-06-10T00:00:00Z", name, name);
        run.associatedApplication = {name, name, ""};
        history.summary.add(run);
        run.status = "FAILED";
        run.id = name;
        history.summary.add(run);
    }
    for (const Charset charset : {Charset::utf8, Charset::ascii}) {
        for (const std::size_t width : {1U, 7U, 20U, 40U, 60U, 80U, 110U, 200U}) {
            Terminal terminal;
            terminal.charset = charset;
            terminal.width = width;
            std::istringstream lines(writeHistoryReport(history, terminal));
            for (std::string line; std::getline(lines, line);) {
                EXPECT_LE(displayWidth(line), width) << line;
                EXPECT_EQ(line.find('\x1b'), std::string::npos);
                EXPECT_EQ(line.find("\xE2\x80\xAE"), std::string::npos);
                EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
            }
        }
    }
}

TEST(HistoryReport, NamesWhatItCounts) {
    Terminal terminal;
    terminal.charset = Charset::utf8;
    terminal.width = 80;
    const std::string report = writeHistoryReport(sampleHistory(), terminal);
    EXPECT_EQ(report.find("30 runs, 10 failed (33.3% of 30 finished)\n2026-06-09 00:00 to 2026-06-16 00:00 UTC\n"), 0U);
    EXPECT_NE(report.find("\u2716 failed        10   33.3%  TIMED_OUT\n"), std::string::npos) << report;
    EXPECT_NE(report.find("\u2716 2026-06-10 03:00:00  TIMED_OUT  Daily Sync"), std::string::npos) << report;
    EXPECT_EQ(report.find('\x1b'), std::string::npos);
    terminal.colour = true;
    EXPECT_NE(writeHistoryReport(sampleHistory(), terminal).find("\x1b[31m"), std::string::npos);
}

}  // namespace
}  // namespace cli
