#include "errors_flags.hpp"

#include "errors_command.hpp"
#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "status_names.hpp"

#include <chrono>
#include <memory>

namespace cli {
namespace {

constexpr const char* errorsExamples = R"(Examples:
  refold-executions errors --since 2h
      why runs failed in the last two hours, and for which accounts
  refold-executions errors --since today -w "Daily Sync"
      why one workflow failed today
  refold-executions errors --since 7d --format json | jq '.[0].message'
      the most frequent error of the week
  refold-executions errors --running
      nodes that have failed in runs that are still running
)";

constexpr const char* errorsFooter = R"(Groups:
  Runs that failed at the same node with the same message are one group, even if
  numbers, ids, dates or e-mail addresses in the messages differ; HTTP status
  codes must be equal. A group has its count, workflows, accounts, first and
  last run.
  With --running, or a --status that is no failure: the runs with this status in
  which a node has failed.
  Without --since and --until: the last 7 days. Sends a request for each run,
  within the rate limit.

Formats:
  table    for people: the default on a terminal
  ndjson   a group on a line: the default in a pipe
  json     an array of groups
  {"runs","node","message","workflows","accounts","statuses","first","last"}

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

constexpr std::chrono::hours defaultPeriod{7 * 24};

struct ErrorsTexts {
    FilterTexts filters;
    ConnectionTexts connection;
    Text max, format;
};

ErrorsArguments readErrors(const ErrorsTexts& texts, refold::Timestamp now) {
    ErrorsArguments arguments;
    arguments.filters = readFilters(texts.filters, now);
    Filters& filters = arguments.filters;
    if (filters.statuses.empty()) {
        for (const refold::ExecutionStatus& status : failureStatuses()) addStatus(status, filters);
    }
    if (!filters.since && !filters.until) filters.since = ResolvedDate{"7d", now - defaultPeriod};
    arguments.client = readConnection(texts.connection);
    arguments.prefetch = readPrefetch(texts.connection);
    if (const auto max = countOf("--max", texts.max)) arguments.max = *max;
    arguments.format = formatOf(texts.format, {Format::table, Format::ndjson, Format::json});
    return arguments;
}

}  // namespace

Command describeErrors(CLI::App& program) {
    const auto texts = std::make_shared<ErrorsTexts>();
    CLI::App* const errors = program.add_subcommand("errors", "Group failed runs by node and error message");
    addText(*errors, "-L,--max", texts->max, "N", "read the latest N runs (default: 500)", "Selection");
    addFilters(*errors, texts->filters);
    addText(*errors, "--format", texts->format, "F", "table, ndjson or json", "Output");
    addConnection(*errors, texts->connection, true);
    errors->footer(errorsFooter);
    const auto read = [texts](refold::Timestamp now) -> Run {
        const ErrorsArguments arguments = readErrors(*texts, now);
        return prepared(texts->connection, arguments.filters.warnings,
                        [arguments](Console& console, const Interruption& interruption) {
                            runErrors(arguments, console, interruption);
                            return ExitCode::done;
                        });
    };
    return {errors, errorsExamples, read};
}

}  // namespace cli
