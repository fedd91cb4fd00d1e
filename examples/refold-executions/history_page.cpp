// Every text from the server goes through pageText() once, here, and is escaped for its place by the template or by quoteJson().
#include "history_page.hpp"

#include "json_text.hpp"
#include "number_text.hpp"
#include "outcome_chart.hpp"
#include "page_sources.hpp"
#include "page_template.hpp"
#include "time_text.hpp"

#include <refold/version.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>

namespace cli {
namespace {

/// Narrow enough for a phone, wide enough to be seen.
constexpr std::size_t mostBuckets = 120;
constexpr std::size_t mostTicks = 9;
constexpr std::size_t ticksOnPhone = 4;
constexpr std::size_t mostGroups = 20;
/// Of the chart's drawing, in its own units from the top.
constexpr double chartTopAt = 12;
constexpr double chartBase = 232;

std::string orDash(const std::string& text) {
    return text.empty() ? "-" : pageText(text);
}

/// A capital first letter, for a name of the program's own.
std::string titled(std::string_view name) {
    std::string text(name);
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

/// `COMPLETED` as `Completed`.
std::string withSmallLetters(std::string text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        text[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
    }
    return text;
}

std::string decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

std::string listOf(const OutcomeCounts& counts) {
    std::string text;
    for (const RunOutcome outcome : runOutcomes) {
        if (counts.of(outcome) == 0) continue;
        text += (text.empty() ? "" : ", ") + grouped(counts.of(outcome)) + " " + std::string(nameOf(outcome));
    }
    return text.empty() ? "no runs" : text;
}

std::string bucketTimeText(refold::Timestamp start, std::chrono::seconds width) {
    constexpr std::chrono::seconds day{86400};
    if (width >= day) return width == day ? dateText(start) : dateText(start) + ", " + bucketWidthText(width);
    return minuteText(start) + "\u2013" + clockText(start + width);
}

void fillHead(PageValues& page, const History& history) {
    const OutcomeCounts& totals = history.summary.totals();
    page.set("runs", counted(totals.total(), "run")).set("ended", grouped(totals.ended()));
    page.set("period", periodText(history)).set("readAt", secondText(history.readAt) + " UTC");
    page.set("version", refold::version());
    page.set("rate", percentText(totals.failureRate()));
    page.showIf(totals.failureRate().has_value(), "hasRate");
    page.showIf(history.isDefaultPeriod, "defaultPeriod");
    page.showIf(!history.verified, "unverified");
    page.leaveOut("filters");
    for (const AppliedFilter& filter : history.filters) {
        page.repeat("filters").set("name", filter.name).set("value", pageText(filter.value));
    }
    page.leaveOut("outcomes");
    for (const RunOutcome outcome : runOutcomes) {
        const std::int64_t runs = totals.of(outcome);
        if (runs == 0) continue;
        PageValues& tile = page.repeat("outcomes");
        tile.set("outcome", std::string(nameOf(outcome))).set("outcomeTitle", titled(nameOf(outcome)));
        tile.set("sign", std::string(signOf(outcome, Charset::utf8))).set("count", grouped(runs));
        tile.set("share", percentText(static_cast<double>(runs) / static_cast<double>(totals.total())));
        std::string statuses;
        constexpr std::size_t mostNames = 6;
        const std::vector<StatusCount> counts = history.summary.statusesOf(outcome);
        for (std::size_t i = 0; i < std::min(counts.size(), mostNames); ++i) {
            statuses +=
                (i == 0 ? "" : ", ") + (counts[i].status.empty() ? "no status" : pageText(counts[i].status.value()));
            if (counts.size() > 1) statuses += " " + grouped(counts[i].runs);
        }
        // One status that says what the outcome says need not be said again.
        const bool isPlain =
            counts.size() == 1 && titled(nameOf(outcome)) == withSmallLetters(counts.front().status.value());
        tile.set("statuses", isPlain ? "" : statuses + (counts.size() > mostNames ? ", \u2026" : ""));
    }
}

void fillBucket(PageValues& bucketPlace, const Bucket& bucket, std::int64_t top) {
    double base = chartBase;
    bucketPlace.leaveOut("segments");
    for (const RunOutcome outcome : stackOrder) {
        const std::int64_t runs = bucket.counts.of(outcome);
        if (runs == 0) continue;
        const double share = static_cast<double>(runs) / static_cast<double>(top);
        // Thin ones are drawn thicker than they are, or a single failure among thousands would not be seen.
        const double height = std::max(2.0, share * (chartBase - chartTopAt));
        const double gap = height > 4 ? 1 : 0;
        bucketPlace.repeat("segments")
            .set("outcome", std::string(nameOf(outcome)))
            .set("y", decimal(base - height))
            .set("height", decimal(height - gap));
        base -= height;
    }
}

void fillChart(PageValues& page, const History& history) {
    const TimeBuckets& buckets = history.summary.buckets();
    PageValues& chart = page.showIf(buckets.first().has_value(), "chart");
    if (!buckets.first()) return;
    const BucketSeries series = buckets.series(history.from, history.to, mostBuckets);
    const std::int64_t top = chartTop(series.highest());
    chart.set("bucketWidth", bucketWidthText(series.width)).set("undated", counted(history.summary.undated(), "run"));
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
        place.set("time", bucketTimeText(bucket.start, series.width)).set("counts", listOf(bucket.counts));
        place.set("total", grouped(bucket.counts.total())).set("failed", grouped(bucket.counts.failed()));
        place.set("rate", percentText(bucket.counts.failureRate()));
        fillBucket(place, bucket, top);
    }
    const std::vector<TimeTick> ticks = timeTicks(series, mostTicks);
    const std::size_t step = (ticks.size() + ticksOnPhone - 1) / ticksOnPhone;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        const double x = pitch * static_cast<double>(ticks[i].bucket);
        // Labels go to the right of their place; the last ones would leave the chart, on a phone sooner.
        if (x > 95) continue;
        chart.repeat("ticks")
            .set("x", decimal(x))
            .set("label", ticks[i].label)
            .set("size", i % step == 0 && x < 86 ? "major" : "minor");
    }
}

void fillGroups(PageValues& page, const std::string& section, const RunGroups& groups) {
    const std::vector<const RunGroup*> sorted = groups.worstFirst();
    const std::size_t shown = std::min(sorted.size(), mostGroups);
    const std::string more = "more" + titled(section);
    page.leaveOut(section);
    page.showIf(shown < sorted.size(), more)
        .set("moreCount", grouped(static_cast<std::int64_t>(sorted.size() - shown)));
    for (std::size_t i = 0; i < shown; ++i) {
        const RunGroup& group = *sorted[i];
        PageValues& row = page.repeat(section);
        row.set("name", orDash(group.name)).set("id", pageText(group.id));
        row.set("index", std::to_string(static_cast<std::size_t>(&group - groups.all().data())));
        row.set("runs", grouped(group.counts.total())).set("failed", grouped(group.counts.failed()));
        row.set("rate", percentText(group.counts.failureRate()));
        row.set("bar", decimal(group.counts.failureRate().value_or(0) * 100));
    }
}

}  // namespace

