#include "demo_server.hpp"

#include "exit_code.hpp"

#include <refold/error.hpp>
#include <refold/testing/fake_server.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>

namespace cli {
namespace {

using refold::testing::FakeNode;
using refold::testing::FakeRun;
using refold::testing::FakeServer;
using refold::testing::FakeServerOptions;

refold::Timestamp currentTime() {
    return std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
}

std::unique_ptr<FakeServer> startServer(const FakeServerOptions& options) {
    try {
        return std::make_unique<FakeServer>(options);
    } catch (const std::runtime_error&) {
        const std::string port = options.port == 0 ? "any port" : "port " + std::to_string(options.port);
        throw CommandError(
            ExitCode::unexpected,
            "cannot listen on " + port + " of 127.0.0.1: it is taken, or reserved; choose another by --port");
    }
}

/// Lets runs begin and end, one of seven in an error.
class Life {
  public:
    explicit Life(FakeServer& server) : server_(server) {}

    void step() {
        constexpr std::size_t maxOpen = 4;
        if (open_.size() >= maxOpen) end();
        FakeRun run;
        run.createdAt = currentTime();
        open_.push_back(server_.addRun(run));
    }

  private:
    void end() {
        const std::string id = open_.front();
        open_.pop_front();
        if (++ended_ % 7 != 0) {
            server_.setStatus(id, "COMPLETED");
            return;
        }
        FakeNode node;
        node.id = "upsert";
        node.name = "Upsert contacts";
        node.status = "Errored";
        node.latestOutput =
            R"({"error":{"message":"Request )" + std::to_string(ended_ * 37) + R"( failed with status code 429"}})";
        server_.setNodes(id, {node});
        server_.setStatus(id, "ERRORED");
    }

    FakeServer& server_;
    std::deque<std::string> open_;
    int ended_ = 0;
};

}  // namespace

void runDemoServer(const DemoServerArguments& arguments, Console& console, const Interruption& interruption) {
    FakeServerOptions options;
    options.port = arguments.port;
    options.runs = arguments.runs;
    options.now = currentTime();
    const std::unique_ptr<FakeServer> server = startServer(options);
    console.data().append("export REFOLD_BASE_URL=" + server->baseUrl() + "\n");
    console.data().append("export REFOLD_API_KEY=" + options.apiKey + "\n");
    console.data().append("export REFOLD_LINKED_ACCOUNT_ID=" + options.linkedAccountId + "\n");
    console.data().flush();
    console.say("serving a made-up history at " + server->baseUrl() +
                "; set the variables above in another terminal, and try refold-executions list; Ctrl-C ends it");
    Life life(*server);
    constexpr std::chrono::milliseconds pace{3000};
    while (!interruption.token().waitFor(pace)) {
        if (!arguments.still) life.step();
    }
    throw refold::Cancelled();
}

}  // namespace cli
