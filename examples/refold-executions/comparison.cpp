#include "comparison.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

namespace cli {
namespace {

using Milliseconds = refold::Timestamp::duration;
constexpr Milliseconds day = std::chrono::hours(24);

/// In standard deviations: a larger difference comes about by chance once in twenty times.
constexpr double largestByChance = 1.96;

bool isByChance(const OutcomeCounts& before, const OutcomeCounts& now) {
    const auto endedBefore = static_cast<double>(before.ended());
    const auto endedNow = static_cast<double>(now.ended());
    const double both = static_cast<double>(before.failed() + now.failed()) / (endedBefore + endedNow);
    const double deviation = std::sqrt(both * (1 - both) * (1 / endedBefore + 1 / endedNow));
    return std::fabs(*now.failureRate() - *before.failureRate()) < largestByChance * deviation;
}

}  // namespace

Period periodBefore(Period period) {
    const Milliseconds length = period.to - period.from;
    if (period.from.time_since_epoch() % day != Milliseconds::zero()) {
        return {period.from - length, period.from - Milliseconds(1)};
    }
    const Milliseconds shift = day * (length / day + 1);
    return {period.from - shift, period.to - shift};
}

std::string_view nameOf(Trend trend) noexcept {
    switch (trend) {
        case Trend::same:
            return "same";
        case Trend::better:
            return "better";
        case Trend::worse:
            return "worse";
        case Trend::unknown:
            break;
    }
    return "unknown";
}

Comparison compare(const OutcomeCounts& before, const OutcomeCounts& now) {
    Comparison comparison;
    const std::optional<double> rateBefore = before.failureRate();
    const std::optional<double> rateNow = now.failureRate();
    if (!rateBefore || !rateNow) return comparison;
    // As it is shown, so that the word and the figure agree.
    comparison.points = std::round((*rateNow - *rateBefore) * 1000) / 10;
    comparison.trend = *comparison.points > 0 ? Trend::worse : *comparison.points < 0 ? Trend::better : Trend::same;
    comparison.mayBeChance = comparison.trend != Trend::same && isByChance(before, now);
    return comparison;
}

std::string pointsText(const Comparison& comparison) {
    if (!comparison.points) return "-";
    if (comparison.trend == Trend::same) return "0.0 points";
    char text[32];
    std::snprintf(text, sizeof text, "%+.1f", *comparison.points);
    return std::string(text) + (std::fabs(*comparison.points) == 1 ? " point" : " points");
}

}  // namespace cli
