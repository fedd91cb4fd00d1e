// Tests that the completions and the man page match the program: every flag in a command's --help is in both
// completions and in the man page. Runs the completions in the shells that are installed.
#include "program.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace refold::test {
namespace {

const std::string directory = REFOLD_EXECUTIONS_DIRECTORY;
const std::string bashCompletion = directory + "/completion/refold-executions.bash";
const std::string zshCompletion = directory + "/completion/_refold-executions";

bool isThere(const std::string& path) {
    return ::access(path.c_str(), X_OK) == 0;
}

std::string helpOf(Arguments arguments) {
    arguments.push_back("--help");
    return runToEnd(programAt("", arguments)).out;
}

/// Returns the commands that the program's help lists.
std::vector<std::string> commands() {
    std::vector<std::string> names;
    bool inList = false;
    for (const std::string& line : linesOf(helpOf({}))) {
        if (inList && line.rfind("  ", 0) != 0) break;
        if (inList && line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
        inList = inList || line == "Commands:";
    }
    return names;
}

/// Returns the flags that a help text describes.
std::set<std::string> flagsOf(const std::string& help) {
    static const std::regex flagLine("^  (?:    |-[A-Za-z], )(--[a-z-]+)");
    std::set<std::string> flags;
    for (const std::string& line : linesOf(help)) {
        std::smatch found;
        if (std::regex_search(line, found, flagLine)) flags.insert(found[1]);
    }
    return flags;
}

std::string textOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Subprocess::Result runShell(const std::string& shell, Arguments arguments) {
    SubprocessOptions options;
    options.program = shell;
    options.arguments = std::move(arguments);
    options.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
    return runToEnd(options);
}

/// Returns bash's completions of the last word.
std::set<std::string> bashOffers(const std::vector<std::string>& words) {
    const std::string script =
        "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _refold_executions; "
        "printf '%s\\n' \"${COMPREPLY[@]}\"";
    Arguments arguments = {"--norc", "-c", script, "bash", bashCompletion, "refold-executions"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    const Subprocess::Result result = runShell("/bin/bash", arguments);
    EXPECT_EQ(result.err, "");
    std::set<std::string> offers;
    for (const std::string& line : linesOf(result.out)) {
        if (!line.empty()) offers.insert(line);
    }
    return offers;
}

using Offers = std::set<std::string>;

class CompletionTest : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!isThere("/bin/bash")) GTEST_SKIP() << "needs bash";
    }
};

TEST_F(CompletionTest, OfBashKnowsEveryCommandAndFlag) {
    const std::vector<std::string> names = commands();
    ASSERT_GE(names.size(), 2U) << helpOf({});
    const Offers offered = bashOffers({""});
    for (const std::string& command : names) {
        EXPECT_EQ(offered.count(command), 1U) << command;
        const Offers flags = bashOffers({command, "--"});
        const std::set<std::string> described = flagsOf(helpOf({command}));
        EXPECT_GE(described.size(), 4U) << command;
        for (const std::string& flag : described) EXPECT_EQ(flags.count(flag), 1U) << command << " " << flag;
    }
}

TEST_F(CompletionTest, OfBashKnowsValues) {
    EXPECT_EQ(bashOffers({"hi"}), Offers{"history"});
    EXPECT_EQ(bashOffers({"list", "--format", ""}), (Offers{"table", "ndjson", "json", "csv"}));
    EXPECT_EQ(bashOffers({"history", "--format", ""}), (Offers{"table", "json"}));
    EXPECT_EQ(bashOffers({"history", "--format", "=", "j"}), Offers{"json"})
        << "bash splits --format=j into these words";
    EXPECT_EQ(bashOffers({"history", "--format", "="}), (Offers{"table", "json"}));
    EXPECT_EQ(bashOffers({"list", "--status", "STOP"}), (Offers{"STOPPED", "STOPPING"}));
    EXPECT_EQ(bashOffers({"list", "--execution-type", "S"}), Offers{"SYNC"});
    EXPECT_EQ(bashOffers({"list", "--limit", ""}), Offers{}) << "numbers are not completed";
    EXPECT_EQ(bashOffers({"list", "--all", "--ma"}), Offers{"--max"});
    EXPECT_EQ(bashOffers({"bogus", "--"}), Offers{});
    const Offers files = bashOffers({"history", "--html", directory + "/history_pag"});
    EXPECT_EQ(files.count(directory + "/history_page.html"), 1U);
}

/// Returns the specifications that zsh's _arguments gets for a command.
std::string zshSpecifications(const std::string& command) {
    const std::string script =
        "_arguments() { if [[ $1 == -C ]]; then state=argument; line=($COMMAND); else print -rl -- \"$@\"; fi }; "
        "COMMAND=$2; source $1";
    const Subprocess::Result result = runShell("/usr/bin/zsh", {"-f", "-c", script, "zsh", zshCompletion, command});
    EXPECT_EQ(result.err, "");
    return result.out;
}

TEST(ZshCompletion, KnowsEveryCommandAndFlag) {
    const std::string text = textOf(zshCompletion);
    const bool hasZsh = isThere("/usr/bin/zsh");
    for (const std::string& command : commands()) {
        EXPECT_NE(text.find("'" + command + ":"), std::string::npos) << command;
        const std::string specifications = hasZsh ? zshSpecifications(command) : text;
        for (const std::string& flag : flagsOf(helpOf({command}))) {
            const bool isKnown = std::regex_search(specifications, std::regex(flag + "\\[")) ||
                                 std::regex_search(specifications, std::regex(flag + "\\}"));
            EXPECT_TRUE(isKnown) << command << " " << flag;
        }
    }
}

TEST(ManPage, KnowsEveryCommandAndFlag) {
    const std::string page = textOf(directory + "/refold-executions.1");
    for (const std::string& command : commands()) {
        EXPECT_NE(page.find(".It Cm " + command), std::string::npos) << command;
        for (const std::string& flag : flagsOf(helpOf({command}))) {
            const std::regex item("\\.It Fl ([A-Za-z] (Ar [A-Z]+ )?, (Fl )?)?" + flag.substr(1) + "( |\\n)");
            EXPECT_TRUE(std::regex_search(page, item)) << command << " " << flag;
        }
    }
}

TEST(ManPage, IsWellFormed) {
    const std::string page = directory + "/refold-executions.1";
    bool checked = false;
    if (isThere("/usr/bin/mandoc")) {
        const Subprocess::Result result = runShell("/usr/bin/mandoc", {"-Tlint", page});
        EXPECT_EQ(result.out + result.err, "");
        checked = true;
    }
    if (isThere("/usr/bin/groff")) {
        const Subprocess::Result result = runShell("/usr/bin/groff", {"-mdoc", "-ww", "-Tutf8", "-z", page});
        // A groff without its macros (package groff-base), as in a minimal image, reports that it cannot open them.
        if (result.err.find("mdoc.tmac") == std::string::npos) {
            EXPECT_EQ(result.out + result.err, "");
            checked = true;
        }
    }
    if (!checked) GTEST_SKIP() << "needs mandoc or groff";
}

}  // namespace
}  // namespace refold::test
