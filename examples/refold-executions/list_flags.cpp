#include "list_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "list_command.hpp"

#include <memory>

namespace cli {
namespace {

constexpr const char* listExamples = R"(Examples:
  refold-executions list --failed --since 24h
      one page of the runs that failed in the last day
  refold-executions list -L 50 --columns age,status,workflow,error,duration,id
      the latest fifty runs, with the error of those that failed
  refold-executions list --all --since 24h | jq -r ._id
      the ids of every run of the last day
  refold-executions list --all -w "Daily Sync" --format csv > runs.csv
      a spreadsheet of one workflow's runs
  refold-executions list --all --checkpoint state >> runs.ndjson
      an export that resumes when the same command is given again
)";

constexpr const char* listFooter = R"(Dates (D), in UTC:
  2026-06-16, today, yesterday  a day: start for --since, end for --until
  2026-06-16T13:15:00Z          a time, also with a fraction, an offset (+02:00)
                                or neither: '2026-06-16 13:15'
  90s, 15m, 1h30m, 7d, 4w       this long ago
  now                           this moment

Formats:
  table    for people: the default on a terminal, and with --columns
  ndjson   each run's JSON on a line, as the server sent it: the default in a
           pipe
  json     an array of runs with --all or --max, otherwise the API's page;
           runs as the server sent them
  csv      RFC 4180. A cell that a spreadsheet would run as a formula (it begins
           with = + - @) gets an apostrophe in front; ndjson and json keep
           every text unchanged
  Only data goes to stdout. The table's totals, progress, errors, and a warning
  if runs may be missing go to stderr.

Columns (C):
  status, age, created, ended, duration, workflow, workflow-id, app, app-id,
  account, type, event, env, name, config, org, node, error, id
  error and node send a request for each failed run.
  On a terminal, default columns that do not fit are left out; columns given by
  --columns are always shown.

Checkpoint:
  FILE is updated after each page whose runs have been written, and removed at
  the end. --max counts the runs of all attempts. If stdout is a file (>>), a
  resumed export first removes the lines after the last update, so no run is
  missing or repeated. In a pipe, the last page may be repeated after a kill
  (not after Ctrl-C). An empty FILE starts a new export.

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

struct ListTexts {
    FilterTexts filters;
    ConnectionTexts connection;
    Text page, max, format, columns, checkpoint;
    bool all = false;
    bool byteOrderMark = false;
};

void addListFlags(CLI::App& list, ListTexts& texts) {
    const char* const group = "Pages";
    addText(list, "--page", texts.page, "N", "the page to print, or to begin with if --max is given (default: 1)",
            group);
    list.add_flag("--all", texts.all, "print every page")->group(group);
    addText(list, "-L,--max", texts.max, "N", "at most N runs, from as many pages as needed", group);
    FilterUse use;
    use.order = "oldest first (the server's default: newest first)";
    addFilters(list, texts.filters, use);
    const char* const output = "Output";
    addText(list, "--format", texts.format, "F", "table, ndjson, json or csv", output);
    addText(list, "--columns", texts.columns, "C,...", "columns of a table or CSV; see below", output);
    list.add_flag("--csv-bom", texts.byteOrderMark, "begin CSV with a byte order mark, for Excel")->group(output);
    addText(list, "--checkpoint", texts.checkpoint, "FILE",
            "with --all or --max: record progress in FILE, and resume from it", output);
    addConnection(list, texts.connection, true);
    list.footer(listFooter);
}

void readOutput(const ListTexts& texts, ListArguments& arguments) {
    arguments.format = formatOf(texts.format, {Format::table, Format::ndjson, Format::json, Format::csv});
    if (texts.columns) {
        arguments.writer.columns = parseColumns("--columns", *texts.columns);
        if (!arguments.format) arguments.format = Format::table;
        if (*arguments.format != Format::table && *arguments.format != Format::csv) {
            throw UsageError(
                "--columns applies to --format table and csv only; ndjson and json hold each run as the server sent "
                "it");
        }
    }
    arguments.writer.byteOrderMark = texts.byteOrderMark;
    if (texts.byteOrderMark && arguments.format != Format::csv)
        throw UsageError("--csv-bom applies to --format csv only");
}

ListArguments readList(const ListTexts& texts, refold::Timestamp now) {
    ListArguments arguments;
    arguments.filters = readFilters(texts.filters, now);
    arguments.client = readConnection(texts.connection);
    arguments.filters.query.page = countOf("--page", texts.page);
    arguments.max = countOf("--max", texts.max);
    arguments.all = texts.all || arguments.max;
    // The page size must not depend on the number of runs to print.
    if (texts.page && arguments.max && !texts.filters.limit) arguments.filters.query.limit = defaultPageSize;
    arguments.prefetch = readPrefetch(texts.connection);
    readOutput(texts, arguments);
    arguments.checkpoint = textOf("--checkpoint", texts.checkpoint);

    if (texts.all && texts.page) {
        throw UsageError("give either --page or --all, not both: --page prints one page, --all every page");
    }
    if (!arguments.all) {
        const char* const rule = " needs --all or --max: a single page has nothing ";
        if (arguments.checkpoint) throw UsageError(std::string("--checkpoint") + rule + "to resume");
        if (texts.connection.prefetch) throw UsageError(std::string("--prefetch") + rule + "to read ahead");
    }
    return arguments;
}

}  // namespace

Command describeList(CLI::App& program) {
    const auto texts = std::make_shared<ListTexts>();
    CLI::App* const list = program.add_subcommand("list", "List runs: one page, some, or all that match");
    addListFlags(*list, *texts);
    const auto read = [texts](refold::Timestamp now) -> Run {
        const ListArguments arguments = readList(*texts, now);
        return prepared(texts->connection, arguments.filters.warnings,
                        [arguments](Console& console, const Interruption& interruption) {
                            runList(arguments, console, interruption);
                            return ExitCode::done;
                        });
    };
    return {list, listExamples, read};
}

}  // namespace cli
