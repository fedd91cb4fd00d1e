// Sections from the general to the particular. What does not fit is left out in a line that says so.
#include "history_report.hpp"

#include "number_text.hpp"
#include "outcome_chart.hpp"
#include "report_line.hpp"
#include "time_text.hpp"

#include <algorithm>

namespace cli {
namespace {

constexpr std::size_t mostGroups = 10;
constexpr std::size_t chartHeight = 10;
constexpr std::size_t margin = 2;
constexpr std::size_t gap = 2;
constexpr std::size_t idWidth = 24;
constexpr std::size_t widestName = 48;
constexpr std::size_t narrowestName = 12;
/// From here on a bar stands beside a rate.
constexpr std::size_t wideTerminal = 110;
constexpr std::size_t barWidth = 20;

std::size_t widthOf(const Terminal& terminal) {
    return terminal.width.value_or(wideTerminal);
}

std::string orDash(std::string_view text) {
    return text.empty() ? "-" : std::string(text);
}

std::string heading(std::string_view title, std::string_view remark, const Terminal& terminal) {
    return "\n" + ReportLine(terminal).text(title, Colour::bold).gap(gap).text(remark, Colour::grey).end();
}

std::string writeHead(const History& history, const Terminal& terminal) {
    const OutcomeCounts& totals = history.summary.totals();
    std::string title = counted(totals.total(), "run");
    if (totals.failureRate()) {
        title += ", " + percentText(totals.failureRate()) + " of the " + grouped(totals.ended()) + " that ended failed";
    }
    std::string text = ReportLine(terminal).text(title, Colour::bold).end();
    text += ReportLine(terminal)
                .text((history.isDefaultPeriod ? "the last 7 days, " : "") + periodText(history), Colour::grey)
                .end();
    std::string filters;
    for (const AppliedFilter& filter : history.filters) {
        filters += (filters.empty() ? "only " : ", ") + filter.name + " " + filter.value;
    }
    if (!filters.empty()) text += ReportLine(terminal).text(filters, Colour::grey).end();
    return text;
}

std::string writeOutcomes(const History& history, const Terminal& terminal) {
    const HistorySummary& summary = history.summary;
    const std::size_t numberWidth = std::max<std::size_t>(5, grouped(summary.totals().total()).size());
    std::string text = heading("OUTCOMES", "", terminal);
    for (const RunOutcome outcome : runOutcomes) {
        const std::int64_t runs = summary.totals().of(outcome);
        if (runs == 0) continue;
        const double share = static_cast<double>(runs) / static_cast<double>(summary.totals().total());
        const std::vector<StatusCount> statuses = summary.statusesOf(outcome);
        std::string names;
        constexpr std::size_t mostNames = 6;
        for (std::size_t i = 0; i < std::min(statuses.size(), mostNames); ++i) {
            names +=
                (i == 0 ? "" : ", ") + (statuses[i].status.empty() ? "without a status" : statuses[i].status.value());
            if (statuses.size() > 1) names += " " + grouped(statuses[i].runs);
        }
        if (statuses.size() > mostNames) {
            names += ", " + counted(static_cast<std::int64_t>(statuses.size() - mostNames), "status value") + " more";
        }
        ReportLine line(terminal);
        line.gap(margin).text(signOf(outcome, terminal.charset), colourOf(outcome)).gap(1);
        line.left(nameOf(outcome), 9, colourOf(outcome)).gap(gap).right(grouped(runs), numberWidth).gap(gap);
        text += line.right(percentText(share), 6).gap(gap).text(names, Colour::grey).end();
    }
    return text;
}

std::string writeChart(const History& history, const Terminal& terminal) {
    const std::size_t most = chartBuckets(terminal.width.value_or(80));
    if (most == 0) return {};
    const TimeBuckets& buckets = history.summary.buckets();
    const std::string chart = drawOutcomeChart(buckets.series(history.from, history.to, most), terminal, chartHeight);
    std::string remark = "UTC";
    if (history.summary.undated() > 0) {
        remark += "; without " + counted(history.summary.undated(), "run") + " that have no date";
    }
    return heading("OVER TIME", remark, terminal) + chart;
}

std::string rateBar(std::optional<double> rate, const Terminal& terminal) {
    const auto filled = static_cast<std::size_t>(rate.value_or(0) * static_cast<double>(barWidth) + 0.5);
    const bool utf8 = terminal.charset == Charset::utf8;
    std::string bar;
    for (std::size_t i = 0; i < barWidth; ++i) {
        if (i < filled || (i == 0 && rate.value_or(0) > 0)) {
            bar += utf8 ? "\u2588" : "x";
        } else {
            bar += utf8 ? "\u2591" : ".";
        }
    }
    return bar;
}

std::string writeGroups(const RunGroups& groups, std::string_view title, std::string_view nameTitle,
                        const Terminal& terminal) {
    const std::vector<const RunGroup*> sorted = groups.worstFirst();
    const std::size_t shown = std::min(sorted.size(), mostGroups);
    std::size_t failedWidth = 6;
    std::size_t runsWidth = 5;
    std::size_t nameWidth = nameTitle.size();
    for (std::size_t i = 0; i < shown; ++i) {
        failedWidth = std::max(failedWidth, grouped(sorted[i]->counts.failed()).size());
        runsWidth = std::max(runsWidth, grouped(sorted[i]->counts.total()).size());
        nameWidth = std::max(nameWidth, std::min(widestName, displayWidth(sorted[i]->name)));
    }
    constexpr std::size_t signAndRate = 8;
    const bool withBar = widthOf(terminal) >= wideTerminal;
    std::size_t before = margin + signAndRate + gap + failedWidth + gap + runsWidth + gap;
    if (withBar) before += barWidth + gap;
    const std::size_t left = widthOf(terminal) - std::min(widthOf(terminal), before);
    const bool withId = left >= narrowestName + gap + idWidth;
    nameWidth = std::min(nameWidth, withId ? left - gap - idWidth : left);

    std::string text = heading(title, "worst first", terminal);
    ReportLine header(terminal);
    header.gap(margin).right("RATE", signAndRate, Colour::grey).gap(gap);
    if (withBar) header.gap(barWidth + gap);
    header.right("FAILED", failedWidth, Colour::grey).gap(gap).right("RUNS", runsWidth, Colour::grey).gap(gap);
    header.left(nameTitle, nameWidth, Colour::grey);
    if (withId) header.gap(gap).text("ID", Colour::grey);
    text += header.end();
    for (std::size_t i = 0; i < shown; ++i) {
        const RunGroup& group = *sorted[i];
        const OutcomeCounts& counts = group.counts;
        const RunOutcome sign = counts.failed() > 0  ? RunOutcome::failed
                                : counts.ended() > 0 ? RunOutcome::completed
                                                     : RunOutcome::running;
        ReportLine line(terminal);
        line.gap(margin).text(signOf(sign, terminal.charset), colourOf(sign)).gap(1);
        line.right(percentText(counts.failureRate()), signAndRate - 2, colourOf(sign)).gap(gap);
        if (withBar) line.text(rateBar(counts.failureRate(), terminal), colourOf(sign)).gap(gap);
        line.right(grouped(counts.failed()), failedWidth).gap(gap).right(grouped(counts.total()), runsWidth).gap(gap);
        line.left(orDash(group.name), nameWidth);
        if (withId) line.gap(gap).left(orDash(group.id), idWidth, Colour::grey);
        text += line.end();
    }
    if (shown < sorted.size()) {
        const std::string more =
            grouped(static_cast<std::int64_t>(sorted.size() - shown)) + " more; --format json and --html show them";
        text += ReportLine(terminal).gap(margin).text(more, Colour::grey).end();
    }
    return text;
}

std::string writeLatestFailures(const History& history, const Terminal& terminal) {
    const std::vector<FailedRun>& failures = history.summary.latestFailures();
    if (failures.empty()) return {};
    std::size_t statusWidth = 6;
    std::size_t nameWidth = 8;
    for (const FailedRun& failure : failures) {
        statusWidth = std::max(statusWidth, std::min<std::size_t>(9, displayWidth(failure.status.value())));
        nameWidth = std::max(nameWidth, std::min(widestName, displayWidth(failure.workflowName)));
    }
    constexpr std::size_t timeWidth = 19;
    const std::size_t before = margin + 2 + timeWidth + gap + statusWidth + gap;
    const std::size_t left = widthOf(terminal) - std::min(widthOf(terminal), before);
    // The id is what one goes on with: it stays when the name has to go.
    const bool withName = left >= idWidth + gap + narrowestName;
    if (withName) nameWidth = std::min(nameWidth, left - idWidth - gap);

    const std::int64_t all = history.summary.totals().failed();
    const auto shown = static_cast<std::int64_t>(failures.size());
    std::string text = heading("LATEST FAILURES", all > shown ? grouped(shown) + " of " + grouped(all) : "", terminal);
    for (const FailedRun& failure : failures) {
        ReportLine line(terminal);
        line.gap(margin).text(signOf(RunOutcome::failed, terminal.charset), Colour::red).gap(1);
        line.left(failure.createdAt ? secondText(*failure.createdAt) : "-", timeWidth).gap(gap);
        line.left(failure.status.value(), statusWidth, Colour::red).gap(gap);
        if (withName) line.left(orDash(failure.workflowName), nameWidth).gap(gap);
        text += line.text(orDash(failure.id)).end();
    }
    return text;
}

}  // namespace

std::string writeHistoryReport(const History& history, const Terminal& terminal) {
    std::string text = writeHead(history, terminal);
    if (history.summary.totals().total() == 0) return text;
    text += writeOutcomes(history, terminal) + writeChart(history, terminal);
    text += writeGroups(history.summary.workflows(), "WORKFLOWS", "WORKFLOW", terminal);
    text += writeGroups(history.summary.applications(), "APPLICATIONS", "APPLICATION", terminal);
    return text + writeLatestFailures(history, terminal);
}

}  // namespace cli
