#include "history_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "history_command.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace cli {
namespace {

constexpr const char* historyExamples = R"(Examples:
  refold-executions history
      the last seven days: totals, a chart, what fails most, the latest failures
  refold-executions history --since today --compare previous --why
      compares today with yesterday up to this hour, and shows the errors
  refold-executions history --since 30d --html runs.html
      a page for a browser that needs no network, with charts and a table to
      sort and filter
  refold-executions history --since 24h --format json | jq .totals.failureRate
      the failure rate, for a monitor
)";

constexpr const char* historyFooter = R"(Period, in UTC:
  Without --since and --until: the last 7 days. Runs outside the period are left
  out, even if the server sends them.
  --compare previous: the period of the same length before. A period that begins
  at midnight is moved back by whole days: --since today is compared with
  yesterday up to this time of day. The service keeps runs for 30 days: what is
  compared with older ones lacks those that are gone, and the report says so.

Dates (D):
  2026-06-16                 a day: its start for --since, its end for --until;
                             also today and yesterday
  2026-06-16T13:15:00Z       a date-time, also with a fraction or an offset
                             (+02:00), or without: '2026-06-16 13:15'
  90s 15m 1h30m 7d 4w, now   this long ago, and now

Failure rate:
  ERRORED, FAILED and TIMED_OUT, as a share of the runs that have ended. With
  --failed, --running or --status there is no rate, only counts.

Durations:
  From creation to completion, for runs with both times: the median, the 95th
  percentile (nineteen of twenty took no longer), and the slowest.

Formats:
  table    for people: the default on a terminal
  json     for machines, in a stable format: the default in a pipe
  --html   also writes FILE, atomically; - writes only the page, to stdout

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

constexpr std::chrono::hours defaultHistory{7 * 24};

struct HistoryTexts {
    FilterTexts filters;
    ConnectionTexts connection;
    Text format, html, compare;
    std::vector<std::string> groupBy;
    bool why = false;
};

std::optional<HistoryFormat> historyFormatOf(const Text& text) {
    if (!text) return {};
    if (*text == "table") return HistoryFormat::table;
    if (*text == "json") return HistoryFormat::json;
    throw UsageError("--format: '" + *text + "' is not accepted: history takes table or json");
}

std::vector<HistoryGrouping> groupingsOf(const std::vector<std::string>& words) {
    constexpr std::pair<const char*, HistoryGrouping> names[] = {{"workflow", HistoryGrouping::workflow},
                                                                 {"application", HistoryGrouping::application},
                                                                 {"account", HistoryGrouping::account},
                                                                 {"environment", HistoryGrouping::environment},
                                                                 {"error", HistoryGrouping::error}};
    std::vector<HistoryGrouping> groupings;
    for (const std::string& word : words) {
        const auto* const found = std::find_if(std::begin(names), std::end(names),
                                               [&word](const auto& known) { return word == known.first; });
        if (found == std::end(names)) {
            throw UsageError("--group-by: '" + word +
                             "' is not accepted: it takes workflow, application, account, error or environment");
        }
        if (std::find(groupings.begin(), groupings.end(), found->second) == groupings.end()) {
            groupings.push_back(found->second);
        }
    }
    return groupings;
}

HistoryArguments readHistory(const HistoryTexts& texts, refold::Timestamp now) {
    HistoryArguments arguments;
    arguments.filters = readFilters(texts.filters, now);
    arguments.client = readConnection(texts.connection);
    arguments.prefetch = readPrefetch(texts.connection);
    arguments.now = now;
    arguments.format = historyFormatOf(texts.format);
    arguments.html = textOf("--html", texts.html);
    arguments.groupings = groupingsOf(texts.groupBy);
    const bool byError = std::find(arguments.groupings.begin(), arguments.groupings.end(), HistoryGrouping::error) !=
                         arguments.groupings.end();
    arguments.why = texts.why || byError;
    if (texts.compare && *texts.compare != "previous") {
        throw UsageError("--compare: '" + *texts.compare + "' is not accepted: it takes previous");
    }
    arguments.compare = texts.compare.has_value();
    if (arguments.html == "-" && texts.format) {
        throw UsageError("--html - and --format exclude each other: both write to stdout");
    }

    Filters& filters = arguments.filters;
    arguments.isDefaultPeriod = !filters.since && !filters.until;
    if (arguments.isDefaultPeriod) filters.since = ResolvedDate{"7d", now - defaultHistory};
    if (arguments.compare && !filters.since) {
        throw UsageError("--compare previous needs --since: without it the period has no beginning");
    }
    return arguments;
}

}  // namespace

Command describeHistory(CLI::App& program) {
    const auto texts = std::make_shared<HistoryTexts>();
    CLI::App* const history =
        program.add_subcommand("history", "Summarise the runs of a period: totals, a chart, failures");
    FilterUse use;
    use.order = "failures, and the runs of the page, oldest first";
    addFilters(*history, texts->filters, use);
    const char* const show = "Content";
    addText(*history, "--compare", texts->compare, "previous", "the period before as well, side by side", show);
    history
        ->add_option("--group-by", texts->groupBy,
                     "workflow, application, account, error or environment (default: workflow,application); several by "
                     "commas, or by giving the flag again")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->option_text("G,...")
        ->group(show);
    history->add_flag("--why", texts->why, "the most frequent errors; sends a request for each failed run")
        ->group(show);
    addText(*history, "--format", texts->format, "F", "table or json", "Output");
    addText(*history, "--html", texts->html, "FILE", "write a page with charts and all runs to FILE; - is stdout",
            "Output");
    addConnection(*history, texts->connection, true);
    history->footer(historyFooter);
    const auto read = [texts](refold::Timestamp now) -> Run {
        const HistoryArguments arguments = readHistory(*texts, now);
        return prepared(texts->connection, arguments.filters.warnings,
                        [arguments](Console& console, const Interruption& interruption) {
                            runHistory(arguments, console, interruption);
                            return ExitCode::done;
                        });
    };
    return {history, historyExamples, read};
}

}  // namespace cli
