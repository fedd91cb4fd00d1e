// Sections go from the general to the particular. A line names what is left out.
#include "history_report.hpp"

#include "comparison.hpp"
#include "display_text.hpp"
#include "errors_report.hpp"
#include "number_text.hpp"
#include "outcome_chart.hpp"
#include "report_line.hpp"
#include "time_text.hpp"

#include <algorithm>

namespace cli {
namespace {

constexpr std::size_t maxGroups = 10;
constexpr std::size_t chartHeight = 10;
constexpr std::size_t margin = 2;
constexpr std::size_t idWidth = 24;
constexpr std::size_t widestName = 48;
constexpr std::size_t narrowestName = 12;
/// From this width on a bar is drawn beside each rate.
constexpr std::size_t wideTerminal = 110;
constexpr std::size_t barWidth = 20;
constexpr std::size_t beforeWidth = 6;
constexpr std::size_t medianWidth = 7;

std::size_t widthOf(const Terminal& terminal) {
    return terminal.width.value_or(wideTerminal);
}

std::string heading(std::string_view title, std::string_view remark, const Terminal& terminal) {
    return "\n" + ReportLine(terminal).text(title, Colour::bold).gap(columnGap).text(remark, Colour::grey).end();
}

/// `median 3m20s, 95% within 12m05s, slowest 1h02m`
std::string durationsText(const Durations& durations) {
    if (durations.count() == 0) return {};
    return "median " + durationText(*durations.quantile(0.5)) + ", 95% within " +
           durationText(*durations.quantile(0.95)) + ", slowest " + durationText(*durations.quantile(1));
}

Colour colourOf(Trend trend) noexcept {
    return trend == Trend::worse ? Colour::red : trend == Trend::better ? Colour::green : Colour::none;
}

/// Says in one line whether more runs fail than before.
std::string writeVerdict(const History& history, const Terminal& terminal) {
    if (!history.previous) return {};
    const OutcomeCounts& before = history.previous->summary.totals();
    const Comparison comparison = compare(before, history.summary.totals());
    if (comparison.trend == Trend::unknown) {
        return ReportLine(terminal).text("not comparable: no run has finished in one of the periods").end();
    }
    std::string text = std::string(nameOf(comparison.trend));
    text += comparison.trend == Trend::same ? " as" : " than";
    text += " in the period before: " + percentText(before.failureRate()) + " failed then";
    if (comparison.trend != Trend::same) text += ", " + pointsText(comparison);
    if (comparison.mayBeChance) text += ", may be chance";
    return ReportLine(terminal).text(text, colourOf(comparison.trend)).end();
}

std::string writeHead(const History& history, const Terminal& terminal) {
    const OutcomeCounts& totals = history.summary.totals();
    std::string title = counted(totals.total(), "run");
    if (totals.failureRate()) {
        title += ", " + grouped(totals.failed()) + " failed (" + percentText(totals.failureRate()) + " of " +
                 grouped(totals.ended()) + " finished)";
    }
    std::string text = ReportLine(terminal).text(title, Colour::bold).end();
    text += writeVerdict(history, terminal);
    text += ReportLine(terminal)
                .text((history.isDefaultPeriod ? "the last 7 days, " : "") + periodText(history), Colour::grey)
                .end();
    std::string filters;
    for (const AppliedFilter& filter : history.filters) {
        filters += (filters.empty() ? "only " : ", ") + filter.name + " " + filter.value;
    }
    if (!filters.empty()) text += ReportLine(terminal).text(filters, Colour::grey).end();
    const std::string durations = durationsText(history.summary.durations());
    if (!durations.empty()) text += ReportLine(terminal).text("durations: " + durations, Colour::grey).end();
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
        constexpr std::size_t maxNames = 6;
        for (std::size_t i = 0; i < std::min(statuses.size(), maxNames); ++i) {
            names +=
                (i == 0 ? "" : ", ") + (statuses[i].status.empty() ? "without a status" : statuses[i].status.value());
            if (statuses.size() > 1) names += " " + grouped(statuses[i].runs);
        }
        if (statuses.size() > maxNames) {
            names += ", " + counted(static_cast<std::int64_t>(statuses.size() - maxNames), "status value") + " more";
        }
        ReportLine line(terminal);
        line.gap(margin).text(signOf(outcome, terminal.charset), colourOf(outcome)).gap(1);
        line.left(nameOf(outcome), 9, colourOf(outcome))
            .gap(columnGap)
            .right(grouped(runs), numberWidth)
            .gap(columnGap);
        text += line.right(percentText(share), 6).gap(columnGap).text(names, Colour::grey).end();
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

/// The two periods side by side.
std::string writeComparison(const History& history, const Terminal& terminal) {
    if (!history.previous) return {};
    const HistorySummary& now = history.summary;
    const HistorySummary& before = history.previous->summary;
    constexpr std::size_t nameWidth = 16;
    constexpr std::size_t valueWidth = 10;
    const auto row = [&](std::string_view name, const std::string& a, const std::string& b, const std::string& change,
                         Colour colour) {
        ReportLine line(terminal);
        line.gap(margin).left(name, nameWidth).right(a, valueWidth).gap(columnGap).right(b, valueWidth).gap(columnGap);
        return line.text(change, colour).end();
    };
    const auto counts = [&](std::string_view name, std::int64_t a, std::int64_t b) {
        return row(name, grouped(a), grouped(b), (b >= a ? "+" : "") + grouped(b - a), Colour::none);
    };
    const auto duration = [&](std::string_view name, double share) {
        const auto a = before.durations().quantile(share);
        const auto b = now.durations().quantile(share);
        return row(name, a ? durationText(*a) : "-", b ? durationText(*b) : "-", "", Colour::none);
    };
    const Comparison comparison = compare(before.totals(), now.totals());
    std::string change = pointsText(comparison);
    if (comparison.trend == Trend::worse || comparison.trend == Trend::better) {
        change += ", " + std::string(nameOf(comparison.trend));
    }
    std::string text = heading("COMPARED", "before: " + periodText(*history.previous), terminal);
    text += row("", "BEFORE", "NOW", "CHANGE", Colour::grey);
    text += counts("runs", before.totals().total(), now.totals().total());
    text += counts("failed", before.totals().failed(), now.totals().failed());
    text += row("failure rate", percentText(before.totals().failureRate()), percentText(now.totals().failureRate()),
                change, colourOf(comparison.trend));
    if (now.durations().count() > 0 || before.durations().count() > 0) {
        text += duration("median duration", 0.5) + duration("95th percentile", 0.95);
    }
    return text;
}

std::string writeErrors(const History& history, const Terminal& terminal) {
    if (!history.errors || history.errors->runs() == 0) return {};
    const std::string of = history.summary.totals().failed() > history.errors->runs()
                               ? "of the latest " + grouped(history.errors->runs()) + " failed runs"
                               : "";
    return heading("ERRORS", of, terminal) + errorsReport(*history.errors, terminal, maxGroups);
}

const RunGroup* sameGroup(const RunGroups* groups, const RunGroup& wanted) {
    if (groups == nullptr) return nullptr;
    for (const RunGroup& group : groups->all()) {
        if (wanted.id.empty() ? group.id.empty() && group.name == wanted.name : group.id == wanted.id) return &group;
    }
    return nullptr;
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

/// \param before  the groups of the period before; null where it was not asked for
std::string writeGroups(const RunGroups& groups, const RunGroups* before, std::string_view title,
                        std::string_view nameTitle, const Terminal& terminal) {
    const std::vector<const RunGroup*> sorted = groups.worstFirst();
    const std::size_t shown = std::min(sorted.size(), maxGroups);
    std::size_t failedWidth = 6;
    std::size_t runsWidth = 5;
    std::size_t nameWidth = nameTitle.size();
    for (std::size_t i = 0; i < shown; ++i) {
        failedWidth = std::max(failedWidth, grouped(sorted[i]->counts.failed()).size());
        runsWidth = std::max(runsWidth, grouped(sorted[i]->counts.total()).size());
        nameWidth = std::max(nameWidth, std::min(widestName, displayWidth(sorted[i]->name)));
    }
    constexpr std::size_t signAndRate = 8;
    const bool withBar = widthOf(terminal) >= wideTerminal && before == nullptr;
    const bool withMedian = widthOf(terminal) >= wideTerminal;
    std::size_t taken = margin + signAndRate + columnGap + failedWidth + columnGap + runsWidth + columnGap;
    if (withBar) taken += barWidth + columnGap;
    if (before != nullptr) taken += beforeWidth + columnGap;
    if (withMedian) taken += medianWidth + columnGap;
    const std::size_t left = widthOf(terminal) - std::min(widthOf(terminal), taken);
    const bool withId = left >= narrowestName + columnGap + idWidth;
    nameWidth = std::min(nameWidth, withId ? left - columnGap - idWidth : left);

    std::string text = heading(title, "worst first", terminal);
    ReportLine header(terminal);
    header.gap(margin).right("RATE", signAndRate, Colour::grey).gap(columnGap);
    if (withBar) header.gap(barWidth + columnGap);
    if (before != nullptr) header.right("BEFORE", beforeWidth, Colour::grey).gap(columnGap);
    header.right("FAILED", failedWidth, Colour::grey)
        .gap(columnGap)
        .right("RUNS", runsWidth, Colour::grey)
        .gap(columnGap);
    if (withMedian) header.right("MEDIAN", medianWidth, Colour::grey).gap(columnGap);
    header.left(nameTitle, nameWidth, Colour::grey);
    if (withId) header.gap(columnGap).text("ID", Colour::grey);
    text += header.end();
    for (std::size_t i = 0; i < shown; ++i) {
        const RunGroup& group = *sorted[i];
        const OutcomeCounts& counts = group.counts;
        const RunOutcome sign = counts.failed() > 0  ? RunOutcome::failed
                                : counts.ended() > 0 ? RunOutcome::completed
                                                     : RunOutcome::running;
        ReportLine line(terminal);
        line.gap(margin).text(signOf(sign, terminal.charset), colourOf(sign)).gap(1);
        line.right(percentText(counts.failureRate()), signAndRate - 2, colourOf(sign)).gap(columnGap);
        if (withBar) line.text(rateBar(counts.failureRate(), terminal), colourOf(sign)).gap(columnGap);
        if (before != nullptr) {
            const RunGroup* const was = sameGroup(before, group);
            line.right(was != nullptr ? percentText(was->counts.failureRate()) : "-", beforeWidth).gap(columnGap);
        }
        line.right(grouped(counts.failed()), failedWidth)
            .gap(columnGap)
            .right(grouped(counts.total()), runsWidth)
            .gap(columnGap);
        if (withMedian) {
            const auto median = group.durations.quantile(0.5);
            line.right(median ? durationText(*median) : "-", medianWidth).gap(columnGap);
        }
        line.left(orDash(group.name), nameWidth);
        if (withId) line.gap(columnGap).left(orDash(group.id), idWidth, Colour::grey);
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
    const std::size_t before = margin + 2 + timeWidth + columnGap + statusWidth + columnGap;
    const std::size_t left = widthOf(terminal) - std::min(widthOf(terminal), before);
    // The id is needed for the next command: the name is left out first.
    const bool withName = left >= idWidth + columnGap + narrowestName;
    if (withName) nameWidth = std::min(nameWidth, left - idWidth - columnGap);

    const std::int64_t all = history.summary.totals().failed();
    const auto shown = static_cast<std::int64_t>(failures.size());
    std::string text = heading("LATEST FAILURES", all > shown ? grouped(shown) + " of " + grouped(all) : "", terminal);
    for (const FailedRun& failure : failures) {
        ReportLine line(terminal);
        line.gap(margin).text(signOf(RunOutcome::failed, terminal.charset), Colour::red).gap(1);
        line.left(failure.createdAt ? secondText(*failure.createdAt) : "-", timeWidth).gap(columnGap);
        line.left(failure.status.value(), statusWidth, Colour::red).gap(columnGap);
        if (withName) line.left(orDash(failure.workflowName), nameWidth).gap(columnGap);
        text += line.text(orDash(failure.id)).end();
    }
    return text;
}

std::vector<HistoryGrouping> groupingsOf(const History& history) {
    if (!history.groupings.empty()) return history.groupings;
    std::vector<HistoryGrouping> groupings = {HistoryGrouping::workflow, HistoryGrouping::application};
    if (history.summary.accounts().all().size() > 1) groupings.push_back(HistoryGrouping::account);
    return groupings;
}

std::string writeGrouping(HistoryGrouping grouping, const History& history, const Terminal& terminal) {
    const HistorySummary* const before = history.previous ? &history.previous->summary : nullptr;
    const auto groups = [&](const RunGroups& (HistorySummary::*of)() const noexcept, const char* title,
                            const char* nameTitle) {
        return writeGroups((history.summary.*of)(), before != nullptr ? &(before->*of)() : nullptr, title, nameTitle,
                           terminal);
    };
    switch (grouping) {
        case HistoryGrouping::workflow:
            return groups(&HistorySummary::workflows, "WORKFLOWS", "WORKFLOW");
        case HistoryGrouping::application:
            return groups(&HistorySummary::applications, "APPLICATIONS", "APPLICATION");
        case HistoryGrouping::account:
            return groups(&HistorySummary::accounts, "ACCOUNTS", "ACCOUNT");
        case HistoryGrouping::environment:
            return groups(&HistorySummary::environments, "ENVIRONMENTS", "ENVIRONMENT");
        case HistoryGrouping::error:
            break;
    }
    return writeErrors(history, terminal);
}

}  // namespace

std::string writeHistoryReport(const History& history, const Terminal& terminal) {
    std::string text = writeHead(history, terminal);
    if (history.summary.totals().total() == 0) return text;
    text += writeOutcomes(history, terminal) + writeComparison(history, terminal) + writeChart(history, terminal);
    for (const HistoryGrouping grouping : groupingsOf(history)) text += writeGrouping(grouping, history, terminal);
    const bool grouped = std::find(history.groupings.begin(), history.groupings.end(), HistoryGrouping::error) !=
                         history.groupings.end();
    if (!grouped) text += writeErrors(history, terminal);
    return text + writeLatestFailures(history, terminal);
}

}  // namespace cli
