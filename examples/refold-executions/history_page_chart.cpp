// Draws plain shapes with positions in percent, since the page's policy allows no style attributes.
#include "history_page_parts.hpp"

#include "number_text.hpp"
#include "outcome_chart.hpp"
#include "time_text.hpp"

#include <algorithm>
#include <cmath>

namespace cli {
namespace {

/// Narrow enough for a phone, wide enough to be seen.
constexpr std::size_t maxColumns = 120;
constexpr std::size_t maxTicks = 9;
constexpr std::size_t maxSeries = 20;
/// Of the chart's drawing, in its own units from the top.
constexpr double chartTopAt = 12;
constexpr double chartBase = 232;
/// Labels are centred under their column, but for those that would leave the drawing: on a phone more of them.
constexpr double edge = 4;
constexpr double edgeOnPhone = 14;

std::string bucketTimeText(refold::Timestamp start, std::chrono::seconds width) {
    constexpr std::chrono::seconds day{86400};
    if (width >= day) return width == day ? dateText(start) : dateText(start) + ", " + bucketWidthText(width);
    return minuteText(start) + "\u2013" + clockText(start + width);
}

void fillSegments(PageValues& bucketPlace, const Bucket& bucket, std::int64_t top) {
    double base = chartBase;
    bucketPlace.leaveOut("segments");
    for (const RunOutcome outcome : stackOrder) {
        const std::int64_t runs = bucket.counts.of(outcome);
        if (runs == 0) continue;
        const double share = static_cast<double>(runs) / static_cast<double>(top);
        // Thin ones are drawn thicker than they are, or a single failure among thousands would not be seen. A gap keeps
        // neighbours apart whatever their colours.
        constexpr double gap = 1.5;
        const double height = std::max(2.0 + gap, share * (chartBase - chartTopAt));
        bucketPlace.repeat("segments")
            .set("outcome", std::string(nameOf(outcome)))
            .set("y", decimal(base - height + gap))
            .set("height", decimal(height - gap));
        base -= height;
    }
}

std::string anchorAt(double x) {
    if (x < edgeOnPhone) return "start";
    return x > 100 - edgeOnPhone ? "end" : "middle";
}

void fillTicks(PageValues& chart, const BucketSeries& series, double pitch) {
    const std::vector<TimeTick> ticks = timeTicks(series, maxTicks);
    // A label with a year is wider.
    const bool areWide =
        std::any_of(ticks.begin(), ticks.end(), [](const TimeTick& tick) { return tick.label.size() > 6; });
    const std::size_t onPhone = areWide ? 3 : 4;
    const std::size_t step = (ticks.size() + onPhone - 1) / onPhone;
    chart.leaveOut("ticks");
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        const double x = pitch * (static_cast<double>(ticks[i].bucket) + 0.5);
        chart.repeat("ticks")
            .set("x", decimal(x))
            .set("anchor", anchorAt(x))
            .set("place", x < edge || x > 100 - edge ? "edge" : "inside")
            .set("label", ticks[i].label)
            .set("size", i % step == 0 ? "major" : "minor");
    }
}

/// Returns the position of a rate on its scale, 0 to 100. By the square root: rates are mostly low, and 8 % and 12 %
/// are to differ on the scale that has room for 100 %.
double placeOnRateScale(double rate) {
    return std::sqrt(rate) * 100;
}

void fillRateTicks(PageValues& page) {
    page.leaveOut("rateTicks");
    for (const int percent : {1, 10, 25, 50, 100}) {
        page.repeat("rateTicks")
            .set("x", decimal(placeOnRateScale(percent / 100.0)))
            .set("label", std::to_string(percent))
            .set("anchor", percent == 100 ? "end" : "middle")
            .set("size", percent == 10 || percent == 100 ? "major" : "minor");
    }
}

void fillRateTable(PageValues& page, const std::string& kind, const std::string& title, const RunGroups& groups) {
    const std::vector<const RunGroup*> sorted = groups.worstFirst();
    const std::size_t shown = std::min(sorted.size(), maxSeries);
    PageValues& table = page.repeat("rateTables");
    table.set("kind", kind).set("title", title).set("plural", title + "s");
    table.leaveOut("groups");
    table.showIf(shown < sorted.size(), "moreGroups")
        .set("moreCount", grouped(static_cast<std::int64_t>(sorted.size() - shown)));
    for (std::size_t i = 0; i < shown; ++i) {
        const RunGroup& group = *sorted[i];
        PageValues& row = table.repeat("groups");
        row.set("name", pageTextOrDash(group.name)).set("id", pageText(group.id));
        row.set("index", std::to_string(static_cast<std::size_t>(&group - groups.all().data())));
        row.set("runs", grouped(group.counts.total())).set("failed", grouped(group.counts.failed()));
        row.set("rate", percentText(group.counts.failureRate()));
        row.set("bar", decimal(placeOnRateScale(group.counts.failureRate().value_or(0))));
    }
}

}  // namespace

void fillChart(PageValues& page, const History& history) {
    const TimeBuckets& buckets = history.summary.buckets();
    PageValues& chart = page.showIf(buckets.first().has_value(), "chart");
    if (!buckets.first()) return;
    const BucketSeries series = buckets.series(history.from, history.to, maxColumns);
    const std::int64_t top = chartTop(series.highest());
    chart.set("bucketWidth", bucketWidthText(series.width)).set("bucketSeconds", std::to_string(series.width.count()));
    chart.set("undated", counted(history.summary.undated(), "run"));
    chart.showIf(history.summary.undated() > 0, "hasUndated");
    const auto fullest =
        std::max_element(series.buckets.begin(), series.buckets.end(),
                         [](const Bucket& a, const Bucket& b) { return a.counts.total() < b.counts.total(); });
    chart.set("fullest", bucketTimeText(fullest->start, series.width)).set("fullestRuns", listOf(fullest->counts));
    for (const double share : {1.0, 0.5, 0.0}) {
        const auto value = static_cast<std::int64_t>(share * static_cast<double>(top));
        const double y = chartBase - share * (chartBase - chartTopAt);
        chart.repeat("gridLines").set("y", decimal(y)).set("labelY", decimal(y + 4)).set("value", shortNumber(value));
    }
    const double pitch = 100.0 / static_cast<double>(series.buckets.size());
    const double barWidth = std::min(pitch * 0.84, 6.0);
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        const Bucket& bucket = series.buckets[i];
        PageValues& place = chart.repeat("buckets");
        const double x = pitch * static_cast<double>(i);
        place.set("x", decimal(x)).set("pitch", decimal(pitch));
        place.set("barX", decimal(x + (pitch - barWidth) / 2)).set("barWidth", decimal(barWidth));
        place.set("start", std::to_string(bucket.start.time_since_epoch().count()));
        place.set("time", bucketTimeText(bucket.start, series.width)).set("counts", listOf(bucket.counts));
        place.set("total", grouped(bucket.counts.total())).set("failed", grouped(bucket.counts.failed()));
        place.set("rate", percentText(bucket.counts.failureRate()));
        fillSegments(place, bucket, top);
    }
    fillTicks(chart, series, pitch);
}

void fillRates(PageValues& page, const History& history, const RunGroups& accounts) {
    const HistorySummary& summary = history.summary;
    fillRateTicks(page);
    page.set("order", history.hasRates() ? "Highest failure rate first" : "Most runs first");
    page.leaveOut("rateTables");
    fillRateTable(page, "workflow", "Workflow", summary.workflows());
    fillRateTable(page, "application", "Application", summary.applications());
    if (namedAccounts(accounts) > 1) fillRateTable(page, "account", "Account", accounts);
}

}  // namespace cli
