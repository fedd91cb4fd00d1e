// Fills the head and the foot of the page. Empty histories, histories of one run and histories in which every run
// failed have their own wording.
#include "history_page_parts.hpp"

#include "number_text.hpp"
#include "shell_text.hpp"
#include "time_text.hpp"

#include <refold/version.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <vector>

namespace cli {
namespace {

constexpr std::size_t maxFailures = 5;
constexpr std::size_t maxStatusNames = 6;

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

/// The one outcome of a history of one run.
std::string_view onlyOutcome(const OutcomeCounts& totals) {
    for (const RunOutcome outcome : runOutcomes) {
        if (totals.of(outcome) > 0) return nameOf(outcome);
    }
    return "";
}

/// The part of the headline after the number of runs: `, 4.9% failed`.
std::string headlineRate(const History& history) {
    const HistorySummary& summary = history.summary;
    const OutcomeCounts& totals = summary.totals();
    if (totals.total() == 0 || !history.hasRates()) return "";
    if (totals.total() == 1) {
        const RunOutcome other = RunOutcome::other;
        if (totals.of(other) == 1) return ", " + pageTextOrDash(summary.statuses().front().status.value());
        return ", " + std::string(onlyOutcome(totals));
    }
    if (totals.ended() == 0) return ", none has ended";
    if (totals.failed() == 0) return ", none failed";
    if (totals.failed() == totals.total()) return ", all failed";
    if (totals.failed() == totals.ended()) return ", all finished runs failed";
    return ", " + percentText(totals.failureRate()) + " failed";
}

std::string explanation(const History& history) {
    const OutcomeCounts& totals = history.summary.totals();
    if (totals.total() == 0) return "";
    if (!history.hasRates()) return "Other statuses were not read, so there is no failure rate.";
    if (totals.total() == 1) return "It is the only run of this period.";
    if (totals.ended() == 0) return "There is no failure rate before a run has ended.";
    if (totals.failed() == totals.ended()) {
        return totals.ended() == totals.total()
                   ? "None of them succeeded."
                   : "None of the " + counted(totals.ended(), "finished run") + " succeeded.";
    }
    if (totals.failed() == 0)
        return totals.ended() == totals.total()
                   ? ""
                   : counted(totals.ended(), "run") + (totals.ended() == 1 ? " has" : " have") + " ended.";
    return "The rate covers the " + counted(totals.ended(), "finished run") + ".";
}

/// The statuses of an outcome, with their numbers where they are several.
std::string statusesText(const HistorySummary& summary, RunOutcome outcome) {
    const std::vector<StatusCount> counts = summary.statusesOf(outcome);
    // A single status with the outcome's own name is not repeated.
    if (counts.size() == 1 && titled(nameOf(outcome)) == withSmallLetters(counts.front().status.value())) return "";
    std::string text;
    for (std::size_t i = 0; i < std::min(counts.size(), maxStatusNames); ++i) {
        text += (i == 0 ? "" : ", ") + (counts[i].status.empty() ? "no status" : pageText(counts[i].status.value()));
        if (counts.size() > 1) text += " " + grouped(counts[i].runs);
    }
    return text + (counts.size() > maxStatusNames ? ", \u2026" : "");
}

/// Returns a command that makes the page again, with absolute dates.
std::string commandText(const History& history) {
    std::string text = "refold-executions history";
    if (history.from) text += " --start-date " + refold::formatTimestamp(*history.from);
    text += " --end-date " + refold::formatTimestamp(history.to);
    for (const refold::ExecutionStatus& status : history.statuses)
        text += shellFlag("status", pageText(status.value()));
    for (const AppliedFilter& filter : history.filters) {
        if (filter.name != "status") text += shellFlag(filter.name, pageText(filter.value));
    }
    if (history.oldestFirst) text += " --sort-asc";
    if (history.previous) text += " --compare previous";
    if (history.errors) text += " --why";
    return text + " --html FILE";
}

}  // namespace

std::string pageTextOrDash(const std::string& text) {
    return text.empty() ? "-" : pageText(text);
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

std::size_t namedAccounts(const RunGroups& accounts) {
    return static_cast<std::size_t>(std::count_if(accounts.all().begin(), accounts.all().end(),
                                                  [](const RunGroup& account) { return !account.name.empty(); }));
}

void fillTime(PageValues& page, const std::string& section, refold::Timestamp time, const std::string& text) {
    page.leaveOut(section).repeat(section).set("iso", refold::formatTimestamp(time)).set("text", text);
}

void fillHead(PageValues& page, const History& history, const RunGroups& accounts) {
    const HistorySummary& summary = history.summary;
    const OutcomeCounts& totals = summary.totals();
    const std::string noun = history.measure() == Measure::failedRuns ? "failed run" : "run";
    page.set("headline", totals.total() == 0 ? "No " + noun + "s" : counted(totals.total(), noun));
    page.set("headlineRate", headlineRate(history)).set("explanation", explanation(history));
    page.set("tone", totals.failed() > 0 ? "bad" : "quiet");
    page.set("period", periodText(history)).set("version", refold::version());
    page.leaveOut("periodStart");
    if (history.from) fillTime(page, "periodStart", *history.from, minuteText(*history.from));
    page.showIf(!history.from, "openPeriod");
    fillTime(page, "periodEnd", history.to, minuteText(history.to));
    page.showIf(history.isDefaultPeriod, "defaultPeriod");
    page.leaveOut("filters");
    for (const AppliedFilter& filter : history.filters) {
        page.repeat("filters").set("name", filter.name).set("value", pageText(filter.value));
    }
    PageValues& empty = page.showIf(totals.total() == 0, "noRuns");
    empty.showIf(!history.filters.empty(), "filtered");

    page.leaveOut("outcomes").leaveOut("severalOutcomes");
    for (const RunOutcome outcome : runOutcomes) {
        const std::int64_t runs = totals.of(outcome);
        if (runs == 0) continue;
        if (runs < totals.total()) page.leaveOut("severalOutcomes").repeat("severalOutcomes");
        PageValues& tile = page.repeat("outcomes");
        tile.set("outcome", std::string(nameOf(outcome))).set("outcomeTitle", titled(nameOf(outcome)));
        tile.set("sign", std::string(signOf(outcome, Charset::utf8))).set("count", grouped(runs));
        const bool hasShare = history.hasRates() && outcome != RunOutcome::running && runs < totals.total();
        tile.set("share", hasShare ? percentText(totals.shareOf(outcome)) : "");
        tile.set("statuses", statusesText(summary, outcome));
    }

    page.set("readIso", refold::formatTimestamp(history.readAt)).set("readAt", secondText(history.readAt));
    const auto named = std::find_if(accounts.all().begin(), accounts.all().end(),
                                    [](const RunGroup& account) { return !account.name.empty(); });
    page.set("account", namedAccounts(accounts) == 1 ? " for the account " + pageText(named->name) : "");
    page.set("completeness", history.verified ? "The listing was checked: no run is missing."
                                              : "The server's pages do not show whether runs are missing.");
    page.set("command", commandText(history));
}

void fillFailures(PageValues& page, const HistorySummary& summary) {
    const std::vector<FailedRun>& failures = summary.latestFailures();
    PageValues& section = page.showIf(!failures.empty(), "failures");
    if (failures.empty()) return;
    const std::size_t shown = std::min(failures.size(), maxFailures);
    const std::int64_t failed = summary.totals().failed();
    section.set("title", failed == 1 ? "The failed run" : "Latest failures");
    for (std::size_t i = 0; i < shown; ++i) {
        const FailedRun& run = failures[i];
        PageValues& row = section.repeat("failedRuns");
        row.set("sign", std::string(signOf(RunOutcome::failed, Charset::utf8)))
            .set("status", pageTextOrDash(run.status.value()));
        row.set("iso", run.createdAt ? refold::formatTimestamp(*run.createdAt) : "");
        row.set("created", run.createdAt ? secondText(*run.createdAt) : "-");
        row.set("workflow", pageTextOrDash(run.workflowName)).set("application", pageTextOrDash(run.applicationName));
        row.set("account", pageTextOrDash(run.account));
        row.set("id", pageTextOrDash(run.id));
    }
    const bool isCut = failed > static_cast<std::int64_t>(shown);
    section.showIf(isCut, "moreFailures")
        .set("text",
             "The latest " + grouped(static_cast<std::int64_t>(shown)) + " of " + grouped(failed) + " failed runs.");
}

}  // namespace cli
