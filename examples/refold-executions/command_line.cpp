// CLI11 finds the flags; their values come as texts and are read by flag_values.hpp, whose messages say more. Each command
// adds its flags by a function here, the shared groups (filters, wire) by one function each.
#include "command_line.hpp"

#include "exit_code.hpp"
#include "flag_values.hpp"

#include <refold/version.hpp>

#include <CLI/CLI.hpp>

#include <unistd.h>
#include <cerrno>
#include <limits>
#include <map>
#include <memory>
#include <system_error>

namespace cli {
namespace {

constexpr const char* programName = "refold-executions";
constexpr std::int64_t noLargest = std::numeric_limits<std::int64_t>::max();

constexpr const char* programExamples = R"(Examples:
  refold-executions list                                  the latest page, as a table on a terminal
  refold-executions list --status FAILED --start-date 7d  what failed in the last seven days
  refold-executions list --all --format csv > runs.csv    every run, for a spreadsheet
  refold-executions list --help                           all flags of a command
)";

constexpr const char* programFooter = R"(Credentials come from the environment, never from a flag:
  REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN
  REFOLD_BASE_URL names another server; --base-url comes before it

Exit codes:
  0 done                          5 no answer: name, connection, TLS, time limit
  1 unexpected                    6 rate limit or server error, in spite of retries
  2 wrong usage                   7 an answer that could not be understood
  3 credentials refused           130 interrupted
  4 request refused otherwise
)";

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
  Only data goes to stdout. The table's totals, progress and errors go to stderr.

Checkpoint:
  FILE is replaced after each page, once its runs have been handed to the system, and removed when
  the export is done; --max counts over all attempts. Where stdout is a file (>>), a killed export's
  last, unrecorded lines are cut off when it is resumed, so that none is missing and none is there
  twice. A pipe cannot be cut: after a kill (not after Ctrl-C) its reader may get the last page again.

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

std::string versionText() {
    return std::string(programName) + " " + refold::version();
}

/// Help with the examples first: who asks for help wants to see the command at work.
class ExamplesFirst final : public CLI::Formatter {
  public:
    explicit ExamplesFirst(std::map<const CLI::App*, std::string> examples) : examples_(std::move(examples)) {
        column_width(26);
    }

    std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode mode) const override {
        const bool isProgram = app->get_parent() == nullptr;
        std::string usage = std::string("Usage: ") + programName + " ";
        usage += isProgram ? "COMMAND [FLAGS]" : app->get_name() + " [FLAGS]";
        const auto examples = examples_.find(app);
        // CLI11 parts groups by two empty lines.
        const std::string groups = CLI::detail::find_and_replace(make_groups(app, mode), "\n\n\n", "\n\n");
        return app->get_description() + "\n\n" + (examples != examples_.end() ? examples->second + "\n" : "") + usage +
               "\n" + groups + make_subcommands(app, mode) + "\n" + app->get_footer();
    }

  private:
    std::map<const CLI::App*, std::string> examples_;
};

/// A flag with a value, as text.
using Text = std::optional<std::string>;

struct FilterTexts {
    Text limit, status, slug, workflowId, workflowName, executionId, startDate, endDate, executionType, executionSource;
    bool sortAsc = false;
};

struct WireTexts {
    Text baseUrl, timeout, retries, prefetch, rate, caFile, proxy;
    bool allowPlainHttp = false;
};

struct ListTexts {
    FilterTexts filters;
    WireTexts wire;
    Text page, max, format, checkpoint;
    bool all = false;
};

void addText(CLI::App& app, const char* name, Text& target, const char* value, const char* description,
             const char* group) {
    // Not by CLI11's own optional, which takes an empty text for no value.
    const auto assign = [&target](const std::string& text) { target = text; };
    app.add_option_function<std::string>(name, assign, description)->option_text(value)->group(group);
}

