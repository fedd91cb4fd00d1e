// Tests that the examples in the help work: each line is given to a shell, with a server that has the runs that it
// names, on a terminal where questions are answered with yes. What goes on for ever is interrupted after a moment.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>
#include <set>

namespace refold::test {
namespace {

constexpr const char* exampleId = "6a311e75e5b8c9f7c8586cf0";

/// Returns the command lines among the examples of a command's help.
std::vector<std::string> examplesOf(const std::string& command) {
    Arguments arguments = {"--help"};
    if (!command.empty()) arguments.insert(arguments.begin(), command);
    std::vector<std::string> examples;
    for (const std::string& line : linesOf(runToEnd(programAt("", arguments)).out)) {
        if (line.rfind("Usage:", 0) == 0) break;
        // In the program's own help, a description follows.
        if (line.rfind("  refold-executions ", 0) == 0) examples.push_back(line.substr(2, line.find("  ", 2) - 2));
    }
    return examples;
}

void writeScript(const std::string& path, const std::string& text) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
    ASSERT_GE(descriptor, 0) << path;
    EXPECT_EQ(::write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(descriptor);
}

class HelpExamples : public ::testing::TestWithParam<const char*> {};

TEST_P(HelpExamples, Work) {
    if (::access("/usr/bin/timeout", X_OK) != 0) GTEST_SKIP() << "needs timeout";
    const std::string command = GetParam();
    const std::vector<std::string> examples = examplesOf(command);
    ASSERT_FALSE(examples.empty()) << command;
    for (std::string example : examples) {
        testing::FakeServer server(historyOf(0));
        for (const char* const status : {"ERRORED", "COMPLETED"}) {
            addRun(server, currentTime() - std::chrono::minutes(10), status);
        }
        testing::FakeRun run;
        run.id = exampleId;
        run.status = command == "stop" ? "RUNNING" : "ERRORED";
        run.createdAt = currentTime() - std::chrono::hours(3);
        server.addRun(run);

        const TemporaryDirectory directory;
        writeScript(directory.file("refold-executions"),
                    "#!/bin/sh\ncase $1 in watch|demo-server) limit=1 ;; *) limit=5 ;; esac\n"
                    "exec timeout --foreground -s INT $limit '" REFOLD_EXECUTIONS_PROGRAM "' \"$@\"\n");
        if (::access("/usr/bin/jq", X_OK) != 0) writeScript(directory.file("jq"), "#!/bin/sh\nexec cat\n");
        if (const std::size_t id = example.find(" ID"); id != std::string::npos) example.replace(id + 1, 2, exampleId);
        SubprocessOptions options =
            terminalAt(server.baseUrl(), {"-c", "cd \"$1\" && eval \"$2\"", "sh", directory.path(), example});
        options.program = "/bin/sh";
        options.readsTerminal = true;
        options.environment["PATH"] = directory.path() + ":/usr/bin:/bin";
        Subprocess process(options);
        process.type("y\n");
        const Subprocess::Result result = process.wait();
        // 1: a run that failed, where the exit code says so. 124: interrupted.
        EXPECT_EQ((std::set<int>{0, 1, 124}).count(result.exitCode), 1U) << example << ": " << result.exitCode << "\n"
                                                                         << result.terminal;
        EXPECT_EQ(result.terminal.find("(--help shows what is accepted)"), std::string::npos) << result.terminal;
        EXPECT_EQ(result.terminal.find("refold-executions: --"), std::string::npos) << result.terminal;
    }
}

INSTANTIATE_TEST_SUITE_P(Program, HelpExamples,
                         ::testing::Values("", "list", "errors", "history", "watch", "get", "wait", "rerun", "stop",
                                           "demo-server"));

}  // namespace
}  // namespace refold::test
