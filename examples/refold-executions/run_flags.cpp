#include "run_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"
#include "get_command.hpp"
#include "rerun_command.hpp"
#include "stop_command.hpp"
#include "wait_command.hpp"

#include <memory>

namespace cli {
namespace {

constexpr const char* getExamples = R"(Examples:
  refold-executions get 6a311e75e5b8c9f7c8586cf0
      the run, its nodes, and what the node said that failed
  refold-executions get 6a311e75e5b8c9f7c8586cf0 --format json > run.json
      all that the server knows, to the byte
  refold-executions get 6a311e75e5b8c9f7c8586cf0 | jq '.nodes[] | select(.node_status == "Errored")'
      the nodes that failed
)";

constexpr const char* getFooter = R"(Formats:
  table    for people: the default on a terminal
  json     the server's answer, to the byte: the default in a pipe. On a terminal, characters that
           would act on it are spelt \uXXXX, and the answer is put on one line
  ndjson   the same on one line

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

constexpr const char* waitExamples = R"(Examples:
  refold-executions wait 6a311e75e5b8c9f7c8586cf0
      until the run has ended, however long it takes
  refold-executions wait 6a311e75e5b8c9f7c8586cf0 --wait-timeout 600 && echo went well
      for ten minutes at most
)";

constexpr const char* waitFooter =
    R"(Exit codes: 0 the run has ended, 1 it failed, 5 --wait-timeout is over; else as of all commands.
A run that was stopped has ended without having failed.

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

constexpr const char* stopExamples = R"(Examples:
  refold-executions stop 6a311e75e5b8c9f7c8586cf0
      asks first
  refold-executions stop 6a311e75e5b8c9f7c8586cf0 --yes && refold-executions wait 6a311e75e5b8c9f7c8586cf0
      in a script; a run may take a while to stop
)";

constexpr const char* askingFooter =
    R"(Any answer but y or yes means no: nothing is sent, and the exit code is 1.
Where stdin is no terminal there is nobody to ask: without --yes nothing is sent, and the exit code is 2.

Credentials: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN, from the environment.
)";

constexpr const char* rerunExamples = R"(Examples:
  refold-executions rerun 6a311e75e5b8c9f7c8586cf0
      asks first, and prints the id of the new run
  refold-executions rerun 6a311e75e5b8c9f7c8586cf0 --yes --wait
      in a script; ends with 1 if the new run failed
)";

constexpr const char* rerunFooter =
    R"(What a run does to other systems, a rerun does again. The request is sent once; where it stays open whether the
server acted on it, the message says so: look at the history before you give the command again.

)";

struct RunTexts {
    std::string id;
    WireTexts wire;
    Text format, interval, waitTimeout;
    bool yes = false;
    bool wait = false;
};

CLI::App* addRun(CLI::App& program, const char* name, const char* description, RunTexts& texts) {
    CLI::App* const app = program.add_subcommand(name, description);
    app->add_option("ID", texts.id, "the run's id, as list shows it")->required()->option_text(" ");
    return app;
}

void finish(CLI::App& app, RunTexts& texts, const std::string& footer) {
    addWire(app, texts.wire);
    addInformation(app);
    app.footer(footer);
}

void addYes(CLI::App& app, RunTexts& texts) {
    app.add_flag("--yes", texts.yes, "do not ask first")->group("Confirmation");
}

void addWaiting(CLI::App& app, RunTexts& texts) {
    addText(app, "--interval", texts.interval, "S", "seconds from one look to the next, at first (default: 1)",
            "Waiting");
    addText(app, "--wait-timeout", texts.waitTimeout, "S", "give up after S seconds (default: never)", "Waiting");
}

RunArguments readRun(const RunTexts& texts) {
    if (texts.id.empty() || texts.id == "." || texts.id == "..") {
        throw UsageError("ID: '" + texts.id + "' is not accepted: it takes a run's id, as list shows it");
    }
    if (texts.wire.prefetch) parseInteger("--prefetch", *texts.wire.prefetch, 0, 64);
    return {texts.id, readWire(texts.wire)};
}

refold::WaitOptions readWaiting(const RunTexts& texts) {
    refold::WaitOptions options;
    if (texts.interval) options.interval = parseSeconds("--interval", *texts.interval);
    if (texts.waitTimeout) options.timeout = parseSeconds("--wait-timeout", *texts.waitTimeout);
    return options;
}

std::optional<RunFormat> readFormat(const Text& text) {
    if (!text) return {};
    if (*text == "table") return RunFormat::table;
    if (*text == "json") return RunFormat::json;
    if (*text == "ndjson") return RunFormat::ndjson;
    throw UsageError("--format: '" + *text + "' is not accepted: it takes table, json or ndjson");
}

}  // namespace

Command describeGet(CLI::App& program) {
    const auto texts = std::make_shared<RunTexts>();
    CLI::App* const app = addRun(program, "get", "Show one run and its nodes", *texts);
    addText(*app, "--format", texts->format, "F", "table, json or ndjson", "Output");
    finish(*app, *texts, getFooter);
    return {app, getExamples, [texts](refold::Timestamp) -> Run {
                GetArguments arguments{readRun(*texts), readFormat(texts->format)};
                return [arguments](Console& console, const Interruption& interruption) {
                    runGet(arguments, console, interruption);
                    return ExitCode::done;
                };
            }};
}

Command describeWait(CLI::App& program) {
    const auto texts = std::make_shared<RunTexts>();
    CLI::App* const app = addRun(program, "wait", "Wait until a run has ended; 1 if it failed", *texts);
    addWaiting(*app, *texts);
    finish(*app, *texts, waitFooter);
    return {app, waitExamples, [texts](refold::Timestamp) -> Run {
                WaitArguments arguments{readRun(*texts), readWaiting(*texts)};
                return [arguments](Console& console, const Interruption& interruption) {
                    return runWait(arguments, console, interruption);
                };
            }};
}

Command describeStop(CLI::App& program) {
    const auto texts = std::make_shared<RunTexts>();
    CLI::App* const app = addRun(program, "stop", "Stop a run", *texts);
    addYes(*app, *texts);
    finish(*app, *texts, askingFooter);
    return {app, stopExamples, [texts](refold::Timestamp) -> Run {
                StopArguments arguments{readRun(*texts), texts->yes};
                return [arguments](Console& console, const Interruption& interruption) {
                    return runStop(arguments, console, interruption);
                };
            }};
}

Command describeRerun(CLI::App& program) {
    const auto texts = std::make_shared<RunTexts>();
    CLI::App* const app = addRun(program, "rerun", "Start a run again with the payload that it had", *texts);
    addYes(*app, *texts);
    app->add_flag("--wait", texts->wait, "wait until the new run has ended; 1 if it failed")->group("Waiting");
    addWaiting(*app, *texts);
    finish(*app, *texts, std::string(rerunFooter) + askingFooter);
    return {app, rerunExamples, [texts](refold::Timestamp) -> Run {
                RerunArguments arguments{readRun(*texts), texts->yes, {}};
                if (texts->wait) {
                    arguments.wait = readWaiting(*texts);
                } else if (texts->interval || texts->waitTimeout) {
                    throw UsageError("--interval and --wait-timeout go with --wait");
                }
                return [arguments](Console& console, const Interruption& interruption) {
                    return runRerun(arguments, console, interruption);
                };
            }};
}

}  // namespace cli
