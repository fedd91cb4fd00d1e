// Orders the sections from the general to the particular. A line names what is left out.
#include "history_report.hpp"

#include "comparison.hpp"
#include "display_text.hpp"
#include "errors_report.hpp"
#include "history_groups.hpp"
#include "number_text.hpp"
#include "outcome_chart.hpp"
#include "report_line.hpp"
#include "time_text.hpp"
#include "wrapped_text.hpp"

#include <algorithm>

namespace cli {
namespace {

constexpr std::size_t maxErrors = 10;
constexpr std::size_t chartHeight = 10;
constexpr std::size_t widestAccount = 30;
constexpr std::size_t narrowestAccount = 10;

/// `median 3m20s, 95% within 12m05s, slowest 1h02m`
std::string durationsText(const Durations& durations) {
    if (durations.count() == 0) return {};
    return "median " + durationText(*durations.quantile(0.5)) + ", 95% within " +
           durationText(*durations.quantile(0.95)) + ", slowest " + durationText(*durations.quantile(1));
}

Colour colourOf(Trend trend) noexcept {
    return trend == Trend::worse ? Colour::red : trend == Trend::better ? Colour::green : Colour::none;
}

/// Says in one line whether it is worse than before.
std::string writeVerdict(const History& history, const Terminal& terminal) {
    if (!history.previous) return {};
    const OutcomeCounts& before = history.previous->summary.totals();
    const OutcomeCounts& now = history.summary.totals();
    const Trend trend = compare(before, now, history.measure()).trend;
    const std::string verdict = verdictText(before, now, history.measure());
    const std::string note = retentionNote(history);
    return ReportLine(terminal).text(verdict, colourOf(trend)).end() +
           (note.empty() ? "" : indentedText(note, terminal, 0));
}

std::string writeHead(const History& history, const Terminal& terminal) {
    const OutcomeCounts& totals = history.summary.totals();
    std::string title = counted(totals.total(), history.measure() == Measure::failedRuns ? "failed run" : "run");
    if (history.hasRates() && totals.failureRate()) {
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
    const std::int64_t ended = summary.totals().ended();
    const bool hasShares = history.hasRates() && ended > 0;
    const std::string remark = hasShares ? "share of the " + grouped(ended) + " finished" : "";
    std::string text = heading("OUTCOMES", remark, terminal);
    for (const RunOutcome outcome : runOutcomes) {
        const std::int64_t runs = summary.totals().of(outcome);
        if (runs == 0) continue;
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
        line.left(nameOf(outcome), 9, colourOf(outcome)).gap(columnGap).right(grouped(runs), numberWidth);
        if (hasShares) {
            const bool isOpen = outcome == RunOutcome::running;
            line.gap(columnGap).right(isOpen ? "" : percentText(summary.totals().shareOf(outcome)), 6);
        }
        text += line.gap(columnGap).text(names, Colour::grey).end();
    }
    return text;
}

std::string writeChart(const History& history, const Terminal& terminal) {
    const std::size_t maxBuckets = chartBuckets(terminal.width.value_or(80));
    if (maxBuckets == 0) return {};
    const TimeBuckets& buckets = history.summary.buckets();
    const std::string chart =
        drawOutcomeChart(buckets.series(history.from, history.to, maxBuckets), terminal, chartHeight);
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
    const Comparison comparison = compare(before.totals(), now.totals(), history.measure());
    const auto judged = [&](std::string_view name, const std::string& a, const std::string& b) {
        return row(name, a, b, changeText(comparison), colourOf(comparison.trend));
    };
    const auto counts = [&](std::string_view name, Measure measure) {
        const std::int64_t a = countOf(before.totals(), measure);
        const std::int64_t b = countOf(now.totals(), measure);
        if (measure == history.measure()) return judged(name, grouped(a), grouped(b));
        return row(name, grouped(a), grouped(b), (b > a ? "+" : "") + grouped(b - a), Colour::none);
    };
    const auto duration = [&](std::string_view name, double share) {
        const auto a = before.durations().quantile(share);
        const auto b = now.durations().quantile(share);
        return row(name, a ? durationText(*a) : "-", b ? durationText(*b) : "-", "", Colour::none);
    };
    std::string text = heading("COMPARED", "before: " + periodText(*history.previous), terminal);
    text += row("", "BEFORE", "NOW", "CHANGE", Colour::grey);
    if (history.measure() != Measure::failedRuns) text += counts("runs", Measure::runs);
    if (history.measure() != Measure::runs) text += counts("failed", Measure::failedRuns);
    if (history.hasRates()) {
        text +=
            judged("failure rate", percentText(before.totals().failureRate()), percentText(now.totals().failureRate()));
    }
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
    return heading("ERRORS", of, terminal) + errorsReport(*history.errors, terminal, maxErrors);
}

/// `2026-06-16 13:15:00`, or without year and seconds.
constexpr std::size_t wholeTime = 19;
constexpr std::size_t shortTime = 11;

/// The widths of the columns; 0: left out.
struct FailureColumns {
    FailureColumns(const std::vector<FailedRun>& failures, bool severalAccounts, const Terminal& terminal) {
        for (const FailedRun& failure : failures) {
            if (severalAccounts) account = std::max(account, std::min(widestAccount, displayWidth(failure.account)));
            status = std::max(status, std::min<std::size_t>(9, displayWidth(failure.status.value())));
            name = std::max(name, std::min(widestName, displayWidth(failure.workflowName)));
        }
        // The id is needed for the next command. Where there is no room for the other columns, the time is shortened,
        // then name and account are cut, then the account is left out, then the name.
        const std::size_t fixed = margin + 2 + columnGap + status + columnGap + idWidth;
        const auto room = [&] { return widthOf(terminal) - std::min(widthOf(terminal), fixed + time); };
        const auto gaps = [&] { return columnGap + (account > 0 ? columnGap : 0); };
        if (account > 0 && room() < name + account + gaps()) time = shortTime;
        if (room() < narrowestName + std::min(account, narrowestAccount) + gaps()) account = 0;
        if (account == 0) time = wholeTime;
        if (room() < narrowestName + gaps()) {
            name = 0;
            return;
        }
        const std::size_t texts = room() - gaps();
        const std::size_t least = std::min(account, narrowestAccount);
        if (account > 0) account = std::min(account, std::max(least, texts - std::min(texts, name)));
        name = std::min(name, texts - account);
    }

    std::size_t time = wholeTime;
    std::size_t status = 6;
    std::size_t name = 8;
    std::size_t account = 0;
};

std::string writeLatestFailures(const History& history, const Terminal& terminal) {
    std::vector<FailedRun> failures = history.summary.latestFailures();
    if (failures.empty()) return {};
    if (history.oldestFirst) std::reverse(failures.begin(), failures.end());
    const FailureColumns widths(failures, history.summary.accounts().all().size() > 1, terminal);

    const std::int64_t all = history.summary.totals().failed();
    const auto shown = static_cast<std::int64_t>(failures.size());
    std::string remark = all > shown ? grouped(shown) + " of " + grouped(all) : "";
    if (history.oldestFirst && shown > 1) remark += std::string(remark.empty() ? "" : ", ") + "oldest first";
    std::string text = heading("LATEST FAILURES", remark, terminal);
    for (const FailedRun& failure : failures) {
        ReportLine line(terminal);
        line.gap(margin).text(signOf(RunOutcome::failed, terminal.charset), Colour::red).gap(1);
        std::string time = failure.createdAt ? secondText(*failure.createdAt) : "-";
        if (failure.createdAt && widths.time == shortTime) time = minuteText(*failure.createdAt).substr(5);
        line.left(time, widths.time).gap(columnGap);
        line.left(failure.status.value(), widths.status, Colour::red).gap(columnGap);
        if (widths.name > 0) line.left(orDash(failure.workflowName), widths.name).gap(columnGap);
        if (widths.account > 0) line.left(orDash(failure.account), widths.account).gap(columnGap);
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
        const GroupTable table{title, nameTitle, history.hasRates()};
        return writeGroups((history.summary.*of)(), before != nullptr ? &(before->*of)() : nullptr, table, terminal);
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
