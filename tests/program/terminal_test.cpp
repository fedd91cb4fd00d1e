// Tests the program on a terminal: width, colours, signs, progress and Ctrl-C.
#include "program.hpp"

#include "display_text.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace refold::test {
namespace {

constexpr const char* check = "\xE2\x9C\x94";
constexpr const char* cross = "\xE2\x9C\x96";
constexpr const char* ellipsis = "\xE2\x80\xA6";

/// A history with one run of each kind, and with names that try to break a table.
std::unique_ptr<testing::FakeServer> hostileServer() {
    auto server = std::make_unique<testing::FakeServer>(historyOf(0));
    const char* const statuses[] = {"COMPLETED", "FAILED", "RUNNING", "STOPPED", "ERRORED", "PAUSED"};
    const std::string names[] = {"Daily Sync",
                                 "evil \x1b[31mred\x1b[2J\x1b]0;title\x07",
                                 "two\nlines\tand\ra tab",
                                 "\xE6\x97\xA5\xE6\xAC\xA1\xE5\x90\x8C\xE6\x9C\x9F \xF0\x9F\x9A\x80",
                                 "turn \xE2\x80\xAE round \xC2\x9B"
                                 "31m",
                                 std::string(10000, 'x')};
    for (std::size_t i = 0; i < 6; ++i) {
        testing::FakeRun run;
        run.status = statuses[i];
        run.workflowName = names[i];
        server->addRun(run);
    }
    return server;
}

TEST(Terminal, TableFitsItsWidthWhateverTheNames) {
    const auto server = hostileServer();
    for (const int columns : {40, 80, 200}) {
        const Subprocess::Result result =
            runToEnd(terminalAt(server->baseUrl(), {"list"}, static_cast<unsigned short>(columns)));
        EXPECT_EQ(result.exitCode, 0);
        const std::vector<std::string> lines = linesOf(result.terminal);
        constexpr std::size_t tableLines = 7;
        // At 40 columns a line names the columns that have no room.
        ASSERT_EQ(lines.size(), tableLines + (columns == 40 ? 2U : 1U)) << result.terminal;
        std::size_t idColumn = 0;
        for (std::size_t i = 0; i < tableLines; ++i) {
            const std::string line = withoutColours(lines[i]);
            EXPECT_LE(cli::displayWidth(line), static_cast<std::size_t>(columns)) << line;
            EXPECT_EQ(cli::forDisplay(line, cli::Charset::utf8).text, line) << "the output contains unsafe characters";
            const std::string last = line.substr(line.rfind("  ") + 2);
            const std::size_t column = cli::displayWidth(line) - cli::displayWidth(last);
            if (i == 0) idColumn = column;
            EXPECT_EQ(column, idColumn) << line;
        }
        EXPECT_EQ(lines.back(), "page 1 of 1, 6 runs in all");
    }
}

TEST(Terminal, StatusHasColourAndSign) {
    const auto server = hostileServer();
    const std::string text = runToEnd(terminalAt(server->baseUrl(), {"list"})).terminal;
    EXPECT_NE(text.find(std::string("\x1b[32m") + check + " COMPLETED\x1b[0m"), std::string::npos) << text;
    EXPECT_NE(text.find(std::string("\x1b[31m") + cross + " FAILED\x1b[0m"), std::string::npos) << text;
    EXPECT_NE(text.find(std::string("\x1b[31m") + cross + " ERRORED\x1b[0m"), std::string::npos) << text;
    EXPECT_NE(text.find("\xE2\x97\x8F RUNNING"), std::string::npos) << text;
    EXPECT_NE(text.find("\xE2\x96\xA0 STOPPED"), std::string::npos) << text;
    EXPECT_NE(text.find("\xE2\x97\x8B PAUSED"), std::string::npos) << text;
    EXPECT_NE(text.find(ellipsis), std::string::npos) << text;
    EXPECT_NE(text.find(" ago"), std::string::npos) << text;
}

struct ColourCase {
    const char* name;
    std::map<std::string, std::string> environment;
    bool onTerminal;
    bool colour;
};

class ColourTest : public ::testing::TestWithParam<ColourCase> {};

TEST_P(ColourTest, FollowsTheConventions) {
    const ColourCase& tested = GetParam();
    const auto server = hostileServer();
    SubprocessOptions options = tested.onTerminal ? terminalAt(server->baseUrl(), {"list"})
                                                  : programAt(server->baseUrl(), {"list", "--format", "table"});
    for (const auto& [name, value] : tested.environment) options.environment[name] = value;
    const Subprocess::Result result = runToEnd(options);
    const std::string& text = tested.onTerminal ? result.terminal : result.out;
    EXPECT_EQ(text.find("\x1b[") != std::string::npos, tested.colour) << text;
    EXPECT_NE(text.find(check), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Program, ColourTest,
    ::testing::Values(ColourCase{"Terminal", {}, true, true}, ColourCase{"Pipe", {}, false, false},
                      ColourCase{"NoColor", {{"NO_COLOR", "1"}}, true, false},
                      ColourCase{"NoColorEmpty", {{"NO_COLOR", ""}}, true, true},
                      ColourCase{"Clicolor0", {{"CLICOLOR", "0"}}, true, false},
                      ColourCase{"Clicolor1InPipe", {{"CLICOLOR", "1"}}, false, false},
                      ColourCase{"ForceInPipe", {{"CLICOLOR_FORCE", "1"}}, false, true},
                      ColourCase{"Force0InPipe", {{"CLICOLOR_FORCE", "0"}}, false, false},
                      ColourCase{"NoColorBeatsForce", {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}, true, false},
                      ColourCase{"Dumb", {{"TERM", "dumb"}}, true, false}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Terminal, IsAsciiIfTheLocaleIsNotUtf8) {
    const auto server = hostileServer();
    SubprocessOptions options = terminalAt(server->baseUrl(), {"list"});
    options.environment["LC_ALL"] = "C";
    const std::string text = runToEnd(options).terminal;
    for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
    EXPECT_NE(text.find("+ COMPLETED"), std::string::npos) << text;
    EXPECT_NE(text.find("x FAILED"), std::string::npos) << text;
    EXPECT_NE(text.find("* RUNNING"), std::string::npos) << text;
    EXPECT_NE(text.find("# STOPPED"), std::string::npos) << text;
    EXPECT_NE(text.find("..."), std::string::npos) << text;
}

TEST(Terminal, OtherFormatsAreEscaped) {
    const auto server = hostileServer();
    for (const char* const format : {"ndjson", "json", "csv"}) {
        const std::string text = runToEnd(terminalAt(server->baseUrl(), {"list", "--format", format})).terminal;
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << format;
        EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos) << format;
        EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos) << format;
    }
}

TEST(Terminal, ErrorsAreEscaped) {
    testing::FakeServer server(historyOf(1));
    testing::FakeAnswer answer;
    answer.status = 400;
    answer.body = "{\"message\": \"\\u001b[2J\\u009b31m bad\\nrequest\"}";
    server.answerNext(answer);
    SubprocessOptions options = terminalAt(server.baseUrl(), {"list", "--workflow-name", "\x1b[31m"});
    const Subprocess::Result result = runToEnd(options);
    EXPECT_EQ(result.exitCode, 4);
    EXPECT_EQ(result.terminal.find('\x1b'), std::string::npos) << result.terminal;
    EXPECT_EQ(linesOf(result.terminal).size(), 1U) << result.terminal;
}

TEST(Progress, IsDrawnOnATerminalAndLeavesNoTrace) {
    testing::FakeServer server(historyOf(1000));
    server.setLatency(std::chrono::milliseconds(150));
    SubprocessOptions options = programAt(server.baseUrl(), {"list", "--all", "--rate", "off", "--prefetch", "0"});
    options.err = Stream::terminal;
    Subprocess process(options);
    EXPECT_TRUE(process.waitForTerminal("/1,000"));
    EXPECT_TRUE(process.waitForTerminal("/s"));
    EXPECT_TRUE(process.waitForTerminal(" left"));
    EXPECT_TRUE(process.waitForTerminal(" requests"));
    server.setLatency(std::chrono::milliseconds(0));
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_TRUE(holdsRuns(result.out, server.ids()));
    // The last drawn line is erased before the summary.
    const std::size_t erased = result.terminal.rfind("\r\x1b[K");
    ASSERT_NE(erased, std::string::npos);
    EXPECT_EQ(result.terminal.substr(erased + 4).rfind("1,000 runs, ", 0), 0U) << result.terminal;
}

TEST(Progress, ShowsWhyItWaits) {
    testing::FakeServer server(historyOf(10));
    server.failNext(1, 503, std::chrono::seconds(1));
    SubprocessOptions options = programAt(server.baseUrl(), {"list", "--all"});
    options.err = Stream::terminal;
    Subprocess process(options);
    EXPECT_TRUE(process.waitForTerminal("trying again"));
    EXPECT_EQ(process.wait().exitCode, 0);
}

TEST(Progress, IsNotDrawnInAPipeNorOnADumbTerminal) {
    testing::FakeServer server(historyOf(300));
    server.setLatency(std::chrono::milliseconds(150));
    EXPECT_EQ(runToEnd(programAt(server.baseUrl(), {"list", "--all", "--rate", "off"})).err, "");
    SubprocessOptions dumb = programAt(server.baseUrl(), {"list", "--all", "--rate", "off"});
    dumb.err = Stream::terminal;
    dumb.environment["TERM"] = "dumb";
    const Subprocess::Result result = runToEnd(dumb);
    EXPECT_EQ(linesOf(result.terminal).size(), 1U) << result.terminal;
    EXPECT_EQ(result.terminal.find('\r'), std::string::npos);
}

TEST(CtrlC, EndsWith130AndACleanTerminal) {
    testing::FakeServer server(historyOf(2000));
    server.setLatency(std::chrono::milliseconds(100));
    SubprocessOptions options = terminalAt(server.baseUrl(), {"list", "--all", "--rate", "off"}, 120);
    Subprocess process(options);
    ASSERT_TRUE(process.waitForTerminal("/2,000"));
    process.type("\x03");
    const Subprocess::Result result = process.wait();
    EXPECT_EQ(result.exitCode, 130);
    const std::string end = "refold-executions: interrupted\n";
    ASSERT_GE(result.terminal.size(), end.size());
    EXPECT_EQ(result.terminal.substr(result.terminal.size() - end.size()), end) << result.terminal;
    // Every line of the table begins at the left margin.
    EXPECT_EQ(result.terminal.find("request\xE2"), std::string::npos);
}

TEST(CtrlC, ASecondOneEndsTheProgramAtOnce) {
    testing::FakeServer server(historyOf(2000));
    server.setLatency(std::chrono::milliseconds(100));
    Subprocess process(terminalAt(server.baseUrl(), {"list", "--all", "--rate", "off"}, 120));
    ASSERT_TRUE(process.waitForTerminal("/2,000"));
    process.send(SIGINT);
    process.send(SIGINT);
    EXPECT_EQ(process.wait().exitCode, 130);
}

}  // namespace
}  // namespace refold::test
