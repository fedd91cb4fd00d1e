// rerun and stop of many runs: which are selected, each once, what is said of each, and how an interrupted one goes on.
#include "program.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace refold::test {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Counts the requests that reached the server, by run.
class Reruns {
  public:
    void count(const std::string& path) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const std::size_t end = path.rfind('/');
        const std::size_t begin = path.rfind('/', end - 1) + 1;
        ++counts_[path.substr(begin, end - begin)];
    }
    std::map<std::string, int> counts() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return counts_;
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::string, int> counts_;
};

std::string add(testing::FakeServer& server, const std::string& status, const std::string& id = "") {
    testing::FakeRun run;
    run.id = id;
    run.status = status;
    return server.addRun(run);
}

TEST(BulkRerun, RerunsEveryFailedRunOnce) {
    testing::FakeServer server(historyOf(0));
    std::set<std::string> failed;
    for (const char* const status : {"ERRORED", "COMPLETED", "FAILED", "RUNNING", "TIMED_OUT", "ERRORED"}) {
        const std::string id = add(server, status);
        if (ExecutionStatus(status).isFailure()) failed.insert(id);
    }
    Reruns reruns;
    server.onRequest([&reruns](const testing::FakeRequest& request) {
        if (request.method == "POST") reruns.count(request.path);
        return std::optional<testing::FakeAnswer>();
    });
    const Subprocess::Result planned = runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--dry-run"}));
    EXPECT_EQ(planned.exitCode, 0) << planned.err;
    EXPECT_EQ(linesOf(planned.out).size(), 4U) << planned.out;
    EXPECT_TRUE(reruns.counts().empty());

    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--yes"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(result.err, "4 rerun, 0 refused, 0 in doubt")) << result.err;
    for (const std::string& id : failed) {
        EXPECT_EQ(reruns.counts()[id], 1) << id;
        EXPECT_TRUE(holds(result.out, "{\"id\":\"" + id + "\",\"outcome\":\"rerun\",\"newId\":\"")) << result.out;
    }
    EXPECT_EQ(reruns.counts().size(), failed.size());
}

TEST(BulkStop, StopsWhatRunsForTooLong) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run;
    run.createdAt = refold::parseTimestamp("2026-06-16");
    const std::string old = server.addRun(run);
    run.createdAt = std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
    const std::string young = server.addRun(run);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"stop", "--running", "--older-than", "1h", "--yes"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(server.runJson(old), "STOPPED"));
    EXPECT_TRUE(holds(server.runJson(young), "RUNNING"));
    EXPECT_TRUE(holds(result.err, "1 stopped, 0 refused, 0 in doubt")) << result.err;
}

TEST(BulkRerun, NamesWhatWasRefused) {
    testing::FakeServer server(historyOf(0));
    const std::string known = add(server, "ERRORED");
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"rerun", known, "nobody", "--yes"}));
    EXPECT_EQ(result.exitCode, 4) << result.err;
    EXPECT_TRUE(holds(result.err, "1 rerun, 1 refused, 0 in doubt")) << result.err;
    EXPECT_TRUE(holds(result.out, "no run \\\"nobody\\\" for account")) << result.out;
}

TEST(BulkRerun, RerunsTwoHundredOnceThroughLostAnswersARestartAndInterruptions) {
    constexpr std::size_t runs = 200;
    testing::FakeServer server(historyOf(0));
    std::set<std::string> failed;
    for (std::size_t i = 0; i < runs; ++i) failed.insert(add(server, i % 3 == 0 ? "FAILED" : "ERRORED"));
    Reruns reruns;
    std::atomic<int> posts{0};
    server.onRequest([&](const testing::FakeRequest& request) -> std::optional<testing::FakeAnswer> {
        if (request.method != "POST") return {};
        const int number = ++posts;
        testing::FakeAnswer answer;
        if (number % 29 == 0) {
            // Not acted on, and said so: this one may be sent again.
            answer.status = 429;
            answer.body = R"({"message":"Too many requests"})";
            return answer;
        }
        reruns.count(request.path);
        if (number % 17 != 0) return {};
        // Acted on, and the answer is lost.
        answer.ending = testing::FakeAnswer::Ending::closed;
        return answer;
    });
    const TemporaryDirectory directory;
    const Arguments arguments = {
        "rerun", "--failed",         "--yes", "--checkpoint", directory.file("state"), "--rate",
        "off",   "--execution-type", "ASYNC"};
    std::string out;
    std::string err;
    int interruptions = 0;
    for (bool ended = false; !ended && interruptions < 20;) {
        Subprocess program(programAt(server.baseUrl(), arguments));
        // Ended by Ctrl-C or killed in the middle of things, the first five times.
        const bool interrupts = interruptions < 5;
        if (interrupts) {
            program.waitForOutput("\"outcome\":\"in doubt\"", std::chrono::seconds(30));
            server.closeConnections();
            program.send(interruptions % 2 == 0 ? SIGINT : SIGKILL);
        }
        const Subprocess::Result result = program.wait(std::chrono::seconds(90));
        out += result.out;
        err = result.err;
        ++interruptions;
        ended = result.exitCode != 130 && result.exitCode != -1;
    }
    const std::map<std::string, int> counts = reruns.counts();
    for (const auto& [id, count] : counts) EXPECT_EQ(count, 1) << id << " was rerun more than once";
    for (const std::string& id : failed) {
        const bool done = holds(out, "{\"id\":\"" + id + "\",\"outcome\":\"rerun\"");
        const bool doubtful = holds(err, "in doubt: " + id);
        const bool unseen = counts.count(id) > 0 && !done && !doubtful;
        EXPECT_FALSE(unseen && !holds(err, id)) << id << " was sent, and is neither rerun nor in doubt: " << err;
        EXPECT_TRUE(counts.count(id) > 0 || doubtful) << id << " was left out";
    }

    // All is done: to give the command once more does nothing.
    const int before = posts;
    runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(posts, before);
}

TEST(BulkRerun, RefusesACheckpointOfAnotherSelectionAndTakesAnEmptyOne) {
    testing::FakeServer server(historyOf(0));
    const std::string id = add(server, "ERRORED");
    const TemporaryDirectory directory;
    directory.write("state", "");
    const std::string file = directory.file("state");
    const Subprocess::Result first =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--yes", "--checkpoint", file}));
    EXPECT_EQ(first.exitCode, 0) << first.err;
    const Subprocess::Result other =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--status", "FAILED", "--yes", "--checkpoint", file}));
    EXPECT_EQ(other.exitCode, 2);
    EXPECT_TRUE(holds(other.err, "--checkpoint")) << other.err;
}

}  // namespace
}  // namespace refold::test
