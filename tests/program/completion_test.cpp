// Tests that the completions and the man page match the program: the flags in a command's --help, short names included,
// are those that both completions offer and the man page describes, no more and no fewer. Runs the completions in the
// shells that are installed.
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

/// Returns the matches of a pattern in a text.
std::set<std::string> matchesIn(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
    return found;
}

/// Returns the flags that a help text describes: `--max`, `-L`.
std::set<std::string> flagsOf(const std::string& help) {
    std::set<std::string> flags;
    for (const std::string& line : linesOf(help)) {
        if (!std::regex_search(line, std::regex("^  (    --|-[A-Za-z], --)"))) continue;
        // Behind the names, a description may speak of other flags.
        const std::string names = line.substr(0, line.find("  ", 6));
        for (const std::string& flag : matchesIn(names, "(?:^|[ ,])(--?[A-Za-z-]+)")) flags.insert(flag);
    }
    return flags;
}

std::set<std::string> longOnes(const std::set<std::string>& flags) {
    std::set<std::string> chosen;
    for (const std::string& flag : flags) {
        if (flag.rfind("--", 0) == 0) chosen.insert(flag);
    }
    return chosen;
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
        const std::set<std::string> described = flagsOf(helpOf({command}));
        EXPECT_GE(described.size(), 4U) << command;
        EXPECT_EQ(bashOffers({command, "--"}), longOnes(described)) << command;
    }
    EXPECT_EQ(offered.count("help"), 1U);
    EXPECT_EQ(bashOffers({"help", "hi"}), Offers{"history"});
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
        const std::set<std::string> described = flagsOf(helpOf({command}));
        if (hasZsh) {
            // zsh has expanded `(-L --max){-L,--max}[...]` into a specification for each name.
            EXPECT_EQ(matchesIn(zshSpecifications(command), "(?:^|\n)\\*?(?:\\([^)]*\\))?(--?[A-Za-z-]+)\\["),
                      described)
                << command;
        }
        for (const std::string& flag : described)
            EXPECT_NE(text.find(flag), std::string::npos) << command << " " << flag;
    }
}

TEST(ManPage, KnowsEveryCommandAndFlag) {
    const std::string page = textOf(directory + "/refold-executions.1");
    // `.It Fl L Ar N , Fl -max Ar N`, `.It Fl y , -yes`
    std::set<std::string> documented;
    for (const std::string& line : linesOf(page)) {
        if (line.rfind(".It Fl ", 0) != 0) continue;
        for (const std::string& name : matchesIn(line, "(?:Fl|,) (?!Fl )(-?[A-Za-z-]+)")) documented.insert("-" + name);
    }
    std::set<std::string> all;
    for (const std::string& command : commands()) {
        EXPECT_NE(page.find(".It Cm " + command), std::string::npos) << command;
        for (const std::string& flag : flagsOf(helpOf({command}))) all.insert(flag);
    }
    EXPECT_EQ(documented, all);
}

TEST(Docs, NameEveryFlag) {
    const std::string page = textOf(directory + "/../../docs/command-line.md");
    for (const std::string& command : commands()) {
        for (const std::string& flag : flagsOf(helpOf({command}))) {
            const bool isNamed = std::regex_search(page, std::regex("`" + flag + "[ `]"));
            EXPECT_TRUE(isNamed) << command << " " << flag;
        }
    }
}

TEST(Docs, NameEveryVariableOfAWatchesCommand) {
    const std::set<std::string> variables = matchesIn(helpOf({"watch"}), "(REFOLD_RUN_[A-Z_]+)");
    EXPECT_GE(variables.size(), 10U);
    for (const char* const name : {"docs/watch.md", "examples/refold-executions/refold-executions.1"}) {
        const std::string page = textOf(directory + "/../../" + name);
        EXPECT_EQ(matchesIn(page, "(REFOLD_RUN_[A-Z_]+)"), variables) << name;
    }
}

TEST(Docs, NameNoFlagThatDoesNotExist) {
    std::set<std::string> all;
    for (const std::string& command : commands()) {
        for (const std::string& flag : flagsOf(helpOf({command}))) all.insert(flag);
    }
    for (const char* const name :
         {"README.md", "docs/command-line.md", "docs/quick-start.md", "docs/run-history.md", "docs/watch.md"}) {
        for (const std::string& line : linesOf(textOf(directory + "/../../" + name))) {
            // Other programs' flags are in lines that do not name ours.
            if (line.find("refold-executions ") == std::string::npos) continue;
            for (const std::string& flag : matchesIn(line, "[ `](--[a-z][a-z-]+)")) {
                EXPECT_EQ(all.count(flag), 1U) << name << ": " << line;
            }
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
