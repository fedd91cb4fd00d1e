// Tests rerun and stop of many runs: the selection, each run once, the report for each, and resuming after an
// interruption.
#include "program.hpp"

#include "display_text.hpp"
#include "support/patience.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

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

TEST(BulkStop, StopsRunsThatRunForTooLong) {
    testing::FakeServer server(historyOf(0));
    testing::FakeRun run;
    run.createdAt = refold::parseTimestamp("2026-06-16");
    const std::string old = server.addRun(run);
    run.createdAt = currentTime();
    const std::string young = server.addRun(run);
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"stop", "--running", "--older-than", "1h", "--yes"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_TRUE(holds(server.runJson(old), "STOPPED"));
    EXPECT_TRUE(holds(server.runJson(young), "RUNNING"));
    EXPECT_TRUE(holds(result.err, "1 stopped, 0 refused, 0 in doubt")) << result.err;
}

TEST(BulkStop, LeavesOutRunsThatHaveEnded) {
    testing::FakeServer server(historyOf(0));
    const std::string ended = add(server, "ERRORED");
    const std::string open = add(server, "RUNNING");
    const Subprocess::Result stop =
        runToEnd(programAt(server.baseUrl(), {"stop", "--since", "2020-01-01", "--dry-run"}));
    EXPECT_TRUE(holds(stop.out, open)) << stop.out << stop.err;
    EXPECT_FALSE(holds(stop.out, ended)) << stop.out;
    const Subprocess::Result rerun =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--since", "2020-01-01", "--dry-run"}));
    EXPECT_TRUE(holds(rerun.out, ended)) << rerun.out << rerun.err;
    EXPECT_FALSE(holds(rerun.out, open)) << rerun.out;
    const Subprocess::Result latest = runToEnd(programAt(server.baseUrl(), {"rerun", "-L", "1", "--dry-run"}));
    EXPECT_TRUE(holds(latest.out, ended)) << "the latest that can be rerun:\n" << latest.out << latest.err;
}

TEST(BulkStop, LeavesOutRunsThatAreStoppingAlready) {
    testing::FakeServer server(historyOf(0));
    const std::string stopping = add(server, "STOPPING");
    const std::string running = add(server, "RUNNING");
    const Subprocess::Result all =
        runToEnd(programAt(server.baseUrl(), {"stop", "--since", "2020-01-01", "--dry-run"}));
    EXPECT_TRUE(holds(all.out, running)) << all.out << all.err;
    EXPECT_FALSE(holds(all.out, stopping)) << all.out;
    const Subprocess::Result named =
        runToEnd(programAt(server.baseUrl(), {"stop", "--status", "STOPPING", "--dry-run"}));
    EXPECT_TRUE(holds(named.out, stopping)) << named.out << named.err;
}

TEST(BulkStop, RefusesARunThatHasEndedBeforeItAsks) {
    testing::FakeServer server(historyOf(0));
    const std::string ended = add(server, "ERRORED");
    const std::string open = add(server, "RUNNING");
    const std::string message = "run " + ended + " has ended (ERRORED) and cannot be stopped";
    const Subprocess::Result planned = runToEnd(programAt(server.baseUrl(), {"stop", ended, "--dry-run"}));
    EXPECT_EQ(planned.exitCode, 4);
    EXPECT_EQ(planned.out, "");
    EXPECT_EQ(planned.err, "refold-executions: " + message + "\n");
    const Subprocess::Result both = runToEnd(programAt(server.baseUrl(), {"stop", ended, open, "--dry-run"}));
    EXPECT_EQ(both.exitCode, 4);
    EXPECT_EQ(linesOf(both.out).size(), 1U) << both.out;
    EXPECT_TRUE(holds(both.err, "1 run would be stopped; nothing was done")) << both.err;
    SubprocessOptions options = terminalAt(server.baseUrl(), {"stop", ended});
    options.readsTerminal = true;
    const Subprocess::Result asked = runToEnd(options);
    EXPECT_EQ(asked.exitCode, 4) << asked.terminal;
    EXPECT_TRUE(holds(asked.terminal, message)) << asked.terminal;
    EXPECT_FALSE(holds(asked.terminal, "[y/N]")) << asked.terminal;
}

TEST(BulkRerun, SaysThatItSelectsFromTheWholeHistory) {
    testing::FakeServer server(historyOf(0));
    for (const int days : {1, 20}) addRun(server, currentTime() - std::chrono::hours(24 * days), "ERRORED");
    const Subprocess::Result planned = runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--dry-run"}));
    EXPECT_EQ(planned.err, "2 runs of the whole history (the oldest from 20d ago) would be rerun; nothing was done\n");
    SubprocessOptions options = terminalAt(server.baseUrl(), {"rerun", "--failed"});
    options.readsTerminal = true;
    Subprocess process(options);
    EXPECT_TRUE(process.waitForTerminal("Rerun 2 runs of the whole history (the oldest from 20d ago)? "));
    process.type("n\n");
    EXPECT_EQ(process.wait().exitCode, 1);
    const Subprocess::Result dated =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--since", "30d", "--dry-run"}));
    EXPECT_EQ(dated.err, "2 runs would be rerun; nothing was done\n");
}

