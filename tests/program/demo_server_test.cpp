// Tests demo-server: its output, the variables that it prints, a changing and a static history, and how it ends.
#include "program.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <map>
#include <string>
#include <thread>

namespace refold::test {
namespace {

SubprocessOptions demoServer(Arguments more) {
    SubprocessOptions options = programAt("", {"demo-server"});
    options.arguments.insert(options.arguments.end(), more.begin(), more.end());
    options.environment.erase("REFOLD_BASE_URL");
    options.environment.erase("REFOLD_API_KEY");
    options.environment.erase("REFOLD_LINKED_ACCOUNT_ID");
    return options;
}

/// Returns the variables in lines `export NAME=value`.
std::map<std::string, std::string> variablesIn(const std::string& text) {
    std::map<std::string, std::string> variables;
    const std::string start = "export ";
    for (const std::string& line : linesOf(text)) {
        const std::size_t equals = line.find('=');
        if (line.rfind(start, 0) != 0 || equals == std::string::npos) continue;
        variables[line.substr(start.size(), equals - start.size())] = line.substr(equals + 1);
    }
    return variables;
}

/// A running demo-server, and the commands that a user would run in another terminal.
class DemoServer {
  public:
    explicit DemoServer(Arguments more) : process_(demoServer(std::move(more))) {
        if (!process_.waitForOutput("REFOLD_LINKED_ACCOUNT_ID=") || !process_.waitForError("then: ")) return;
        started_ = true;
    }

    bool started() const { return started_; }
    /// Ends it by a signal; returns everything that it has printed.
    Subprocess::Result end(int signal) {
        process_.send(signal);
        return process_.wait();
    }

  private:
    Subprocess process_;
    bool started_ = false;
};

/// Returns a port that was free a moment ago.
int freePort() {
    const testing::FakeServer server(historyOf(0));
    return server.port();
}

Subprocess::Result runAt(int port, Arguments arguments) {
    return runToEnd(programAt("http://127.0.0.1:" + std::to_string(port), std::move(arguments)));
}

TEST(DemoServer, PrintsVariablesThatReachItAndEndsWithZero) {
    const int port = freePort();
    DemoServer server({"--port", std::to_string(port), "--runs", "30", "--still"});
    ASSERT_TRUE(server.started());
    const Subprocess::Result listed = runAt(port, {"list", "--all"});
    EXPECT_EQ(listed.exitCode, 0) << listed.err;
    EXPECT_EQ(linesOf(listed.out).size(), 30U) << listed.out;

    const Subprocess::Result ended = server.end(SIGINT);
    EXPECT_EQ(ended.exitCode, 0);
    const auto variables = variablesIn(ended.out);
    EXPECT_EQ(variables.at("REFOLD_BASE_URL"), "http://127.0.0.1:" + std::to_string(port));
    const auto used = environmentFor("");
    EXPECT_EQ(variables.at("REFOLD_API_KEY"), used.at("REFOLD_API_KEY"));
    EXPECT_EQ(variables.at("REFOLD_LINKED_ACCOUNT_ID"), used.at("REFOLD_LINKED_ACCOUNT_ID"));
    EXPECT_EQ(linesOf(ended.out).size(), 3U) << "stdout has only lines that a shell can evaluate: " << ended.out;
    EXPECT_NE(ended.err.find("Ctrl-C stops it"), std::string::npos) << ended.err;
    EXPECT_EQ(ended.err.find("interrupted"), std::string::npos) << ended.err;
}

TEST(DemoServer, EndsWithZeroWhenTerminated) {
    DemoServer server({"--runs", "0"});
    ASSERT_TRUE(server.started());
    EXPECT_EQ(server.end(SIGTERM).exitCode, 0);
}

TEST(DemoServer, DoesNotChangeWithStill) {
    const int port = freePort();
    DemoServer server({"--port", std::to_string(port), "--runs", "50", "--still"});
    ASSERT_TRUE(server.started());
    const std::string before = runAt(port, {"list", "--all"}).out;
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    EXPECT_EQ(runAt(port, {"list", "--all"}).out, before);
}

TEST(DemoServer, StartsAndEndsRunsAndReruns) {
    const int port = freePort();
    DemoServer server({"--port", std::to_string(port), "--runs", "50"});
    ASSERT_TRUE(server.started());
    const std::vector<std::string> failed = idsOf(runAt(port, {"list", "--failed", "--max", "1"}).out);
    ASSERT_EQ(failed.size(), 1U);
    const Subprocess::Result rerun =
        runAt(port, {"rerun", failed.front(), "--yes", "--wait", "--interval", "200ms", "--wait-timeout", "30s"});
    EXPECT_TRUE(rerun.exitCode == 0 || rerun.exitCode == 1) << "the rerun has ended: " << rerun.err;
    const std::size_t runs = idsOf(runAt(port, {"list", "--all"}).out).size();
    EXPECT_GT(runs, 51U) << "the server starts runs by itself";
    EXPECT_LT(runs, 60U) << "and not so many that they hide the others";
}

TEST(DemoServer, HasSeveralErrorsAndAccountsToShow) {
    const int port = freePort();
    DemoServer server({"--port", std::to_string(port), "--runs", "2000", "--still"});
    ASSERT_TRUE(server.started());
    const Subprocess::Result errors = runAt(port, {"errors", "--since", "26w", "--max", "100", "--rate", "off"});
    EXPECT_EQ(errors.exitCode, 0) << errors.err;
    EXPECT_GE(linesOf(errors.out).size(), 6U) << errors.out;
    for (const char* const account : {"user_12345", "acme-gmbh", "globex", "initech"}) {
        EXPECT_NE(errors.out.find("{\"id\":\"" + std::string(account) + "\""), std::string::npos) << account;
    }
}

TEST(DemoServer, NamesAPortInUse) {
    const testing::FakeServer other(historyOf(0));
    const Subprocess::Result result = runToEnd(demoServer({"--port", std::to_string(other.port())}));
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_NE(result.err.find("port " + std::to_string(other.port())), std::string::npos) << result.err;
}

}  // namespace
}  // namespace refold::test