void addFilters(CLI::App& app, FilterTexts& texts) {
    const char* const group = "Filters";
    addText(app, "--limit", texts.limit, "N", "runs per page (the server's default: 10; with --all: 100)", group);
    addText(app, "--status", texts.status, "S", "COMPLETED, RUNNING, FAILED, ERRORED, STOPPED, ...", group);
    addText(app, "--slug", texts.slug, "S", "an application's slug", group);
    addText(app, "--workflow-id", texts.workflowId, "S", "a workflow's id", group);
    addText(app, "--workflow-name", texts.workflowName, "S", "a workflow's name, on some servers a part of it", group);
    addText(app, "--execution-id", texts.executionId, "S", "one run's id", group);
    addText(app, "--start-date", texts.startDate, "D", "created at D or later", group);
    addText(app, "--end-date", texts.endDate, "D", "created at D or earlier; a bare date means all of that day", group);
    addText(app, "--execution-type", texts.executionType, "S", "SYNC or ASYNC", group);
    addText(app, "--execution-source", texts.executionSource, "S", "API_CALL, SCHEDULE, Event, ...", group);
    app.add_flag("--sort-asc", texts.sortAsc, "oldest first (the server's default: newest first)")->group(group);
}

void addWire(CLI::App& app, WireTexts& texts) {
    const char* const group = "Wire";
    addText(app, "--base-url", texts.baseUrl, "URL", "where the API is (default: https://app.refold.ai)", group);
    addText(app, "--timeout", texts.timeout, "S", "seconds for a call with its retries (default: 60)", group);
    addText(app, "--retries", texts.retries, "N", "tries of a request after the first (default: 3)", group);
    addText(app, "--prefetch", texts.prefetch, "N", "with --all: pages in flight ahead, 0 to 64 (default: 1)", group);
    addText(app, "--rate", texts.rate, "N|off", "requests per second at most (default: 20)", group);
    addText(app, "--ca-file", texts.caFile, "FILE", "trust these certificate authorities (PEM), not the system's",
            group);
    addText(app, "--proxy", texts.proxy, "URL", "go through this proxy", group);
    app.add_flag("--allow-plain-http", texts.allowPlainHttp, "send credentials over http to another machine")
        ->group(group);
}

CLI::App* addList(CLI::App& program, ListTexts& texts) {
    CLI::App* const list = program.add_subcommand("list", "List runs: one page, or with --all every one that matches");
    const char* const group = "Which and how many";
    addText(*list, "--page", texts.page, "N", "the page to print (default: 1)", group);
    list->add_flag("--all", texts.all, "every page")->group(group);
    addText(*list, "--max", texts.max, "N", "end after N runs", group);
    addFilters(*list, texts.filters);
    addText(*list, "--format", texts.format, "F", "table, ndjson, json or csv", "Output");
    addText(*list, "--checkpoint", texts.checkpoint, "FILE", "with --all: record progress in FILE, and resume from it",
            "Output");
    addWire(*list, texts.wire);
    list->set_help_flag("-h,--help", "print this help");
    list->set_version_flag("--version", versionText(), "print the version");
    list->footer(listFooter);
    return list;
}

/// CLI11's messages, where they could say more.
std::string explain(const CLI::ParseError& error, int argc, const char* const* argv) {
    std::string message = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        message = message.substr(0, message.find(':')) + ": it takes exactly one value";
    } else if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        message = argc > 1 ? "'" + std::string(argv[1]) + "' is not a command; there is: list"
                           : std::string("a command is missing; there is: list");
    }
    return message + " (--help shows what is accepted)";
}

std::optional<std::string> textOf(const char* flag, const Text& text) {
    if (!text) return {};
    return parseText(flag, *text);
}

std::optional<std::int64_t> countOf(const char* flag, const Text& text) {
    if (!text) return {};
    return parseInteger(flag, *text, 1, noLargest);
}

std::optional<ResolvedDate> dateOf(const char* flag, const Text& text, DateBound bound, refold::Timestamp now) {
    if (!text) return {};
    return ResolvedDate{*text, parseDate(flag, *text, bound, now)};
}

