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
    EXPECT_EQ(pointsText(worse), "+9.0 points");
    EXPECT_FALSE(worse.mayBeChance);
    const Comparison better = compare(counts(100, 900), counts(90, 910));
    EXPECT_EQ(better.trend, Trend::better);
    EXPECT_EQ(pointsText(better), "-1.0 point");
    EXPECT_TRUE(better.mayBeChance);
    EXPECT_TRUE(compare(counts(1, 9), counts(2, 8)).mayBeChance);
}

TEST(Comparison, OfEqualRatesIsTheSame) {
    const Comparison same = compare(counts(10, 90), counts(20, 180));
    EXPECT_EQ(same.trend, Trend::same);
    EXPECT_EQ(pointsText(same), "0.0 points");
    EXPECT_FALSE(same.mayBeChance);
    EXPECT_EQ(compare(counts(0, 5), counts(0, 9)).trend, Trend::same);
}

TEST(Comparison, IsUnknownIfNothingHasEnded) {
    OutcomeCounts open;
    open.add("RUNNING");
    open.add("QUEUED");
    EXPECT_EQ(open.of(RunOutcome::running), 2) << "a queued run has not ended";
    const Comparison unknown = compare(open, counts(1, 1));
    EXPECT_EQ(unknown.trend, Trend::unknown);
    EXPECT_EQ(pointsText(unknown), "-");
}

}  // namespace
}  // namespace cli
