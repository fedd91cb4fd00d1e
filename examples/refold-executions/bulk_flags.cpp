#include "bulk_flags.hpp"

#include "bulk_command.hpp"
#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "run_id.hpp"
#include "status_names.hpp"
#include "waiting_flags.hpp"

#include <algorithm>
#include <memory>

namespace cli {
namespace {

constexpr const char* rerunExamples = R"(Examples:
  refold-executions rerun 6a311e75e5b8c9f7c8586cf0
      asks for confirmation, and prints the id of the new run
  refold-executions rerun --failed --since 2h -w "Daily Sync" --dry-run
      prints the selected runs and does nothing
  refold-executions rerun --failed --since 2h --yes --checkpoint state --wait
      reruns each run once, even if the command is interrupted and given
      again; exits with 1 if one of the new runs failed
  refold-executions list --failed --all | refold-executions rerun - --yes
      reads runs from a pipe: ids or ndjson, one per line
)";

constexpr const char* rerunFooter = R"(Reruns:
  A rerun repeats the run's effects on other systems. Without --since and
  --until, filters select from the whole history. All runs are selected before
  the first is rerun; the oldest comes first. A request is repeated only if the
  server certainly did not act on it. If it may have acted, the run is reported
  as "in doubt" and not rerun: check the history first. After three such
  outcomes in a row, the command stops. While the server is unreachable, rerun
  waits for it.

)";

constexpr const char* stopExamples = R"(Examples:
  refold-executions stop 6a311e75e5b8c9f7c8586cf0
      asks for confirmation
  refold-executions stop --running --older-than 1h --dry-run
      prints the selected runs and does nothing
  refold-executions stop --running --older-than 1h --yes
      for scripts; a run may take a while to stop
)";

constexpr const char* stopFooter = R"(Stops:
  Filters select runs in progress, without those that are STOPPING unless
  --status names them. A run that has ended cannot be stopped: it is reported,
  and the exit code is 4.

)";

constexpr const char* bulkFooter = R"(Results:
  Several runs, or --format: a line for each run on stdout, then a summary on
  stderr. In a pipe each line is JSON: "id", "outcome" (rerun or stopped,
  refused, or in doubt), "newId" of a rerun, and "error" if there is one.
  If stdout is closed, the lines go to stderr. The exit code is 0 if all
  succeeded, otherwise that of the first run that did not.

Confirmation:
  Any answer but y or yes means no: nothing is sent, and the exit code is 1. If
  stdin is not a terminal, nothing is sent without --yes, and the exit code
  is 2.

Checkpoint:
  FILE records the selected runs, each request before it is sent, and its
  outcome. The same command continues from there, and does nothing once all is
  done; remove FILE to start again.

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

struct BulkTexts {
    std::vector<std::string> ids;
    FilterTexts filters;
    ConnectionTexts connection;
    WaitingTexts waiting;
    Text max, olderThan, format, checkpoint;
    bool yes = false;
    bool dryRun = false;
    bool wait = false;
};

void addBulk(CLI::App& app, BulkTexts& texts, BulkAction action) {
    app.add_option("ID", texts.ids,
                   "ids of runs, first letters of ids, or addresses of pages in the dashboard; - reads ids from stdin")
        ->option_text(" ");
    FilterUse use;
    use.pageSize = false;
    use.failed = action == BulkAction::rerun;
    use.running = action == BulkAction::stop;
    addFilters(app, texts.filters, use);
    addText(app, "--older-than", texts.olderThan, "D", "created at least D ago: 1h, 2d", "Filters");
    addText(app, "-L,--max", texts.max, "N", "at most N runs, the latest", "Filters");
    const char* const group = "Confirmation";
    app.add_flag("--dry-run", texts.dryRun, "print the selected runs and do nothing")->group(group);
    app.add_flag("-y,--yes", texts.yes, "do not ask for confirmation")->group(group);
    const char* const output = "Output";
    addText(app, "--format", texts.format, "F", "a line for each run: table or ndjson", output);
    addText(app, "--checkpoint", texts.checkpoint, "FILE", "record progress in FILE, and resume from it", output);
}

/// Names what was selected, so that a checkpoint can tell whether it is the same again.
std::string selectionOf(const BulkTexts& texts) {
    std::string text;
    const auto add = [&text](const std::string& name, const Text& value) {
        if (value) text += " " + name + "=" + *value;
    };
    for (const std::string& id : texts.ids) text += " " + id;
    for (const std::string& status : texts.filters.statuses) text += " status=" + status;
    if (texts.filters.failed) text += " failed";
    if (texts.filters.running) text += " running";
    add("since", texts.filters.startDate);
    add("until", texts.filters.endDate);
    add("older-than", texts.olderThan);
    add("workflow-name", texts.filters.workflowName);
    add("workflow-id", texts.filters.workflowId);
    add("slug", texts.filters.slug);
    add("execution-id", texts.filters.executionId);
    add("execution-type", texts.filters.executionType);
    add("execution-source", texts.filters.executionSource);
    add("max", texts.max);
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return text.empty() ? text : text.substr(1);
}

