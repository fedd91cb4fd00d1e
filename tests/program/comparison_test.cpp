// Tests which period another one is compared with, and how two failure rates compare.
#include "comparison.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cli {
namespace {

refold::Timestamp at(const char* text) {
    return *refold::parseTimestamp(text);
}

std::string shown(const Period& period) {
    return refold::formatTimestamp(period.from) + " " + refold::formatTimestamp(period.to);
}

std::string before(const char* from, const char* to) {
    return shown(periodBefore({at(from), at(to)}));
}

TEST(PeriodBefore, OfTodayIsYesterdayUpToTheSameTime) {
    EXPECT_EQ(before("2026-06-16T00:00:00.000Z", "2026-06-16T13:15:00.887Z"),
              "2026-06-15T00:00:00.000Z 2026-06-15T13:15:00.887Z");
}

TEST(PeriodBefore, OfAWholeDayIsTheDayBefore) {
    EXPECT_EQ(before("2026-06-16T00:00:00.000Z", "2026-06-16T23:59:59.999Z"),
              "2026-06-15T00:00:00.000Z 2026-06-15T23:59:59.999Z");
}

TEST(PeriodBefore, OfSeveralDaysIsAsManyDaysEarlier) {
    EXPECT_EQ(before("2026-06-15T00:00:00.000Z", "2026-06-16T13:15:00.000Z"),
              "2026-06-13T00:00:00.000Z 2026-06-14T13:15:00.000Z");
}

TEST(PeriodBefore, OfTheLastHoursEndsWhereTheyBegin) {
    EXPECT_EQ(before("2026-06-16T11:15:00.000Z", "2026-06-16T13:15:00.000Z"),
              "2026-06-16T09:15:00.000Z 2026-06-16T11:14:59.999Z");
}

OutcomeCounts counts(int failed, int completed) {
    OutcomeCounts counts;
    for (int i = 0; i < failed; ++i) counts.add("ERRORED");
    for (int i = 0; i < completed; ++i) counts.add("COMPLETED");
    return counts;
}

TEST(Comparison, DistinguishesWorseFromBetter) {
    const Comparison worse = compare(counts(10, 990), counts(100, 900));
    EXPECT_EQ(worse.trend, Trend::worse);
    EXPECT_EQ(changeText(worse), "+9.0 points, worse");
    EXPECT_FALSE(worse.mayBeChance);
    const Comparison better = compare(counts(100, 900), counts(10, 990));
    EXPECT_EQ(better.trend, Trend::better);
    EXPECT_EQ(changeText(better), "-9.0 points, better");
}

TEST(Comparison, JudgesNothingThatMayBeChance) {
    const Comparison fewer = compare(counts(100, 900), counts(90, 910));
    EXPECT_EQ(fewer.trend, Trend::same);
    EXPECT_TRUE(fewer.mayBeChance);
    EXPECT_EQ(changeText(fewer), "-1.0 point, may be chance");
    EXPECT_TRUE(compare(counts(1, 9), counts(2, 8)).mayBeChance);
    EXPECT_TRUE(compare(counts(0, 2), counts(2, 0)).mayBeChance) << "four runs show nothing";
    EXPECT_EQ(verdictText(counts(1, 9), counts(2, 8), Measure::failureRate),
              "no clear change: 10.0% failed in the period before, +10.0 points may be chance");
}

TEST(Comparison, OfEqualRatesIsTheSame) {
    const Comparison same = compare(counts(10, 90), counts(20, 180));
    EXPECT_EQ(same.trend, Trend::same);
    EXPECT_EQ(changeText(same), "0.0 points");
    EXPECT_FALSE(same.mayBeChance);
    EXPECT_EQ(compare(counts(0, 5), counts(0, 9)).trend, Trend::same);
    EXPECT_EQ(verdictText(counts(10, 90), counts(20, 180), Measure::failureRate),
              "same as in the period before: 10.0% failed then");
}

TEST(Comparison, SubtractsTheRatesAsTheyAreShown) {
    const OutcomeCounts before = counts(996, 9004);
    const OutcomeCounts now = counts(10251, 89749);
    EXPECT_EQ(percentText(before.failureRate()), "10.0%");
    EXPECT_EQ(percentText(now.failureRate()), "10.3%");
    EXPECT_EQ(compare(before, now).points, 0.3) << "the rates differ by 0.291";
    const OutcomeCounts later = counts(1024, 8976);
    EXPECT_EQ(percentText(later.failureRate()), "10.2%");
    EXPECT_EQ(compare(before, later).points, 0.2) << "the rates differ by 0.28";
}

TEST(Comparison, CountsWhereAStatusWasAskedFor) {
    EXPECT_EQ(measureFor({}), Measure::failureRate);
    EXPECT_EQ(measureFor({"ERRORED", "TIMED_OUT"}), Measure::failedRuns);
    EXPECT_EQ(measureFor({"COMPLETED"}), Measure::runs);
    EXPECT_EQ(measureFor({"ERRORED", "COMPLETED"}), Measure::runs);

    const Comparison worse = compare(counts(10, 0), counts(40, 0), Measure::failedRuns);
    EXPECT_EQ(worse.trend, Trend::worse);
    EXPECT_EQ(changeText(worse), "+30, worse");
    EXPECT_EQ(verdictText(counts(10, 0), counts(40, 0), Measure::failedRuns),
              "worse than in the period before: 10 failed runs then, +30");
    EXPECT_TRUE(compare(counts(0, 0), counts(5, 0), Measure::failedRuns).mayBeChance);
    EXPECT_EQ(compare(counts(0, 0), counts(6, 0), Measure::failedRuns).trend, Trend::worse);
    EXPECT_EQ(compare(counts(0, 0), counts(0, 0), Measure::failedRuns).trend, Trend::same);

    const Comparison fewer = compare(counts(0, 100), counts(0, 50), Measure::runs);
    EXPECT_EQ(fewer.trend, Trend::fewer) << "runs of any status are neither better nor worse";
    EXPECT_EQ(changeText(fewer), "-50");
    EXPECT_EQ(verdictText(counts(0, 1), counts(0, 50), Measure::runs),
              "more than in the period before: 1 run then, +49");
}

TEST(Comparison, ComparesWithAsManyDaysBefore) {
    const auto at = [](const char* text) { return *refold::parseTimestamp(text); };
    const auto before = [](refold::Timestamp from, refold::Timestamp to) {
        const Period period = periodBefore({from, to});
        return refold::formatTimestamp(period.from) + " " + refold::formatTimestamp(period.to);
    };
    const std::string week = "2026-06-03T00:00:00.000Z 2026-06-09T23:59:59.999Z";
    EXPECT_EQ(before(at("2026-06-10"), at("2026-06-16T23:59:59.999Z")), week);
    EXPECT_EQ(before(at("2026-06-10"), at("2026-06-17")), week) << "no day is skipped or counted twice";
    EXPECT_EQ(before(at("2026-06-10"), at("2026-06-11T12:00:00Z")),
              "2026-06-08T00:00:00.000Z 2026-06-09T12:00:00.000Z");
}

TEST(Comparison, IsUnknownIfNothingHasEnded) {
    OutcomeCounts open;
    open.add("RUNNING");
    open.add("QUEUED");
    EXPECT_EQ(open.of(RunOutcome::running), 2) << "a queued run has not ended";
    const Comparison unknown = compare(open, counts(1, 1));
    EXPECT_EQ(unknown.trend, Trend::unknown);
    EXPECT_EQ(changeText(unknown), "-");
}

}  // namespace
}  // namespace cli
