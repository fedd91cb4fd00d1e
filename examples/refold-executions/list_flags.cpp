#include "list_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "list_command.hpp"

#include <memory>

namespace cli {
namespace {

constexpr const char* listExamples = R"(Examples:
  refold-executions list --status COMPLETED --limit 10
      one page of ten runs that completed
  refold-executions list --all --start-date 24h --format ndjson | jq -r ._id
      the ids of every run of the last day
  refold-executions list --all --workflow-name "Daily Sync" --format csv > runs.csv
      a spreadsheet of one workflow's runs
  refold-executions list --all --prefetch 8 --checkpoint runs.checkpoint >> runs.ndjson
      an export that goes on where it stopped when the same command is given again
)";

constexpr const char* listFooter = R"(Dates (D):
  2026-06-16                 a day in UTC: its first moment as --start-date, its last as --end-date
  2026-06-16T13:15:00Z       a date-time, also with a fraction or an offset (+02:00)
  90s 15m 2h 7d 4w, now      that long ago, and now

Formats:
  table    for people: the default on a terminal
  ndjson   each run's JSON on a line, as the server sent it: the default in a pipe
  json     with --all an array of runs, else the page with its numbers; runs as the server sent them
  csv      RFC 4180. Cells that a spreadsheet would take for a formula (= + - @ in front) get an
           apostrophe in front; ndjson and json keep every text to the letter
  Only data goes to stdout. The table's totals, progress, errors, and with --all a warning where
  runs may be missing, go to stderr.

Checkpoint:
  FILE is replaced after each page, once its runs have been handed to the system, and removed when
  the export is done; --max counts over all attempts. Where stdout is a file (>>), a killed export's
  last, unrecorded lines are cut off when it is resumed, so that none is missing and none is there
  twice. A pipe cannot be cut: after a kill (not after Ctrl-C) its reader may get the last page again.

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

struct ListTexts {
    FilterTexts filters;
    WireTexts wire;
    Text page, max, format, checkpoint;
    bool all = false;
};

void addListFlags(CLI::App& list, ListTexts& texts) {
    const char* const group = "Which and how many";
    addText(list, "--page", texts.page, "N", "the page to print (default: 1)", group);
    list.add_flag("--all", texts.all, "every page")->group(group);
    addText(list, "--max", texts.max, "N", "end after N runs", group);
    addFilters(list, texts.filters);
    addText(list, "--format", texts.format, "F", "table, ndjson, json or csv", "Output");
    addText(list, "--checkpoint", texts.checkpoint, "FILE", "with --all: record progress in FILE, and resume from it",
            "Output");
    addWire(list, texts.wire);
    addInformation(list);
    list.footer(listFooter);
}

ListArguments readList(const ListTexts& texts, refold::Timestamp now) {
    ListArguments arguments;
    arguments.filters = readFilters(texts.filters, now);
    arguments.client = readWire(texts.wire);
    arguments.filters.query.page = countOf("--page", texts.page);
    arguments.all = texts.all;
    arguments.max = countOf("--max", texts.max);
    if (texts.wire.prefetch) {
        arguments.prefetch = static_cast<int>(parseInteger("--prefetch", *texts.wire.prefetch, 0, 64));
    }
    arguments.format = formatOf(texts.format);
    arguments.checkpoint = textOf("--checkpoint", texts.checkpoint);

    if (arguments.all && texts.page) {
        throw UsageError("--page and --all exclude each other: --page prints one page, --all every page");
    }
    if (arguments.checkpoint && !arguments.all) {
        throw UsageError("--checkpoint goes with --all: a single page has nothing to resume");
    }
    return arguments;
}

}  // namespace

Command describeList(CLI::App& program) {
    const auto texts = std::make_shared<ListTexts>();
    CLI::App* const list = program.add_subcommand("list", "List runs: one page, or with --all every one that matches");
    addListFlags(*list, *texts);
    const auto read = [texts](refold::Timestamp now) -> Run {
        return [arguments = readList(*texts, now)](Console& console, const Interruption& interruption) {
            runList(arguments, console, interruption);
            return ExitCode::done;
        };
    };
    return {list, listExamples, read};
}

}  // namespace cli