TEST(BulkRerun, SaysThatItWouldWait) {
    testing::FakeServer server(historyOf(0));
    add(server, "ERRORED");
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--dry-run", "--wait"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "1 run would be rerun and waited for; nothing was done\n");
}

TEST(BulkRerun, PrintsOneRunInAFormatThatIsAskedFor) {
    testing::FakeServer server(historyOf(0));
    const std::string id = add(server, "ERRORED");
    const Subprocess::Result result =
        runToEnd(programAt(server.baseUrl(), {"rerun", id, "--yes", "--format", "ndjson"}));
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.out.rfind("{\"id\":\"" + id + "\",\"outcome\":\"rerun\",\"newId\":\"", 0), 0U) << result.out;
}

TEST(BulkRerun, NamesRefusedRuns) {
    testing::FakeServer server(historyOf(0));
    const std::string known = add(server, "ERRORED");
    const Subprocess::Result result = runToEnd(programAt(server.baseUrl(), {"rerun", known, "nobody", "--yes"}));
    EXPECT_EQ(result.exitCode, 4) << result.err;
    EXPECT_TRUE(holds(result.err, "1 rerun, 1 refused, 0 in doubt")) << result.err;
    EXPECT_TRUE(holds(result.out, "no run \\\"nobody\\\" for account")) << result.out;
}

/// A server with failed runs that drops responses. It can be stopped and restarted on the same port with the same runs.
class UnreliableServer {
  public:
    explicit UnreliableServer(std::size_t runs) {
        for (std::size_t i = 0; i < runs; ++i) failed_.push_back("failed_" + std::to_string(1000 + i));
        start();
    }

    void start() {
        testing::FakeServerOptions options = historyOf(0);
        options.port = port_;
        server_ = std::make_unique<testing::FakeServer>(options);
        port_ = server_->port();
        for (std::size_t i = 0; i < failed_.size(); ++i) add(*server_, i % 3 == 0 ? "FAILED" : "ERRORED", failed_[i]);
        server_->setLatency(std::chrono::milliseconds(5));
        server_->onRequest([this](const testing::FakeRequest& request) { return answer(request); });
    }
    void stop() { server_.reset(); }

    std::string baseUrl() const { return "http://127.0.0.1:" + std::to_string(port_); }
    const std::vector<std::string>& failed() const { return failed_; }
    int posts() const { return posts_; }
    /// Returns how often the server has acted on each run.
    std::map<std::string, int> counts() const { return reruns_.counts(); }

  private:
    std::optional<testing::FakeAnswer> answer(const testing::FakeRequest& request) {
        if (request.method != "POST") return {};
        const int number = ++posts_;
        testing::FakeAnswer answer;
        if (number % 29 == 0) {
            // Refused before it had an effect: the client may send it again.
            answer.status = 429;
            answer.body = R"({"message":"Too many requests"})";
            return answer;
        }
        reruns_.count(request.path);
        if (number % 17 != 0) return {};
        // Had its effect, but the response is lost.
        answer.ending = testing::FakeAnswer::Ending::closed;
        return answer;
    }

    std::vector<std::string> failed_;
    int port_ = 0;
    Reruns reruns_;
    std::atomic<int> posts_{0};
    std::unique_ptr<testing::FakeServer> server_;
};

/// Returns the runs that a summary names as in doubt.
std::set<std::string> inDoubt(const std::string& err) {
    const std::string start = "refold-executions: in doubt: ";
    std::set<std::string> ids;
    for (const std::string& line : linesOf(err)) {
        if (line.rfind(start, 0) == 0)
            ids.insert(line.substr(start.size(), line.find(':', start.size()) - start.size()));
    }
    return ids;
}

