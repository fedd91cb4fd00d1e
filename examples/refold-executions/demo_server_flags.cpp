#include "demo_server_flags.hpp"

#include "demo_server.hpp"
#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "flag_values.hpp"

#include <memory>

namespace cli {
namespace {

constexpr const char* demoServerExamples = R"(Examples:
  refold-executions demo-server --port 8080
      serves on 127.0.0.1:8080 until Ctrl-C, and prints three lines that set the
      variables: paste them into another terminal
  refold-executions demo-server --port 8080 --still
      a history that does not change
)";

constexpr const char* demoServerFooter =
    R"(History:
  The history is generated and ends at the current time. Runs begin and end
  while the server is up, and so do reruns, unless --still is given. The server
  listens on this machine only and stores nothing. Ctrl-C stops it, with exit
  code 0.
)";

struct DemoServerTexts {
    Text port, runs;
    bool still = false;
};

}  // namespace

Command describeDemoServer(CLI::App& program) {
    const auto texts = std::make_shared<DemoServerTexts>();
    CLI::App* const app =
        program.add_subcommand("demo-server", "Start a server with a generated history, to try the commands");
    const char* const group = "Server";
    addText(*app, "--port", texts->port, "N", "the port on 127.0.0.1 (default: any free one)", group);
    addText(*app, "--runs", texts->runs, "N", "runs in the history at the start (default: 25000)", group);
    app->add_flag("--still", texts->still, "do not add or change runs")->group(group);
    addInformation(*app);
    app->footer(demoServerFooter);
    return {app, demoServerExamples, [texts](refold::Timestamp) -> Run {
                DemoServerArguments arguments;
                if (texts->port) arguments.port = static_cast<int>(parseInteger("--port", *texts->port, 0, 65535));
                if (texts->runs) {
                    arguments.runs = static_cast<std::size_t>(parseInteger("--runs", *texts->runs, 0, 1'000'000));
                }
                arguments.still = texts->still;
                return [arguments](Console& console, const Interruption& interruption) {
                    runDemoServer(arguments, console, interruption);
                    return ExitCode::done;
                };
            }};
}

}  // namespace cli