void HistoryPage::add(const refold::Execution& run, const HistorySummary::Place& place) {
    rows_.push_back({pageText(run.id), run.createdAt, place});
}

std::string HistoryPage::render(const History& history) {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.createdAt > b.createdAt; });
    const HistorySummary& summary = history.summary;
    PageValues page;
    fillHead(page, history);
    fillChart(page, history);
    fillGroups(page, "workflows", summary.workflows());
    fillGroups(page, "applications", summary.applications());

    const std::size_t shown = std::min(rows_.size(), mostRows);
    page.showIf(!rows_.empty(), "hasRuns");
    page.set("shownRows", grouped(static_cast<std::int64_t>(shown)));
    page.set("allRows", grouped(static_cast<std::int64_t>(rows_.size())));
    page.leaveOut("rows");
    for (std::size_t i = 0; i < shown; ++i) {
        const Row& run = rows_[i];
        const refold::ExecutionStatus& status = summary.statuses()[run.place.status].status;
        const RunOutcome outcome = runOutcomeOf(status);
        PageValues& row = page.repeat("rows");
        row.set("outcome", std::string(nameOf(outcome))).set("sign", std::string(signOf(outcome, Charset::utf8)));
        row.set("status", orDash(status.value()));
        row.set("created", run.createdAt ? secondText(*run.createdAt) : "-");
        row.set("workflow", orDash(summary.workflows().all()[run.place.workflow].name));
        row.set("application", orDash(summary.applications().all()[run.place.application].name));
        row.set("id", orDash(run.id));
    }
    page.setRaw("data", data(history));
    return fillPage(historyPageTemplate(), page);
}

std::string HistoryPage::data(const History& history) const {
    const HistorySummary& summary = history.summary;
    std::string text = "{\"statuses\":[";
    const char* separator = "";
    for (const StatusCount& status : summary.statuses()) {
        const RunOutcome outcome = runOutcomeOf(status.status);
        text += separator;
        text += "[" + quoteJson(orDash(status.status.value())) + "," + quoteJson(nameOf(outcome)) + "," +
                quoteJson(signOf(outcome, Charset::utf8)) + "]";
        separator = ",";
    }
    for (const auto& [name, groups] : {std::pair<const char*, const RunGroups*>("workflows", &summary.workflows()),
                                       {"applications", &summary.applications()}}) {
        text += std::string("],\n\"") + name + "\":[";
        separator = "";
        for (const RunGroup& group : groups->all()) {
            text += separator;
            text += "[" + quoteJson(orDash(group.name)) + "," + quoteJson(pageText(group.id)) + "]";
            separator = ",";
        }
    }
    text += "],\n\"runs\":[";
    separator = "\n";
    for (const Row& row : rows_) {
        text += separator;
        text += "[" + quoteJson(row.id) + "," + std::to_string(row.place.status) + ",";
        text += row.createdAt ? std::to_string(row.createdAt->time_since_epoch().count()) : std::string("null");
        text += "," + std::to_string(row.place.workflow) + "," + std::to_string(row.place.application) + "]";
        separator = ",\n";
    }
    return text + "]}";
}

}  // namespace cli
