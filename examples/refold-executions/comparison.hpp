// Compares the runs of two periods: which period comes before another one, and whether more of its runs fail. Used by
// `history --compare`, for the report, the JSON and the page alike.
#ifndef REFOLD_EXECUTIONS_COMPARISON_HPP
#define REFOLD_EXECUTIONS_COMPARISON_HPP

#include "run_outcome.hpp"

#include <refold/timestamp.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// Both ends belong to it.
struct Period {
    refold::Timestamp from = {};
    refold::Timestamp to = {};
};

/// Returns the period to compare with. One that begins at midnight UTC is moved back by whole days, so that today until
/// now is compared with yesterday until this time of day; for any other it is the period of the same length that
/// ends where it begins.
Period periodBefore(Period period);

enum class Trend { unknown, same, better, worse };

/// `better`, `worse`, …
std::string_view nameOf(Trend trend) noexcept;

struct Comparison {
    /// Unknown where no run has ended in one of the periods.
    Trend trend = Trend::unknown;
    /// By how many percentage points the failure rate has risen.
    std::optional<double> points = {};
    /// The difference is within what so few runs show by chance.
    bool mayBeChance = false;
};

Comparison compare(const OutcomeCounts& before, const OutcomeCounts& now);

/// `+2.6 points`, `0.0 points`; `-` where it is unknown.
std::string pointsText(const Comparison& comparison);

}  // namespace cli

#endif
