// Passes every text from the server through pageText() once; the template or quoteJson() escapes it where it is
// inserted.
#include "history_page.hpp"

#include "history_page_parts.hpp"
#include "json_text.hpp"
#include "number_text.hpp"
#include "page_sources.hpp"
#include "page_template.hpp"
#include "time_text.hpp"

#include <algorithm>

namespace cli {
namespace {

void appendGroups(std::string& text, const char* name, const RunGroups& groups) {
    text += std::string("],\n\"") + name + "\":[";
    const char* separator = "";
    for (const RunGroup& group : groups.all()) {
        text += separator;
        text += "[" + quoteJson(pageTextOrDash(group.name)) + "," + quoteJson(pageText(group.id)) + "]";
        separator = ",";
    }
}

}  // namespace

void HistoryPage::add(const refold::Execution& run, const HistorySummary::RunIndices& indices) {
    const std::size_t account = accounts_.add({}, run.linkedAccountId, run);
    rows_.push_back({pageText(run.id), run.createdAt, indices, account});
}

std::string HistoryPage::render(const History& history) {
    std::stable_sort(rows_.begin(), rows_.end(), [&history](const Row& a, const Row& b) {
        // Runs without a date come last in either order.
        if (!a.createdAt || !b.createdAt || !history.oldestFirst) return a.createdAt > b.createdAt;
        return a.createdAt < b.createdAt;
    });
    const HistorySummary& summary = history.summary;
    PageValues page;
    page.showIf(history.hasRates(), "withRates");
    fillHead(page, history, accounts_);
    fillFailures(page, summary);
    fillErrors(page, history);
    fillComparison(page, history);
    fillChart(page, history);
    fillRates(page, history, accounts_);

    const std::size_t shown = std::min(rows_.size(), maxRows);
    page.showIf(!rows_.empty(), "hasRuns");
    // A single run needs no shares: the list of failures and the table say all of it.
    page.showIf(rows_.size() > 1, "severalRuns");
    page.showIf(namedAccounts(accounts_) > 1, "severalAccounts");
    const std::string all = counted(static_cast<std::int64_t>(rows_.size()), "run");
    page.set("shownText", shown < rows_.size() ? (history.oldestFirst ? "The oldest " : "The latest ") +
                                                     grouped(static_cast<std::int64_t>(shown)) + " of " + all
                                               : all);
    page.set("order", history.oldestFirst ? "ascending" : "descending");
    page.leaveOut("rows");
    for (std::size_t i = 0; i < shown; ++i) {
        const Row& run = rows_[i];
        const refold::ExecutionStatus& status = summary.statuses()[run.indices.status].status;
        const RunOutcome outcome = runOutcomeOf(status);
        PageValues& row = page.repeat("rows");
        row.set("outcome", std::string(nameOf(outcome))).set("sign", std::string(signOf(outcome, Charset::utf8)));
        row.set("status", pageTextOrDash(status.value()));
        row.set("created", run.createdAt ? secondText(*run.createdAt) : "-");
        row.set("workflow", pageTextOrDash(summary.workflows().all()[run.indices.workflow].name));
        row.set("application", pageTextOrDash(summary.applications().all()[run.indices.application].name));
        row.set("account", pageTextOrDash(accounts_.all()[run.account].name));
        row.set("id", pageTextOrDash(run.id));
    }
    page.setRaw("data", data(history));
    return fillPage(historyPageTemplate(), page);
}

std::string HistoryPage::data(const History& history) const {
    const HistorySummary& summary = history.summary;
    std::string text = std::string("{\"oldestFirst\":") + (history.oldestFirst ? "true" : "false") + ",\"statuses\":[";
    const char* separator = "";
    for (const StatusCount& status : summary.statuses()) {
        const RunOutcome outcome = runOutcomeOf(status.status);
        text += separator;
        text += "[" + quoteJson(pageTextOrDash(status.status.value())) + "," + quoteJson(nameOf(outcome)) + "," +
                quoteJson(signOf(outcome, Charset::utf8)) + "]";
        separator = ",";
    }
    appendGroups(text, "workflows", summary.workflows());
    appendGroups(text, "applications", summary.applications());
    appendGroups(text, "accounts", accounts_);
    text += "],\n\"runs\":[";
    separator = "\n";
    for (const Row& row : rows_) {
        text += separator;
        text += "[" + quoteJson(row.id) + "," + std::to_string(row.indices.status) + ",";
        text += row.createdAt ? std::to_string(row.createdAt->time_since_epoch().count()) : std::string("null");
        text += "," + std::to_string(row.indices.workflow) + "," + std::to_string(row.indices.application) + "," +
                std::to_string(row.account) + "]";
        separator = ",\n";
    }
    return text + "]}";
}

}  // namespace cli
