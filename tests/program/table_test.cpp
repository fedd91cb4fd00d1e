// Tests the table of runs on terminals of several widths: what is cut, what is left out and named, and what never is.
#include "program.hpp"

#include "display_text.hpp"

#include <gtest/gtest.h>

namespace refold::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

const std::string longError =
    "Request failed with status code 503: the CRM closed the connection after 30 s, and every later try failed too";

/// A server with two failed runs.
std::unique_ptr<testing::FakeServer> failedRuns() {
    auto server = std::make_unique<testing::FakeServer>(historyOf(0));
    for (int i = 0; i < 2; ++i) {
        testing::FakeRun run;
        run.status = "ERRORED";
        run.workflowName = "Nightly sync of all leads";
        const std::string id = server->addRun(run);
        testing::FakeNode node;
        node.id = "n1";
        node.name = "Upsert";
        node.status = "Errored";
        node.latestOutput = "{\"message\":\"" + longError + "\"}";
        server->setNodes(id, {node});
    }
    return server;
}

TEST(Table, NamesColumnsThatHaveNoRoom) {
    testing::FakeServerOptions several = historyOf(60);
    several.otherAccounts = {"acme-gmbh", "globex-industries"};
    const auto server = std::make_unique<testing::FakeServer>(several);
    const std::string at60 = runToEnd(terminalAt(server->baseUrl(), {"list"}, 60)).terminal;
    EXPECT_FALSE(holds(linesOf(at60).front(), "APPLICATION")) << at60;
    EXPECT_TRUE(holds(at60,
                      "no room for APPLICATION, ACCOUNT in 60 columns; widen the terminal, or choose with "
                      "--columns\n"))
        << at60;
    EXPECT_TRUE(holds(runToEnd(terminalAt(server->baseUrl(), {"list", "-L", "20"}, 60)).terminal, "no room for"));
    EXPECT_TRUE(holds(runToEnd(terminalAt(server->baseUrl(), {"rerun", "--failed", "--dry-run"}, 60)).terminal,
                      "widen the terminal, or use --format ndjson"));
    EXPECT_FALSE(holds(runToEnd(terminalAt(server->baseUrl(), {"list"}, 100)).terminal, "no room for"));
    SubprocessOptions options = terminalAt(server->baseUrl(), {"list"}, 60);
    options.err = Stream::pipe;
    EXPECT_FALSE(holds(runToEnd(options).err, "no room for")) << "only on a terminal";
}

TEST(Table, ShowsColumnsThatWereAskedForAndWholeErrors) {
    const auto server = failedRuns();
    const Arguments arguments = {"list", "--columns", "age,status,workflow,error,duration,account,id"};
    const std::string at80 = runToEnd(terminalAt(server->baseUrl(), arguments, 80)).terminal;
    const std::vector<std::string> lines = linesOf(withoutColours(at80));
    ASSERT_EQ(lines.size(), 8U) << at80;
    for (const char* const title : {"AGE", "STATUS", "WORKFLOW", "DURATION", "ACCOUNT", "ID"}) {
        EXPECT_TRUE(holds(lines[0], title)) << lines[0];
    }
    EXPECT_EQ(lines[2] + " " + lines[3].substr(4), "    " + longError);
    for (const std::string& line : lines) EXPECT_LE(cli::displayWidth(line), 80U) << line;
    for (const std::string& id : server->ids()) EXPECT_TRUE(holds(at80, id)) << at80;

    const std::string at220 = runToEnd(terminalAt(server->baseUrl(), arguments, 220)).terminal;
    EXPECT_TRUE(holds(at220, "ERROR")) << at220;
    EXPECT_EQ(linesOf(at220).size(), 4U) << at220;
    const std::string at40 = runToEnd(terminalAt(server->baseUrl(), arguments, 40)).terminal;
    for (const std::string& id : server->ids()) EXPECT_TRUE(holds(at40, id)) << at40;
}

TEST(Table, OfAWatchAndARunHasWholeErrors) {
    const auto server = failedRuns();
    const auto joined = [](const std::string& text) {
        std::string line;
        for (const std::string& part : linesOf(withoutColours(text))) {
            line += " " + part.substr(std::min(part.size(), part.find_first_not_of(' ')));
        }
        return line;
    };
    const std::string watched =
        runToEnd(terminalAt(server->baseUrl(), {"watch", "--failed", "--since", "2020-01-01", "--exit-status"}, 80))
            .terminal;
    EXPECT_TRUE(holds(joined(watched), longError)) << watched;
    EXPECT_TRUE(holds(watched, "no room for APPLICATION in 80 columns; widen the terminal, or use --format ndjson\n"))
        << watched;
    const std::string run = runToEnd(terminalAt(server->baseUrl(), {"get", server->ids().front()}, 80)).terminal;
    const std::string facts = run.substr(0, run.find("NODE"));
    EXPECT_TRUE(holds(joined(facts), longError)) << run;
    for (const std::string& line : linesOf(run)) EXPECT_LE(cli::displayWidth(withoutColours(line)), 80U) << line;
}

}  // namespace
}  // namespace refold::test
