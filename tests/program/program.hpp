// Runs the built program against an embedded server. Used by the black-box tests of refold-executions.
#ifndef REFOLD_TESTS_PROGRAM_PROGRAM_HPP
#define REFOLD_TESTS_PROGRAM_PROGRAM_HPP

#include "support/subprocess.hpp"

#include <refold/testing/fake_server.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace refold::test {

using Arguments = std::vector<std::string>;
using Stream = SubprocessOptions::Stream;

inline std::map<std::string, std::string> environmentFor(const std::string& baseUrl) {
    return {{"REFOLD_BASE_URL", baseUrl},
            {"REFOLD_API_KEY", "tk_test_not_a_real_key"},
            {"REFOLD_LINKED_ACCOUNT_ID", "user_12345"},
            {"LANG", "C.UTF-8"},
            {"TERM", "xterm-256color"}};
}

/// Options that run the program with its streams in pipes.
inline SubprocessOptions programAt(const std::string& baseUrl, Arguments arguments) {
    SubprocessOptions options;
    options.program = REFOLD_EXECUTIONS_PROGRAM;
    options.arguments = std::move(arguments);
    options.environment = environmentFor(baseUrl);
    return options;
}

/// Options that run the program on a terminal of `columns` columns.
inline SubprocessOptions terminalAt(const std::string& baseUrl, Arguments arguments, unsigned short columns = 80) {
    SubprocessOptions options = programAt(baseUrl, std::move(arguments));
    options.out = Stream::terminal;
    options.err = Stream::terminal;
    options.columns = columns;
    return options;
}

inline std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// Returns a text without its colour sequences.
inline std::string withoutColours(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] == '[') {
            i = text.find_first_not_of("0123456789;", i + 2);
        } else {
            plain += text[i];
        }
    }
    return plain;
}

/// Returns the ids in an ndjson output, in order.
inline std::vector<std::string> idsOf(const std::string& ndjson) {
    std::vector<std::string> ids;
    const std::string start = "{\"_id\":\"";
    for (const std::string& line : linesOf(ndjson)) {
        const bool whole = line.rfind(start, 0) == 0 && line.back() == '}';
        ids.push_back(whole ? line.substr(start.size(), line.find('"', start.size()) - start.size()) : "?" + line);
    }
    return ids;
}

/// Compares the ids in an ndjson output, and shows the first difference instead of thousands of lines.
inline ::testing::AssertionResult holdsRuns(const std::string& ndjson, const std::vector<std::string>& expected) {
    const std::vector<std::string> ids = idsOf(ndjson);
    const std::size_t common = std::min(ids.size(), expected.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (ids[i] != expected[i]) {
            return ::testing::AssertionFailure() << "run " << i << " is " << ids[i] << ", expected " << expected[i];
        }
    }
    if (ids.size() == expected.size()) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << ids.size() << " runs, expected " << expected.size();
}

/// Runs the program with a text on its stdin.
inline Subprocess::Result runWithInput(const testing::FakeServer& server, const std::string& input,
                                       const Arguments& arguments) {
    SubprocessOptions options = programAt(server.baseUrl(), {"-c", R"(text=$1; shift; printf '%s' "$text" | "$0" "$@")",
                                                             REFOLD_EXECUTIONS_PROGRAM, input});
    options.program = "/bin/sh";
    options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
    return runToEnd(options);
}

/// Answers the given number of requests and refuses the rest with `status`.
inline testing::FakeServer::RequestHook refuseAfter(int requests, int status = 400) {
    const auto count = std::make_shared<std::atomic<int>>(0);
    return [count, requests, status](const testing::FakeRequest&) -> std::optional<testing::FakeAnswer> {
        if (++*count <= requests) return {};
        testing::FakeAnswer answer;
        answer.status = status;
        return answer;
    };
}

inline Timestamp currentTime() {
    return std::chrono::time_point_cast<Timestamp::duration>(std::chrono::system_clock::now());
}

/// Adds a run of the server's usual workflow; returns its id.
inline std::string addRun(testing::FakeServer& server, Timestamp created, const std::string& status) {
    testing::FakeRun run;
    run.createdAt = created;
    run.status = status;
    return server.addRun(run);
}

inline testing::FakeServerOptions historyOf(std::size_t runs) {
    testing::FakeServerOptions options;
    options.runs = runs;
    return options;
}

}  // namespace refold::test

#endif
