// Fills whole cells rather than eighths: two outcomes in one cell would differ by colour only.
#include "outcome_chart.hpp"

#include "number_text.hpp"
#include "report_line.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cli {
namespace {

/// A label, a blank, the axis.
constexpr std::size_t labelWidth = 5;
constexpr std::size_t gutter = labelWidth + 2;
constexpr std::size_t narrowestPlot = 12;
constexpr std::size_t widestColumn = 12;
/// A column that is wider than this stands apart from the next.
constexpr std::size_t widestWithoutGap = 2;

std::string_view shadeOf(RunOutcome outcome, Charset charset) noexcept {
    constexpr std::array<std::string_view, runOutcomeCount> shades = {"\u2591", "\u2588", "\u2592", "\u2593", "\u00B7"};
    constexpr std::array<std::string_view, runOutcomeCount> letters = {".", "x", "*", "#", "o"};
    return (charset == Charset::utf8 ? shades : letters)[static_cast<std::size_t>(outcome)];
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i) result += text;
    return result;
}

std::string_view choose(const Terminal& terminal, std::string_view utf8, std::string_view ascii) noexcept {
    return terminal.charset == Charset::utf8 ? utf8 : ascii;
}

/// The columns that a bucket takes, its gap included.
std::size_t pitchOf(std::size_t plotWidth, std::size_t buckets) noexcept {
    return std::clamp<std::size_t>(plotWidth / buckets, 1, widestColumn);
}

std::string drawLabels(const BucketSeries& series, const Terminal& terminal, std::size_t plotWidth, std::size_t pitch) {
    constexpr std::size_t labelPitch = 8;
    const std::size_t drawn = std::min(plotWidth, pitch * series.buckets.size());
    std::string labels(gutter, ' ');
    std::string marks;
    for (const TimeTick& tick : timeTicks(series, std::max<std::size_t>(1, drawn / labelPitch))) {
        const std::size_t at = gutter + tick.bucket * pitch;
        if (at < labels.size() || at + tick.label.size() > gutter + plotWidth) continue;
        labels.append(at - labels.size(), ' ');
        labels += tick.label + "  ";
        marks += repeated(choose(terminal, "\u2500", "-"), tick.bucket * pitch - displayWidth(marks));
        marks += choose(terminal, "\u252C", "+");
    }
    marks += repeated(choose(terminal, "\u2500", "-"), drawn - std::min(drawn, displayWidth(marks)));
    ReportLine axis(terminal);
    axis.right("0", labelWidth).gap(1).text(choose(terminal, "\u2514", "+")).text(marks);
    return axis.end() + ReportLine(terminal).text(labels.substr(0, labels.find_last_not_of(' ') + 1)).end();
}

std::string drawLegend(const BucketSeries& series, const Terminal& terminal) {
    OutcomeCounts all;
    for (const Bucket& bucket : series.buckets) all.add(bucket.counts);
    ReportLine legend(terminal);
    legend.gap(gutter);
    for (const RunOutcome outcome : stackOrder) {
        if (all.of(outcome) == 0) continue;
        legend.text(shadeOf(outcome, terminal.charset), colourOf(outcome)).gap(1).text(nameOf(outcome)).gap(2);
    }
    return legend.text("a column is " + bucketWidthText(series.width), Colour::grey).end();
}

}  // namespace

std::size_t chartBuckets(std::size_t width) noexcept {
    return width < gutter + narrowestPlot ? 0 : width - gutter;
}

std::int64_t chartTop(std::int64_t highest) noexcept {
    // Even ones, since half of it stands on the axis too.
    for (const std::int64_t small : {2, 4, 6, 8}) {
        if (small >= highest) return small;
    }
    for (std::int64_t unit = 1;; unit *= 10) {
        for (const std::int64_t factor : {10, 12, 16, 20, 24, 30, 40, 50, 60, 80}) {
            if (factor * unit >= highest) return factor * unit;
        }
    }
}

