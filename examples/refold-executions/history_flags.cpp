#include "history_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "history_command.hpp"

#include <chrono>
#include <memory>

namespace cli {
namespace {

constexpr const char* historyExamples = R"(Examples:
  refold-executions history
      what ran in the last seven days: totals, a chart, what fails most, the latest failures
  refold-executions history --start-date 30d --html runs.html
      a page for a browser, that needs no network: charts, and a table to sort and to filter
  refold-executions history --start-date 2026-06-01 --end-date 2026-06-30 --workflow-name "Daily Sync"
      one workflow's June
  refold-executions history --start-date 24h --format json | jq .totals.failureRate
      for a monitor
)";

constexpr const char* historyFooter = R"(Period:
  Without --start-date and --end-date: the last 7 days. With one of them, what it says. All times are UTC.
  Runs outside of it are left out, also where the server sends them.

Dates (D):
  2026-06-16                 a day in UTC: its first moment as --start-date, its last as --end-date
  2026-06-16T13:15:00Z       a date-time, also with a fraction or an offset (+02:00)
  90s 15m 2h 7d 4w, now      that long ago, and now

Failure rate:
  FAILED, ERRORED and TIMED_OUT, as a share of the runs that have ended. Running ones do not count.

Formats:
  table    for people: the default on a terminal
  json     for machines, its shape is stable: the default in a pipe
  --html   writes FILE beside that: whole, or where anything fails, not at all

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

constexpr std::chrono::hours defaultPeriod{7 * 24};

struct HistoryTexts {
    FilterTexts filters;
    WireTexts wire;
    Text format, html;
};

std::optional<HistoryFormat> historyFormatOf(const Text& text) {
    if (!text) return {};
    if (*text == "table") return HistoryFormat::table;
    if (*text == "json") return HistoryFormat::json;
    throw UsageError("--format: '" + *text + "' is not accepted: history takes table or json");
}

std::vector<AppliedFilter> appliedFilters(const FilterTexts& texts) {
    std::vector<AppliedFilter> applied;
    const auto add = [&applied](const char* name, const Text& text) {
        if (text) applied.push_back({name, *text});
    };
    add("status", texts.status);
    add("slug", texts.slug);
    add("workflow id", texts.workflowId);
    add("workflow name", texts.workflowName);
    add("execution id", texts.executionId);
    add("execution type", texts.executionType);
    add("execution source", texts.executionSource);
    return applied;
}

HistoryArguments readHistory(const HistoryTexts& texts, refold::Timestamp now) {
    HistoryArguments arguments;
    arguments.filters = readFilters(texts.filters, now);
    arguments.applied = appliedFilters(texts.filters);
    arguments.client = readWire(texts.wire);
    if (texts.wire.prefetch) {
        arguments.prefetch = static_cast<int>(parseInteger("--prefetch", *texts.wire.prefetch, 0, 64));
    }
    arguments.now = now;
    arguments.format = historyFormatOf(texts.format);
    arguments.html = textOf("--html", texts.html);

    Filters& filters = arguments.filters;
    arguments.isDefaultPeriod = !filters.startDate && !filters.endDate;
    if (filters.startDate) filters.query.startDate = filters.startDate->time;
    if (filters.endDate) filters.query.endDate = filters.endDate->time;
    if (arguments.isDefaultPeriod) filters.query.startDate = now - defaultPeriod;
    return arguments;
}

}  // namespace

Command describeHistory(CLI::App& program) {
    const auto texts = std::make_shared<HistoryTexts>();
    CLI::App* const history =
        program.add_subcommand("history", "Show what became of the runs of a period: totals, a chart, failures");
    addFilters(*history, texts->filters);
    addText(*history, "--format", texts->format, "F", "table or json", "Output");
    addText(*history, "--html", texts->html, "FILE", "write a page with charts and all runs to FILE", "Output");
    addWire(*history, texts->wire);
    addInformation(*history);
    history->footer(historyFooter);
    const auto read = [texts](refold::Timestamp now) -> Run {
        return [arguments = readHistory(*texts, now)](Console& console, const Interruption& interruption) {
            runHistory(arguments, console, interruption);
            return ExitCode::done;
        };
    };
    return {history, historyExamples, read};
}

}  // namespace cli
