#include "demo_server.hpp"

#include "exit_code.hpp"

#include <refold/error.hpp>
#include <refold/testing/fake_server.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace cli {
namespace {

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
            "cannot listen on " + port + " of 127.0.0.1: it is in use or reserved; choose another with --port");
    }
}

struct DemoWorkflow {
    const char* id;
    const char* name;
    const char* slug;
    const char* application;
    const char* source;
};

/// Of those that the generated history has.
constexpr std::array<DemoWorkflow, 6> workflows = {{
    {"6a106ba44480b80424a65289", "Daily Sync", "hubspot", "Hubspot", "SCHEDULE"},
    {"6a106ba44480b80424a6528a", "Contacts to Slack", "slack", "Slack", "Event"},
    {"6a106ba44480b80424a6528b", "Create deal", "hubspot", "Hubspot", "API_CALL"},
    {"6a106ba44480b80424a65290", "Nightly sync of leads", "salesforce", "Salesforce", "SCHEDULE"},
    {"6a106ba44480b80424a6528e", "Export \"all\", then notify", "google_sheets", "Google Sheets", "API_CALL"},
    {"6a106ba44480b80424a65297", "<i>Escalate</i> & assign", "zendesk", "Zendesk", "Event"},
}};

/// Lets runs begin, proceed and end, reruns too; one of nine ends in an error, as in the generated history.
/// A run begins now and then, so that the present hour does not dwarf the hours before.
class LivingHistory {
  public:
    LivingHistory(FakeServer& server, refold::Timestamp start) : server_(server), start_(start) {}

    void step() {
        endOldRuns();
        for (const std::string& id : idsWith("QUEUED")) server_.setStatus(id, "RUNNING");
        constexpr int stepsPerRun = 5;
        if (made_++ % stepsPerRun == 0) addRun();
    }

  private:
    /// Of the runs that were created since the server started: older ones stay as they are.
    std::vector<std::string> idsWith(const char* status) const {
        refold::ExecutionQuery query;
        query.status = status;
        query.startDate = start_;
        return server_.ids(query);
    }

    void endOldRuns() {
        constexpr int stepsOfARun = 3;
        constexpr int runsPerFailure = 9;
        for (const std::string& id : idsWith("RUNNING")) {
            if (++steps_[id] < stepsOfARun) continue;
            steps_.erase(id);
            server_.setStatus(id, ++ended_ % runsPerFailure == 0 ? "ERRORED" : "COMPLETED");
        }
    }

    void addRun() {
        const DemoWorkflow& workflow = workflows[added_++ % workflows.size()];
        FakeRun run;
        run.status = "QUEUED";
        run.createdAt = currentTime();
        run.workflowId = workflow.id;
        run.workflowName = workflow.name;
        run.slug = workflow.slug;
        run.applicationName = workflow.application;
        run.source = workflow.source;
        server_.addRun(run);
    }

    FakeServer& server_;
    refold::Timestamp start_;
    std::map<std::string, int> steps_;
    int made_ = 0;
    std::size_t added_ = 0;
    int ended_ = 0;
};

}  // namespace

void runDemoServer(const DemoServerArguments& arguments, Console& console, const Interruption& interruption) {
    FakeServerOptions options;
    options.port = arguments.port;
    options.runs = arguments.runs;
    options.now = currentTime();
    options.otherAccounts = {"acme-gmbh", "globex", "initech"};
    const std::unique_ptr<FakeServer> server = startServer(options);
    console.data().append("export REFOLD_BASE_URL=" + server->baseUrl() + "\n");
    console.data().append("export REFOLD_API_KEY=" + options.apiKey + "\n");
    console.data().append("export REFOLD_LINKED_ACCOUNT_ID=" + options.linkedAccountId + "\n");
    console.data().flush();
    console.say("serving a generated history at " + server->baseUrl() + "; Ctrl-C stops it");
    console.say("in another terminal, run the lines above, then: refold-executions list");
    LivingHistory living(*server, *options.now);
    constexpr std::chrono::milliseconds pace{2000};
    while (!interruption.token().waitFor(pace)) {
        if (!arguments.still) living.step();
    }
    console.say("stopped");
}

}  // namespace cli
