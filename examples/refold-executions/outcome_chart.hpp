// Draws outcomes over time as stacked columns for a terminal. Each outcome has a shade or a letter, and a colour where
// colours are enabled. Used by `history`.
#ifndef REFOLD_EXECUTIONS_OUTCOME_CHART_HPP
#define REFOLD_EXECUTIONS_OUTCOME_CHART_HPP

#include "terminal.hpp"
#include "time_buckets.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace cli {

/// Returns the number of buckets that fit a terminal of `width` columns; 0 if it is too narrow for a chart.
std::size_t chartBuckets(std::size_t width) noexcept;

/// Returns the number at the top of an axis for values up to `highest`: even and round, such as 8, 24, 160 or 3,000.
std::int64_t chartTop(std::int64_t highest) noexcept;

/// `940`, `9,400`, `94k`, `1.2M`: at most 5 columns up to a thousand million.
std::string shortNumber(std::int64_t number);

/// Returns the number of a column's cells for each outcome, indexed by RunOutcome. Their sum is the total's share of
/// `top`, at least one if there is a run. Failures get at least one cell, so that a few of them among many runs are
/// visible.
std::array<std::size_t, runOutcomeCount> chartCells(const OutcomeCounts& counts, std::int64_t top, std::size_t height);

/// Draws the chart with axes, labels and a legend, as wide as `terminal.width` or 80 columns. Returns an empty text if
/// that is too narrow or the series is empty.
std::string drawOutcomeChart(const BucketSeries& series, const Terminal& terminal, std::size_t height);

}  // namespace cli

#endif
