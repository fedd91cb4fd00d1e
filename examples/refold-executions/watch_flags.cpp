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
  refold-executions watch --since 1h --status FAILED
      what has failed in the last hour, and what fails from now on
  refold-executions watch --workflow-name "Daily Sync" --exit-status || echo it failed
      until a run of that workflow fails
  refold-executions watch --checkpoint watch.checkpoint >> changes.ndjson
      a log that goes on where it stopped when the same command is given again
)";

constexpr const char* watchFooter = R"(Looks:
  Every --interval as long as things happen; while nothing does, the time between two looks doubles up
  to twelve times that, a day at most. An outage is told on stderr, and its end; it ends nothing.

Formats:
  table    for people: the default on a terminal. Time (UTC), status before and after, workflow,
           application, id; on a terminal the time without the date
  ndjson   {"previousStatus":...,"execution":...} on a line, the run as the server sent it, null for a
           run that is new: the default in a pipe

Checkpoint:
  FILE is replaced after each change, once its line has been handed to the system. A watch that is
  begun anew with it tells first what has changed meanwhile. After a kill, the last line may come again.

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

constexpr int slowestLooks = 12;
/// The library takes no more.
constexpr std::chrono::hours longestInterval{24};

struct WatchTexts {
    FilterTexts filters;
    WireTexts wire;
    Text interval, since, format, checkpoint;
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
    const Filters filters = readFilters(texts.filters, now);
    arguments.query = filters.query;
    if (filters.startDate) arguments.query.startDate = filters.startDate->time;
    if (filters.endDate) arguments.query.endDate = filters.endDate->time;
    arguments.client = readWire(texts.wire);
    if (texts.wire.prefetch) parseInteger("--prefetch", *texts.wire.prefetch, 0, 64);
    if (texts.interval) {
        arguments.watch.interval = parseSeconds("--interval", *texts.interval);
        arguments.watch.maxInterval =
            std::min<std::chrono::milliseconds>(arguments.watch.interval * slowestLooks, longestInterval);
    }
    if (texts.since) arguments.watch.since = parseDate("--since", *texts.since, DateBound::start, now);
    arguments.format = watchFormatOf(texts.format);
    arguments.exitStatus = texts.exitStatus;
    arguments.checkpoint = textOf("--checkpoint", texts.checkpoint);
    return arguments;
}

}  // namespace

Command describeWatch(CLI::App& program) {
    const auto texts = std::make_shared<WatchTexts>();
    CLI::App* const watch = program.add_subcommand("watch", "Print new runs and changes of status as they happen");
    const char* const group = "Watching";
    addText(*watch, "--interval", texts->interval, "S", "seconds from one look to the next (default: 5)", group);
    addText(*watch, "--since", texts->since, "D", "begin with the runs created since D (default: now)", group);
    watch->add_flag("--exit-status", texts->exitStatus, "end with 1 at the first run that failed")->group(group);
    addFilters(*watch, texts->filters);
    addText(*watch, "--format", texts->format, "F", "table or ndjson", "Output");
    addText(*watch, "--checkpoint", texts->checkpoint, "FILE", "record in FILE what was seen, and go on from there",
            "Output");
    addWire(*watch, texts->wire);
    addInformation(*watch);
    watch->footer(watchFooter);
    const auto read = [texts](refold::Timestamp now) -> Run {
        return [arguments = readWatch(*texts, now)](Console& console, const Interruption& interruption) {
            return runWatch(arguments, console, interruption);
        };
    };
    return {watch, watchExamples, read};
}

}  // namespace cli