Filters readFilters(const FilterTexts& texts, refold::Timestamp now) {
    Filters filters;
    refold::ExecutionQuery& query = filters.query;
    query.limit = countOf("--limit", texts.limit);
    if (const auto text = textOf("--status", texts.status)) query.status = *text;
    query.slug = textOf("--slug", texts.slug);
    query.workflowId = textOf("--workflow-id", texts.workflowId);
    query.workflowName = textOf("--workflow-name", texts.workflowName);
    query.executionId = textOf("--execution-id", texts.executionId);
    if (const auto text = textOf("--execution-type", texts.executionType)) query.executionType = *text;
    if (const auto text = textOf("--execution-source", texts.executionSource)) query.executionSource = *text;
    if (texts.sortAsc) query.sortAsc = true;

    filters.startDate = dateOf("--start-date", texts.startDate, DateBound::start, now);
    filters.endDate = dateOf("--end-date", texts.endDate, DateBound::end, now);
    if (filters.startDate && filters.endDate && filters.startDate->time > filters.endDate->time) {
        throw UsageError("--start-date: '" + filters.startDate->text + "' (" +
                         refold::formatTimestamp(filters.startDate->time) + ") lies after --end-date '" +
                         filters.endDate->text + "' (" + refold::formatTimestamp(filters.endDate->time) + ")");
    }
    return filters;
}

refold::ClientOptions readWire(const WireTexts& texts) {
    refold::ClientOptions options;
    if (const auto url = textOf("--base-url", texts.baseUrl)) {
        // Client::fromEnvironment takes the default for "not set" and would prefer REFOLD_BASE_URL to it; a flag rules.
        options.baseUrl = *url == options.baseUrl ? *url + "/" : *url;
    }
    if (texts.timeout) options.timeout = parseSeconds("--timeout", *texts.timeout);
    if (texts.retries) {
        options.retry.maxAttempts = static_cast<int>(parseInteger("--retries", *texts.retries, 0, 1000)) + 1;
        options.retry.quota = std::max(options.retry.quota, options.retry.maxAttempts);
    }
    if (texts.rate) options.rateLimit = parseRate("--rate", *texts.rate);
    if (const auto file = textOf("--ca-file", texts.caFile)) {
        if (::access(file->c_str(), R_OK) != 0) {
            throw UsageError("--ca-file: '" + *file + "' cannot be read: " + std::generic_category().message(errno));
        }
        options.caFile = *file;
    }
    options.proxy = textOf("--proxy", texts.proxy);
    options.allowPlainHttp = texts.allowPlainHttp;
    // With one try there is nothing to save time for.
    if (options.retry.maxAttempts == 1) options.attemptTimeout = options.timeout;
    return options;
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
    if (texts.format) {
        arguments.format = formatNamed(*texts.format);
        if (!arguments.format) {
            throw UsageError("--format: '" + *texts.format + "' is not accepted: it takes table, ndjson, json or csv");
        }
    }
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

CommandLine parseCommandLine(int argc, const char* const* argv, refold::Timestamp now) {
    CLI::App program("refold-executions shows and exports the run history of Refold workflows", programName);
    ListTexts listTexts;
    CLI::App* const list = addList(program, listTexts);
    program.require_subcommand(1);
    program.set_help_flag("-h,--help", "print this help");
    program.set_version_flag("--version", versionText(), "print the version");
    program.footer(programFooter);
    const auto formatter = std::make_shared<ExamplesFirst>(
        std::map<const CLI::App*, std::string>{{&program, programExamples}, {list, listExamples}});
    program.formatter(formatter);
    list->formatter(formatter);

    CommandLine commandLine;
    try {
        program.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        commandLine.information = list->parsed() ? list->help() : program.help();
        return commandLine;
    } catch (const CLI::CallForVersion& version) {
        commandLine.information = std::string(version.what()) + "\n";
        return commandLine;
    } catch (const CLI::ParseError& error) {
        throw UsageError(explain(error, argc, argv));
    }
    commandLine.list = readList(listTexts, now);
    return commandLine;
}

}  // namespace cli
