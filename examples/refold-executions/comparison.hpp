// Compares the runs of two periods: determines the period before, and whether the later one is worse. Provides the
// measure, the test and the wording for the report, the JSON and the page of `history --compare`.
#ifndef REFOLD_EXECUTIONS_COMPARISON_HPP
#define REFOLD_EXECUTIONS_COMPARISON_HPP

#include "run_outcome.hpp"

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// A period, both ends included.
struct Period {
    refold::Timestamp from = {};
    refold::Timestamp to = {};
};

/// Returns the period to compare with. One that begins at midnight UTC is moved back by whole days, so that today until
/// now is compared with yesterday until this time of day; for any other it is the period of the same length that
/// ends where it begins.
Period periodBefore(Period period);

/// The measure by which periods are compared. A filter on statuses makes the failure rate meaningless: of failed runs,
/// all failed.
enum class Measure { failureRate, failedRuns, runs };

/// `failureRate`, `failedRuns`, `runs`
std::string_view nameOf(Measure measure) noexcept;

/// \param statuses  the filter; empty for runs of any status
Measure measureFor(const std::vector<refold::ExecutionStatus>& statuses);

/// The number of runs by which a measure counts: all, or those that failed.
std::int64_t countOf(const OutcomeCounts& counts, Measure measure) noexcept;

/// More runs of any status are neither better nor worse.
enum class Trend { unknown, same, better, worse, more, fewer };

/// `better`, `worse`, …
std::string_view nameOf(Trend trend) noexcept;

struct Comparison {
    Measure measure = Measure::failureRate;
    /// `same` also for a difference that may be chance; `unknown` where a rate is needed and no run has ended.
    Trend trend = Trend::unknown;
    /// By how many percentage points the failure rate has risen, as the rounded rates show it. None for counts.
    std::optional<double> points = {};
    /// By how many runs the count has risen.
    std::int64_t runs = 0;
    /// True if the difference would occur by chance in more than one of twenty cases, by a test of two proportions with
    /// continuity correction; for counts, by its limit for rare events.
    bool mayBeChance = false;
};

Comparison compare(const OutcomeCounts& before, const OutcomeCounts& now, Measure measure = Measure::failureRate);

/// `+2.6 points, worse`, `+12, may be chance`, `0.0 points`; `-` where it is unknown.
std::string changeText(const Comparison& comparison);

/// `worse than in the period before: 10.0% failed then, +30.0 points`
std::string verdictText(const OutcomeCounts& before, const OutcomeCounts& now, Measure measure);

}  // namespace cli

#endif
