#include "comparison.hpp"

#include "number_text.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace cli {
namespace {

using Milliseconds = refold::Timestamp::duration;
constexpr Milliseconds day = std::chrono::hours(24);

/// In standard deviations: a larger difference comes about by chance once in twenty times.
constexpr double largestByChance = 1.96;

bool isByChance(const OutcomeCounts& before, const OutcomeCounts& now, Measure measure) {
    if (measure != Measure::failureRate) {
        const auto a = static_cast<double>(countOf(before, measure));
        const auto b = static_cast<double>(countOf(now, measure));
        return std::fabs(b - a) - 1 < largestByChance * std::sqrt(a + b);
    }
    const double perBefore = 1 / static_cast<double>(before.ended());
    const double perNow = 1 / static_cast<double>(now.ended());
    const double both =
        static_cast<double>(before.failed() + now.failed()) / static_cast<double>(before.ended() + now.ended());
    const double deviation = std::sqrt(both * (1 - both) * (perBefore + perNow));
    const double difference = std::fabs(*now.failureRate() - *before.failureRate());
    return difference - (perBefore + perNow) / 2 < largestByChance * deviation;
}

/// The change without its trend.
std::string amountText(const Comparison& comparison) {
    if (comparison.measure != Measure::failureRate) {
        return (comparison.runs > 0 ? "+" : "") + grouped(comparison.runs);
    }
    if (!comparison.points) return "-";
    char text[32];
    std::snprintf(text, sizeof text, *comparison.points == 0 ? "%.1f" : "%+.1f", *comparison.points);
    return std::string(text) + (std::fabs(*comparison.points) == 1 ? " point" : " points");
}

}  // namespace

Period periodBefore(Period period) {
    const Milliseconds length = period.to - period.from;
    if (period.from.time_since_epoch() % day != Milliseconds::zero()) {
        return {period.from - length, period.from - Milliseconds(1)};
    }
    // Whole days back, so that the same weekdays and hours are compared; the two periods share no moment.
    const Milliseconds shift = day * std::max<std::int64_t>(1, (length + day - Milliseconds(1)) / day);
    return {period.from - shift, std::min(period.to - shift, period.from - Milliseconds(1))};
}

Measure measureFor(const std::vector<refold::ExecutionStatus>& statuses) {
    if (statuses.empty()) return Measure::failureRate;
    const bool allFailed =
        std::all_of(statuses.begin(), statuses.end(), [](const auto& status) { return status.isFailure(); });
    return allFailed ? Measure::failedRuns : Measure::runs;
}

std::string_view nameOf(Measure measure) noexcept {
    switch (measure) {
        case Measure::failureRate:
            return "failureRate";
        case Measure::failedRuns:
            return "failedRuns";
        case Measure::runs:
            break;
    }
    return "runs";
}

std::int64_t countOf(const OutcomeCounts& counts, Measure measure) noexcept {
    return measure == Measure::runs ? counts.total() : counts.failed();
}

std::string_view nameOf(Trend trend) noexcept {
    switch (trend) {
        case Trend::same:
            return "same";
        case Trend::better:
            return "better";
        case Trend::worse:
            return "worse";
        case Trend::more:
            return "more";
        case Trend::fewer:
            return "fewer";
        case Trend::unknown:
            break;
    }
    return "unknown";
}

Comparison compare(const OutcomeCounts& before, const OutcomeCounts& now, Measure measure) {
    Comparison comparison;
    comparison.measure = measure;
    comparison.runs = countOf(now, measure) - countOf(before, measure);
    auto change = static_cast<double>(comparison.runs);
    if (measure == Measure::failureRate) {
        if (!before.failureRate() || !now.failureRate()) return comparison;
        // In tenths, which subtract exactly.
        change = std::round((shownPercent(*now.failureRate()) - shownPercent(*before.failureRate())) * 10) / 10;
        comparison.points = change;
    }
    comparison.trend = Trend::same;
    comparison.mayBeChance = change != 0 && isByChance(before, now, measure);
    if (change == 0 || comparison.mayBeChance) return comparison;
    const bool counts = measure == Measure::runs;
    comparison.trend = change > 0 ? (counts ? Trend::more : Trend::worse) : (counts ? Trend::fewer : Trend::better);
    return comparison;
}

std::string changeText(const Comparison& comparison) {
    const std::string amount = amountText(comparison);
    if (comparison.mayBeChance) return amount + ", may be chance";
    const bool isJudged = comparison.trend == Trend::worse || comparison.trend == Trend::better;
    return isJudged ? amount + ", " + std::string(nameOf(comparison.trend)) : amount;
}

std::string verdictText(const OutcomeCounts& before, const OutcomeCounts& now, Measure measure) {
    const Comparison comparison = compare(before, now, measure);
    if (comparison.trend == Trend::unknown) return "not comparable: no run has finished in one of the periods";
    const std::string then =
        measure == Measure::failureRate
            ? percentText(before.failureRate()) + " failed"
            : counted(countOf(before, measure), measure == Measure::failedRuns ? "failed run" : "run");
    if (comparison.mayBeChance) {
        return "no clear change: " + then + " in the period before, " + amountText(comparison) + " may be chance";
    }
    const bool isSame = comparison.trend == Trend::same;
    const std::string text = std::string(nameOf(comparison.trend)) + (isSame ? " as in" : " than in") +
                             " the period before: " + then + " then";
    return isSame ? text : text + ", " + amountText(comparison);
}

}  // namespace cli
