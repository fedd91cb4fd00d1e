#include "run_flags.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "get_command.hpp"
#include "run_id.hpp"
#include "wait_command.hpp"
#include "waiting_flags.hpp"

#include <memory>

namespace cli {
namespace {

constexpr const char* getExamples = R"(Examples:
  refold-executions get 6a311e75e5b8c9f7c8586cf0
      the run, its nodes, and the output of the failed node
  refold-executions get 6a311e75
      the same: the first letters of an id are enough
  refold-executions get 6a311e75e5b8c9f7c8586cf0 --format json > run.json
      the server's answer, unchanged
)";

constexpr const char* getFooter = R"(Formats:
  table    for people: the default on a terminal
  json     the server's answer, unchanged: the default in a pipe. On a
           terminal, control characters are printed as \uXXXX, and the answer
           is on one line
  ndjson   the same on one line

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

constexpr const char* waitExamples = R"(Examples:
  refold-executions wait 6a311e75e5b8c9f7c8586cf0
      waits until the run has ended, however long it takes
  refold-executions wait 6a311e75 --wait-timeout 10m && echo completed
      waits ten minutes at most
)";

constexpr const char* waitFooter = R"(Exit codes: 0 the run has ended, 1 it failed, 5 --wait-timeout has passed;
otherwise as for all commands. A stopped run has ended and has not failed.
Outages are reported on stderr; the wait continues.

Credentials from the environment: REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID,
or REFOLD_SESSION_TOKEN.
)";

struct RunTexts {
    std::string id;
    ConnectionTexts connection;
    Text format;
    WaitingTexts waiting;
};

CLI::App* addRun(CLI::App& program, const char* name, const char* description, RunTexts& texts) {
    CLI::App* const app = program.add_subcommand(name, description);
    app->add_option("ID", texts.id,
                    "the run's id as list shows it, its first letters, or the address of its page in the dashboard")
        ->required()
        ->option_text(" ");
    return app;
}

}  // namespace

Command describeGet(CLI::App& program) {
    const auto texts = std::make_shared<RunTexts>();
    CLI::App* const app = addRun(program, "get", "Show one run and its nodes", *texts);
    addText(*app, "--format", texts->format, "F", "table, json or ndjson", "Output");
    addConnection(*app, texts->connection, false);
    app->footer(getFooter);
    return {app, getExamples, [texts](refold::Timestamp) -> Run {
                GetArguments arguments;
                arguments.id = runIdIn("ID", texts->id);
                arguments.client = readConnection(texts->connection);
                arguments.format = formatOf(texts->format, {Format::table, Format::json, Format::ndjson});
                arguments.allNodes = texts->connection.verbose;
                return prepared(texts->connection, {}, [arguments](Console& console, const Interruption& interruption) {
                    runGet(arguments, console, interruption);
                    return ExitCode::done;
                });
            }};
}

Command describeWait(CLI::App& program) {
    const auto texts = std::make_shared<RunTexts>();
    CLI::App* const app = addRun(program, "wait", "Wait until a run has ended; exit code 1 if it failed", *texts);
    addWaiting(*app, texts->waiting);
    addConnection(*app, texts->connection, false);
    app->footer(waitFooter);
    return {app, waitExamples, [texts](refold::Timestamp) -> Run {
                WaitArguments arguments;
                arguments.id = runIdIn("ID", texts->id);
                arguments.client = readConnection(texts->connection);
                arguments.wait = readWaiting(texts->waiting);
                return prepared(texts->connection, {}, [arguments](Console& console, const Interruption& interruption) {
                    return runWait(arguments, console, interruption);
                });
            }};
}

}  // namespace cli