void readIds(const BulkTexts& texts, BulkArguments& arguments) {
    for (const std::string& text : texts.ids) {
        if (text == "-") {
            arguments.readsStdin = true;
            continue;
        }
        const std::string id = runIdIn("ID", text);
        const bool isNew = std::find(arguments.ids.begin(), arguments.ids.end(), id) == arguments.ids.end();
        if (isNew) arguments.ids.push_back(id);
    }
    const bool filtered = arguments.filters.any() || arguments.max;
    if (!texts.ids.empty() && filtered) {
        throw UsageError("give either IDs or filters such as --failed, not both");
    }
    arguments.coversHistory =
        texts.ids.empty() && !arguments.filters.since && !arguments.filters.until && !arguments.max;
    if (texts.ids.empty() && !filtered) {
        const std::string name = arguments.action == BulkAction::rerun ? "rerun" : "stop";
        throw UsageError("ID is missing; call it as 'refold-executions " + name +
                         " ID', with a run's id as list shows it, or with filters, such as " +
                         (name == "rerun" ? "--failed --since 2h" : "--running --older-than 1h") +
                         " (--help shows what is accepted)");
    }
}

/// Only runs that have ended are rerun, and only others are stopped: refuses flags by which none could be selected.
void requireFitStatus(const BulkTexts& texts, const BulkArguments& arguments) {
    const bool rerun = arguments.action == BulkAction::rerun;
    if (rerun && texts.filters.running) {
        throw UsageError(
            "--running: a run that is RUNNING has not ended yet, and only runs that have ended are rerun; 'stop "
            "--running' stops them, 'wait ID' waits for one");
    }
    if (!rerun && texts.filters.failed) {
        throw UsageError(
            "--failed: a run that failed (ERRORED, FAILED, TIMED_OUT) has ended already, and only runs in progress are "
            "stopped; 'rerun --failed' runs them again");
    }
    const std::vector<refold::ExecutionStatus>& statuses = arguments.filters.statuses;
    std::string names;
    for (const refold::ExecutionStatus& status : statuses) {
        const bool isFit = rerun ? !isOpenStatus(status) : !status.isTerminal();
        if (isFit) return;
        names += (names.empty() ? "" : " or ") + status.value();
    }
    if (statuses.empty()) return;
    throw UsageError("--status: a run that is " + names +
                     (rerun ? " has not ended yet, and only runs that have ended are rerun; 'wait' waits for one"
                            : " has ended already, and only runs in progress are stopped"));
}

BulkArguments readBulk(const BulkTexts& texts, BulkAction action, refold::Timestamp now) {
    BulkArguments arguments;
    arguments.action = action;
    arguments.now = now;
    arguments.filters = readFilters(texts.filters, now);
    if (texts.olderThan) {
        if (arguments.filters.until)
            throw UsageError("give either --older-than or --until, not both: each sets the latest creation time");
        const refold::Timestamp latest = now - parseAge("--older-than", *texts.olderThan);
        arguments.filters.until = ResolvedDate{*texts.olderThan, latest};
        if (arguments.filters.since && arguments.filters.since->time > latest) {
            throw UsageError("--older-than: no run created since '" + arguments.filters.since->text +
                             "' (--since) is older than '" + *texts.olderThan + "'");
        }
    }
    requireFitStatus(texts, arguments);
    arguments.max = countOf("--max", texts.max);
    readIds(texts, arguments);
    arguments.selection = selectionOf(texts);
    arguments.client = readConnection(texts.connection);
    arguments.format = formatOf(texts.format, {Format::table, Format::ndjson});
    arguments.checkpoint = textOf("--checkpoint", texts.checkpoint);
    arguments.yes = texts.yes;
    arguments.dryRun = texts.dryRun;
    if (texts.wait) {
        arguments.wait = readWaiting(texts.waiting);
    } else if (texts.waiting.any()) {
        throw UsageError("--interval and --wait-timeout need --wait");
    }
    return arguments;
}

Command commandOf(CLI::App* app, const char* examples, const std::shared_ptr<BulkTexts>& texts, BulkAction action) {
    return {app, examples, [texts, action](refold::Timestamp now) -> Run {
                const BulkArguments arguments = readBulk(*texts, action, now);
                return prepared(texts->connection, arguments.filters.warnings,
                                [arguments](Console& console, const Interruption& interruption) {
                                    return runBulk(arguments, console, interruption);
                                });
            }};
}

}  // namespace

Command describeRerun(CLI::App& program) {
    const auto texts = std::make_shared<BulkTexts>();
    CLI::App* const app = program.add_subcommand("rerun", "Start runs again with their original payload");
    addBulk(*app, *texts, BulkAction::rerun);
    app->add_flag("--wait", texts->wait, "wait until the new runs have ended; exit code 1 if one failed")
        ->group("Waiting");
    addWaiting(*app, texts->waiting);
    addConnection(*app, texts->connection, false);
    app->footer(std::string(rerunFooter) + bulkFooter);
    return commandOf(app, rerunExamples, texts, BulkAction::rerun);
}

Command describeStop(CLI::App& program) {
    const auto texts = std::make_shared<BulkTexts>();
    CLI::App* const app = program.add_subcommand("stop", "Stop runs");
    addBulk(*app, *texts, BulkAction::stop);
    addConnection(*app, texts->connection, false);
    app->footer(std::string(stopFooter) + bulkFooter);
    return commandOf(app, stopExamples, texts, BulkAction::stop);
}

}  // namespace cli
