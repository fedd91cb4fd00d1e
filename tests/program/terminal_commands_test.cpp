// Tests every command with output for people: on terminals of 80 and 200 columns, with NO_COLOR, with LC_ALL=C, with
// TERM=dumb and in a pipe. Lines must fit, and the output must suit the terminal.
#include "program.hpp"

#include "display_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace refold::test {
namespace {

struct TerminalCommand {
    const char* name;
    /// `RUN` stands for the id of a failed run.
    Arguments arguments;
    /// Text that the output must contain; `RUN` stands for the id.
    std::string word;
    int exitCode = 0;
};

const std::string since = "2025-01-01";

const TerminalCommand commands[] = {
    {"list", {"list", "--max", "20"}, "STATUS"},
    {"listColumns",
     {"list", "--failed", "--max", "20", "--columns", "age,status,workflow,error,duration,account,id"},
     "ERROR"},
    {"errors", {"errors", "--since", since, "--rate", "off"}, "workflows"},
    {"history",
     {"history", "--since", since, "--why", "--compare", "previous", "--group-by",
      "workflow,application,account,environment", "--rate", "off"},
     "COMPARED"},
    {"get", {"get", "RUN"}, "NODE"},
    {"wait", {"wait", "RUN"}, "RUN", 1},
    {"watch",
     {"watch", "--failed", "--since", since, "--interval", "0.02", "--exit-status", "--rate", "off"},
     "TIME",
     1},
    {"rerun", {"rerun", "--failed", "--max", "5", "--yes"}, "rerun"},
    {"dryRun", {"stop", "--running", "--dry-run"}, "STATUS"},
    {"help", {"history", "--help"}, "Usage:"},
};

class TerminalCommandTest : public ::testing::TestWithParam<TerminalCommand> {
  protected:
    TerminalCommandTest() : server_(options()) {}

    static testing::FakeServerOptions options() {
        testing::FakeServerOptions options = historyOf(300);
        options.otherAccounts = {"acme-gmbh", "somebody.with.a.long.address@example.com"};
        return options;
    }

    std::string failedRun() const {
        ExecutionQuery query;
        query.status = "ERRORED";
        return server_.ids(query).front();
    }

    Arguments arguments() const {
        Arguments arguments = GetParam().arguments;
        std::replace(arguments.begin(), arguments.end(), std::string("RUN"), failedRun());
        return arguments;
    }

    /// Runs the command with stdout on a terminal, and stderr too unless `err` says otherwise; returns the terminal's
    /// text.
    std::string shown(unsigned short columns, const std::map<std::string, std::string>& environment,
                      Stream err = Stream::terminal) const {
        SubprocessOptions options = terminalAt(server_.baseUrl(), arguments(), columns);
        options.err = err;
        for (const auto& [name, value] : environment) options.environment[name] = value;
        const Subprocess::Result result = runToEnd(options);
        EXPECT_EQ(result.exitCode, GetParam().exitCode) << result.terminal << result.err;
        const std::string word = GetParam().word == "RUN" ? failedRun() : GetParam().word;
        EXPECT_NE(result.terminal.find(word), std::string::npos) << result.terminal;
        return result.terminal;
    }

    testing::FakeServer server_;
};

TEST_P(TerminalCommandTest, FitsItsLines) {
    for (const int columns : {80, 200}) {
        for (const std::string& line : linesOf(shown(static_cast<unsigned short>(columns), {}, Stream::pipe))) {
            EXPECT_LE(cli::displayWidth(withoutColours(line)), static_cast<std::size_t>(columns)) << line;
        }
    }
}

TEST_P(TerminalCommandTest, HasNoColourWithNoColor) {
    const std::string text = shown(80, {{"NO_COLOR", "1"}});
    EXPECT_EQ(text.find("\x1b[3"), std::string::npos) << text;
    EXPECT_EQ(text.find("\x1b[1m"), std::string::npos) << text;
}

TEST_P(TerminalCommandTest, SendsNothingButTextToADumbTerminal) {
    const std::string text = shown(80, {{"TERM", "dumb"}});
    for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << static_cast<int>(c);
}

TEST_P(TerminalCommandTest, IsAsciiInTheCLocale) {
    const std::string text = shown(80, {{"LC_ALL", "C"}});
    for (const char c : text) ASSERT_LT(static_cast<unsigned char>(c), 0x80) << text;
}

TEST_P(TerminalCommandTest, HasNoSequencesInAPipe) {
    const Subprocess::Result result = runToEnd(programAt(server_.baseUrl(), arguments()));
    EXPECT_EQ(result.exitCode, GetParam().exitCode) << result.err;
    EXPECT_EQ(result.out.find('\x1b'), std::string::npos) << result.out;
    EXPECT_EQ(result.err.find('\x1b'), std::string::npos) << result.err;
    EXPECT_EQ(result.err.find('\r'), std::string::npos) << result.err;
}

INSTANTIATE_TEST_SUITE_P(Program, TerminalCommandTest, ::testing::ValuesIn(commands),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace refold::test
