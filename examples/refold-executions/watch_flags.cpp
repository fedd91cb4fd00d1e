#include "watch_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "watch_command.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

namespace cli {
namespace {

constexpr const char* watchExamples = R"(Examples:
  refold-executions watch
      a line for each new run and each change of status, until Ctrl-C
  refold-executions watch --failed --since 1h
      runs that failed in the last hour, and runs that fail from now on
  refold-executions watch --failed --exec 'notify-send "$REFOLD_RUN_WORKFLOW"'
      runs a command for each run that fails
  refold-executions watch -w "Daily Sync" --exit-status || echo it failed
      ends when a run of that workflow fails
  refold-executions watch --checkpoint state >> changes.ndjson
      a log that resumes when the same command is given again
)";

constexpr const char* watchFooter = R"(Polling:
  Polls every --interval while runs change. Without changes the interval doubles
  with each poll, up to twelve times --interval, at most a day. The start and
  the end of an outage are reported on stderr; the watch continues.

Formats:
  table    for people: the default on a terminal. Time of the change (UTC),
           status before and after, workflow, application, id, and error
  ndjson   {"previousStatus":...,"at":...,"backlog":...,"execution":...} on a
           line: the default in a pipe. previousStatus is null for a new run, at
           is the time of the change, backlog is true for a change before the
           watch began, and execution is the run as the server sent it

Commands:
  The shell runs CMD once for each line; the watch waits for it and does not
  poll meanwhile. If CMD fails, a warning goes to stderr and the watch
  continues. CMD gets the run's JSON on stdin, and the variables REFOLD_RUN_ID,
  REFOLD_RUN_STATUS, REFOLD_RUN_PREVIOUS_STATUS, REFOLD_RUN_WORKFLOW,
  REFOLD_RUN_WORKFLOW_ID, REFOLD_RUN_APPLICATION, REFOLD_RUN_ACCOUNT,
  REFOLD_RUN_CREATED_AT, REFOLD_RUN_NODE and REFOLD_RUN_ERROR: quote them in
  CMD. It inherits the environment, the credentials included. Its output goes to
  stderr.

Checkpoint:
  FILE is replaced after each group of lines has been written. The next watch
  with the same FILE first prints what changed in between. After a kill it may
  print the last lines again. An empty FILE starts a new watch.

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

constexpr int slowestPolls = 12;
/// The library takes no more.
constexpr std::chrono::hours longestInterval{24};

struct WatchTexts {
    FilterTexts filters;
    ConnectionTexts connection;
    Text interval, format, checkpoint, exec;
    bool exitStatus = false;
};

std::optional<WatchFormat> watchFormatOf(const Text& text) {
    if (!text) return {};
    if (*text == "table") return WatchFormat::table;
    if (*text == "ndjson") return WatchFormat::ndjson;
    throw UsageError("--format: '" + *text + "' is not accepted: watch takes table or ndjson");
}

WatchArguments readWatch(const WatchTexts& texts, refold::Timestamp now) {
    WatchArguments arguments;
    arguments.filters = readFilters(texts.filters, now);
    if (arguments.filters.since) arguments.watch.since = arguments.filters.since->time;
    if (const auto& until = arguments.filters.until; until && until->time <= now) {
        throw UsageError("--until: '" + until->text +
                         "' is past, and a watch waits for runs to come; 'list --until' shows past runs, 'wait ID' "
                         "follows one that still runs");
    }
    arguments.client = readConnection(texts.connection);
    if (texts.interval) {
        arguments.watch.interval = parseSeconds("--interval", *texts.interval);
        arguments.watch.maxInterval =
            std::min<std::chrono::milliseconds>(arguments.watch.interval * slowestPolls, longestInterval);
    }
    arguments.format = watchFormatOf(texts.format);
    arguments.exitStatus = texts.exitStatus;
    arguments.exec = textOf("--exec", texts.exec);
    arguments.checkpoint = textOf("--checkpoint", texts.checkpoint);
    return arguments;
}

}  // namespace

Command describeWatch(CLI::App& program) {
    const auto texts = std::make_shared<WatchTexts>();
    CLI::App* const watch = program.add_subcommand("watch", "Print new runs and changes of status as they happen");
    const char* const group = "Watching";
    addText(*watch, "--interval", texts->interval, "S", "time from one poll to the next: 5, 500ms (default: 5)", group);
    watch->add_flag("--exit-status", texts->exitStatus, "end with 1 at the first run that failed")->group(group);
    addText(*watch, "--exec", texts->exec, "CMD", "run CMD for each line", group);
    addFilters(*watch, texts->filters);
    addText(*watch, "--format", texts->format, "F", "table or ndjson", "Output");
    addText(*watch, "--checkpoint", texts->checkpoint, "FILE", "record progress in FILE, and resume from it", "Output");
    addConnection(*watch, texts->connection, false);
    watch->footer(watchFooter);
    const auto read = [texts](refold::Timestamp now) -> Run {
        const WatchArguments arguments = readWatch(*texts, now);
        return prepared(texts->connection, arguments.filters.warnings,
                        [arguments](Console& console, const Interruption& interruption) {
                            return runWatch(arguments, console, interruption);
                        });
    };
    return {watch, watchExamples, read};
}

}  // namespace cli