TEST(BulkRerun, RerunsTwoHundredOnceThroughLostAnswersRestartsAndInterruptions) {
    constexpr std::size_t runs = 200;
    UnreliableServer server(runs);
    const TemporaryDirectory directory;
    const Arguments arguments = {"rerun",  "--failed", "--yes", "--checkpoint", directory.file("state"),
                                 "--rate", "off"};
    std::string out;
    const auto sentMore = [&server](int more) {
        const int before = server.posts();
        return [&server, before, more] { return server.posts() >= before + more; };
    };
    const auto waitUntil = [](const std::function<bool()>& condition) {
        const Stopwatch stopwatch;
        while (!condition() && stopwatch.elapsed() < patient(std::chrono::seconds(20))) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return condition();
    };
    {
        Subprocess program(programAt(server.baseUrl(), arguments));
        ASSERT_TRUE(waitUntil(sentMore(30)));
        program.send(SIGINT);
        const Subprocess::Result result = program.wait();
        EXPECT_EQ(result.exitCode, 130) << result.err;
        EXPECT_TRUE(holds(result.err, " left")) << result.err;
        out += result.out;
    }
    {
        Subprocess program(programAt(server.baseUrl(), arguments));
        ASSERT_TRUE(waitUntil(sentMore(30)));
        program.send(SIGKILL);
        const Subprocess::Result result = program.wait();
        EXPECT_EQ(result.signal, SIGKILL);
        out += result.out;
    }
    {
        // The server restarts while the program runs; the program is interrupted during a second outage.
        Subprocess program(programAt(server.baseUrl(), arguments));
        ASSERT_TRUE(waitUntil(sentMore(30)));
        server.stop();
        ASSERT_TRUE(program.waitForError("no complete answer from the server, trying again"));
        server.start();
        ASSERT_TRUE(program.waitForError("the server answers again", std::chrono::seconds(20)));
        ASSERT_TRUE(waitUntil(sentMore(10)));
        server.stop();
        program.send(SIGINT);
        const Subprocess::Result result = program.wait();
        EXPECT_EQ(result.exitCode, 130) << result.err;
        out += result.out;
        server.start();
    }
    const Subprocess::Result last = Subprocess(programAt(server.baseUrl(), arguments)).wait(std::chrono::seconds(90));
    out += last.out;

    const std::map<std::string, int> counts = server.counts();
    for (const auto& [id, count] : counts) EXPECT_EQ(count, 1) << id << " was rerun more than once";
    const std::set<std::string> doubtful = inDoubt(last.err);
    EXPECT_FALSE(doubtful.empty()) << "lost responses leave runs in doubt";
    EXPECT_TRUE(holds(last.err, std::to_string(runs - doubtful.size()) + " rerun, 0 refused, " +
                                    std::to_string(doubtful.size()) + " in doubt\n"))
        << last.err;
    for (const std::string& id : server.failed()) {
        if (doubtful.count(id) > 0) continue;
        EXPECT_EQ(counts.count(id), 1U) << id << " was reported as rerun but was not rerun";
    }
    for (const std::string& line : linesOf(out)) {
        if (!holds(line, "\"outcome\":\"rerun\"")) continue;
        const std::string id = line.substr(7, line.find('"', 7) - 7);
        EXPECT_EQ(doubtful.count(id), 0U) << id << " has a known outcome but is reported as in doubt";
    }

    // Everything is done: repeating the command has no effect.
    const int before = server.posts();
    const Subprocess::Result again = runToEnd(programAt(server.baseUrl(), arguments));
    EXPECT_EQ(server.posts(), before);
    EXPECT_EQ(inDoubt(again.err), doubtful);
}

TEST(BulkRerun, FitsItsLinesIntoATerminal) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 2; ++i) {
        testing::FakeRun run;
        run.status = "ERRORED";
        run.workflowName = "A workflow whose name is longer than a terminal of eighty columns has room for";
        server.addRun(run);
    }
    const Subprocess::Result result = runToEnd(terminalAt(server.baseUrl(), {"rerun", "--failed", "--yes"}));
    EXPECT_EQ(result.exitCode, 0);
    const std::vector<std::string> lines = linesOf(result.terminal);
    ASSERT_EQ(lines.size(), 3U) << result.terminal;
    for (const std::string& line : lines) EXPECT_LE(cli::displayWidth(withoutColours(line)), 80U) << line;
}

TEST(BulkRerun, AsksNothingIfNothingIsLeft) {
    testing::FakeServer server(historyOf(0));
    for (int i = 0; i < 2; ++i) add(server, "ERRORED");
    const TemporaryDirectory directory;
    const std::string file = directory.file("state");
    runToEnd(programAt(server.baseUrl(), {"rerun", "--failed", "--yes", "--checkpoint", file}));
    SubprocessOptions options = terminalAt(server.baseUrl(), {"rerun", "--failed", "--checkpoint", file});
    options.readsTerminal = true;
    const Subprocess::Result again = runToEnd(options);
    EXPECT_EQ(again.exitCode, 0) << again.terminal;
    EXPECT_FALSE(holds(again.terminal, "[y/N]")) << again.terminal;
    EXPECT_TRUE(holds(again.terminal, "2 rerun, 0 refused, 0 in doubt")) << again.terminal;
}

TEST(BulkRerun, RefusesACheckpointOfAnotherSelectionAndAcceptsAnEmptyOne) {
    testing::FakeServer server(historyOf(0));
    const std::string id = add(server, "ERRORED");
    const TemporaryDirectory directory;
    directory.write("state", " \n");
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