std::string shortNumber(std::int64_t number) {
    if (number < 10'000) return grouped(number);
    constexpr std::array<const char*, 4> units = {"k", "M", "G", "T"};
    double value = static_cast<double>(number);
    std::size_t unit = 0;
    for (value /= 1000; value >= 999.5 && unit + 1 < units.size(); value /= 1000) ++unit;
    const bool whole = value >= 99.5 || std::fabs(value - std::round(value)) < 0.05;
    const auto tenths = static_cast<std::int64_t>(std::round(value * 10));
    std::string text = whole ? std::to_string(static_cast<std::int64_t>(std::round(value)))
                             : std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
    return text + units[unit];
}

std::array<std::size_t, runOutcomeCount> chartCells(const OutcomeCounts& counts, std::int64_t top, std::size_t height) {
    std::array<std::size_t, runOutcomeCount> cells = {};
    const std::int64_t total = counts.total();
    if (total == 0 || top <= 0) return cells;
    const auto share = [&](std::int64_t runs) {
        return static_cast<double>(runs) / static_cast<double>(top) * static_cast<double>(height);
    };
    const auto wanted = static_cast<std::size_t>(std::lround(share(total)));
    std::size_t left = std::clamp<std::size_t>(wanted, 1, height);

    std::array<double, runOutcomeCount> missing = {};
    for (const RunOutcome outcome : stackOrder) {
        const auto i = static_cast<std::size_t>(outcome);
        if (counts.of(outcome) == 0) continue;
        const std::size_t least = outcome == RunOutcome::failed ? 1 : 0;
        const auto fair = static_cast<std::size_t>(share(counts.of(outcome)));
        cells[i] = std::min(left, std::max(fair, least));
        left -= cells[i];
        missing[i] = share(counts.of(outcome)) - static_cast<double>(cells[i]);
    }
    for (; left > 0; --left) {
        const auto most = std::max_element(missing.begin(), missing.end());
        const auto i = static_cast<std::size_t>(most - missing.begin());
        ++cells[i];
        missing[i] -= 1;
    }
    return cells;
}

std::string drawOutcomeChart(const BucketSeries& series, const Terminal& given, std::size_t height) {
    Terminal terminal = given;
    terminal.width = given.width.value_or(80);
    const std::size_t plotWidth = chartBuckets(*terminal.width);
    if (plotWidth == 0 || series.buckets.empty() || height == 0) return {};

    const std::int64_t top = chartTop(series.highest());
    const std::size_t pitch = pitchOf(plotWidth, series.buckets.size());
    const std::size_t columnWidth = pitch > widestWithoutGap ? pitch - 1 : pitch;
    std::vector<std::array<std::size_t, runOutcomeCount>> columns;
    for (const Bucket& bucket : series.buckets) columns.push_back(chartCells(bucket.counts, top, height));

    const auto outcomeAt = [&](std::size_t column, std::size_t level) -> std::optional<RunOutcome> {
        std::size_t below = 0;
        for (const RunOutcome outcome : stackOrder) {
            below += columns[column][static_cast<std::size_t>(outcome)];
            if (level < below) return outcome;
        }
        return {};
    };

    std::string chart;
    for (std::size_t row = 0; row < height; ++row) {
        const std::size_t level = height - 1 - row;
        const bool isHalf = height % 2 == 0 && row == height / 2;
        const std::string label = row == 0 ? shortNumber(top) : isHalf ? shortNumber(top / 2) : "";
        ReportLine line(terminal);
        line.right(label, labelWidth).gap(1);
        line.text(label.empty() ? choose(terminal, "\u2502", "|") : choose(terminal, "\u2524", "+"));
        for (std::size_t column = 0; column < columns.size();) {
            // Cells of one outcome that touch are written in one go, so that a row is not all colour codes.
            const std::optional<RunOutcome> outcome = outcomeAt(column, level);
            std::size_t end = column + 1;
            while (columnWidth == pitch && end < columns.size() && outcomeAt(end, level) == outcome) ++end;
            if (outcome) {
                line.text(repeated(shadeOf(*outcome, terminal.charset), (end - column) * columnWidth),
                          colourOf(*outcome));
                line.gap(pitch - columnWidth);
            } else {
                line.gap((end - column) * pitch);
            }
            column = end;
        }
        chart += line.end();
    }
    return chart + drawLabels(series, terminal, plotWidth, pitch) + drawLegend(series, terminal);
}

}  // namespace cli
