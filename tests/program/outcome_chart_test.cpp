// Tests the chart of `history`: its cells, its scale, and its drawing.
#include "outcome_chart.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

namespace cli {
namespace {

OutcomeCounts countsOf(int completed, int failed, int running = 0) {
    OutcomeCounts counts;
    for (int i = 0; i < completed; ++i) counts.add("COMPLETED");
    for (int i = 0; i < failed; ++i) counts.add("FAILED");
    for (int i = 0; i < running; ++i) counts.add("RUNNING");
    return counts;
}

std::size_t cellsOf(RunOutcome outcome, const OutcomeCounts& counts, std::int64_t top, std::size_t height) {
    return chartCells(counts, top, height)[static_cast<std::size_t>(outcome)];
}

TEST(ChartTop, IsRoundAndEven) {
    EXPECT_EQ(chartTop(0), 2);
    EXPECT_EQ(chartTop(3), 4);
    EXPECT_EQ(chartTop(9), 10);
    EXPECT_EQ(chartTop(21), 24);
    EXPECT_EQ(chartTop(101), 120);
    EXPECT_EQ(chartTop(1'021), 1'200);
    for (std::int64_t highest = 1; highest < 3'000'000'000; highest = highest * 3 / 2 + 1) {
        EXPECT_GE(chartTop(highest), highest);
        EXPECT_LE(chartTop(highest), highest * 2 + 2);
        EXPECT_EQ(chartTop(highest) % 2, 0);
    }
}

TEST(ShortNumber, FitsTheAxis) {
    EXPECT_EQ(shortNumber(0), "0");
    EXPECT_EQ(shortNumber(9'400), "9,400");
    EXPECT_EQ(shortNumber(12'000), "12k");
    EXPECT_EQ(shortNumber(24'500), "24.5k");
    EXPECT_EQ(shortNumber(999'999), "1M");
    EXPECT_EQ(shortNumber(1'200'000), "1.2M");
    for (std::int64_t number = 1; number < 500'000'000'000; number = number * 7 / 3 + 1) {
        EXPECT_LE(shortNumber(number).size(), 5U) << number;
    }
}

TEST(ChartCells, AreInProportion) {
    const auto cells = chartCells(countsOf(60, 20, 20), 100, 10);
    EXPECT_EQ(cells[static_cast<std::size_t>(RunOutcome::completed)], 6U);
    EXPECT_EQ(cells[static_cast<std::size_t>(RunOutcome::failed)], 2U);
    EXPECT_EQ(cells[static_cast<std::size_t>(RunOutcome::running)], 2U);
    EXPECT_EQ(cellsOf(RunOutcome::completed, countsOf(50, 0), 100, 10), 5U);
}

TEST(ChartCells, ShowAFailureAmongMany) {
    EXPECT_EQ(cellsOf(RunOutcome::failed, countsOf(9999, 1), 10000, 10), 1U);
    EXPECT_EQ(cellsOf(RunOutcome::completed, countsOf(9999, 1), 10000, 10), 9U);
    EXPECT_EQ(cellsOf(RunOutcome::failed, countsOf(10, 1), 10000, 10), 1U);
    EXPECT_EQ(cellsOf(RunOutcome::completed, countsOf(1, 0), 10000, 10), 1U) << "one run fills at least one cell";
    EXPECT_EQ(cellsOf(RunOutcome::running, countsOf(9999, 0, 1), 10000, 10), 0U);
}

TEST(ChartCells, NeverExceedTheHeight) {
    for (int failed = 0; failed < 12; ++failed) {
        for (int running = 0; running < 12; ++running) {
            const auto cells = chartCells(countsOf(12, failed, running), 40, 10);
            const std::size_t sum = std::accumulate(cells.begin(), cells.end(), std::size_t{0});
            EXPECT_EQ(sum, static_cast<std::size_t>((12 + failed + running) / 4.0 + 0.5));
        }
    }
}

BucketSeries seriesOf(std::vector<OutcomeCounts> counts, std::chrono::seconds width) {
    BucketSeries series;
    series.width = width;
    refold::Timestamp start = refold::parseTimestamp("2026-06-15T00:00:00Z").value();
    for (const OutcomeCounts& count : counts) {
        series.buckets.push_back({start, count});
        start += width;
    }
    return series;
}

const std::vector<OutcomeCounts> threeDays = {countsOf(3, 1), countsOf(0, 0), countsOf(2, 0, 2)};

TEST(OutcomeChart, IsDrawnInAscii) {
    Terminal terminal;
    terminal.width = 40;
    EXPECT_EQ(drawOutcomeChart(seriesOf(threeDays, std::chrono::hours(24)), terminal, 4),
              "    4 +..........            ..........\n"
              "      |..........            ..........\n"
              "    2 +..........            **********\n"
              "      |xxxxxxxxxx            **********\n"
              "    0 ++----------+----------+----------\n"
              "       15 Jun     16 Jun     17 Jun\n"
              "       x failed  * running  . completed\n");
}

TEST(OutcomeChart, IsDrawnInBlocks) {
    Terminal terminal;
    terminal.charset = Charset::utf8;
    terminal.width = 80;
    const std::string chart = drawOutcomeChart(seriesOf(threeDays, std::chrono::hours(24)), terminal, 2);
    EXPECT_EQ(
        chart,
        "    4 \u2524\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591             "
        "\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\n"
        "    2 \u2524\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588             "
        "\u2592\u2592\u2592\u2592\u2592\u2592\u2592\u2592\u2592\u2592\u2592\n"
        "    0 \u2514\u252C\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252C\u2500\u2500\u2500"
        "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252C\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500"
        "\u2500\u2500\n"
        "       15 Jun      16 Jun      17 Jun\n"
        "       \u2588 failed  \u2592 running  \u2591 completed  a column is 1 day\n");
    terminal.colour = true;
    EXPECT_NE(drawOutcomeChart(seriesOf(threeDays, std::chrono::hours(24)), terminal, 2).find("\x1b[31m\u2588"),
              std::string::npos);
}

TEST(OutcomeChart, FillsAWideTerminal) {
    std::vector<OutcomeCounts> week(193, countsOf(5, 1));
    Terminal terminal;
    terminal.width = 200;
    std::istringstream lines(drawOutcomeChart(seriesOf(week, std::chrono::hours(1)), terminal, 6));
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line.size(), 200U);
    for (const std::size_t width : {0U, 10U, 18U}) {
        terminal.width = width;
        EXPECT_EQ(drawOutcomeChart(seriesOf(threeDays, std::chrono::hours(24)), terminal, 6), "") << width;
        EXPECT_EQ(chartBuckets(width), 0U);
    }
}

}  // namespace
}  // namespace cli
