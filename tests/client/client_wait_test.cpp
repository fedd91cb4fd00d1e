// Tests `Client::waitForExecution` with the embedded server, in real time.
#include "client/client_fixture.hpp"

#include "support/patience.hpp"

#include <refold/refold.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using testing::FakeServer;

std::string newRun(FakeServer& server) {
    return server.addRun();
}

WaitOptions quickWait() {
    WaitOptions options;
    options.interval = 2ms;
    options.maxInterval = 10ms;
    options.timeout = patient(20s);
    return options;
}

class Progress final : public WaitObserver {
  public:
    void onProgress(const WaitProgress& progress) override {
        seen.push_back(progress.status.value() + ' ' +
                       std::to_string(static_cast<int>(progress.percentage.value_or(-1))) + ' ' +
                       (progress.node == nullptr ? "-" : progress.node->id));
    }
    std::vector<std::string> seen;
};

TEST(WaitForExecution, FollowsARunToItsEnd) {
    FakeServer server(historyOf(3));
    const std::string id = newRun(server);
    testing::FakeNode first;
    testing::FakeNode second;
    second.id = "node_2";
    first.status = "Waiting";
    second.status = "Ready";
    std::vector<testing::FakeNode> late{first, second};
    late[0].status = "Success";
    late[1].status = "Waiting";
    std::vector<testing::FakeNode> last = late;
    last[1].status = "Errored";
    server.setStages(
        id,
        {{"RUNNING", 0, std::vector{first, second}}, {"RUNNING", 0, {}}, {"RUNNING", 50, late}, {"FAILED", 100, last}});
    WaitOptions options = quickWait();
    const auto progress = std::make_shared<Progress>();
    options.observer = progress;
    const ExecutionDetail run = clientOf(server).waitForExecution(id, options);
    EXPECT_EQ(run.id, id);
    EXPECT_EQ(run.status, ExecutionStatus::Failed);
    ASSERT_NE(run.firstFailedNode(), nullptr);
    EXPECT_EQ(run.firstFailedNode()->id, "node_2");
    EXPECT_EQ(server.requestCount(), 4U);
    EXPECT_EQ(progress->seen, (std::vector<std::string>{"RUNNING 0 node_1", "RUNNING 50 node_2", "FAILED 100 node_2"}));
}

TEST(WaitForExecution, SeesARunThatIsStopped) {
    testing::FakeServerOptions slow = historyOf(0);
    slow.stopsSlowly = true;
    FakeServer server(slow);
    const std::string id = newRun(server);
    const Client client = clientOf(server);
    client.stopExecution(id);
    EXPECT_EQ(client.waitForExecution(id, quickWait()).status, ExecutionStatus::Stopped);
    EXPECT_EQ(server.requestCount(), 3U) << "stop, STOPPING, STOPPED";
}

TEST(WaitForExecution, SurvivesAnOutage) {
    FakeServer server(historyOf(0));
    const std::string id = newRun(server);
    server.setStages(id, {{"RUNNING", {}, {}}, {"COMPLETED", {}, {}}});
    server.failNext(6, 503);
    server.breakNext(testing::FakeAnswer::Ending::closed, 5);
    EXPECT_EQ(clientOf(server).waitForExecution(id, quickWait()).status, ExecutionStatus::Completed);
}

TEST(WaitForExecution, EndsAtItsTimeout) {
    FakeServer server(historyOf(0));
    const std::string id = newRun(server);
    WaitOptions options = quickWait();
    options.timeout = patient(500ms);
    try {
        clientOf(server).waitForExecution(id, options);
        FAIL();
    } catch (const TransportError& error) {
        EXPECT_EQ(error.kind(), TransportError::Kind::timeout);
        EXPECT_NE(std::string(error.what()).find("it was RUNNING at 40 %"), std::string::npos) << error.what();
    }
    // The timeout also holds if the server does not answer.
    server.setLatency(std::chrono::hours(1));
    const Stopwatch watch;
    EXPECT_THROW(clientOf(server).waitForExecution(id, options), TransportError);
    EXPECT_LT(watch.elapsed(), patient(5s));
}

TEST(WaitForExecution, CanBeCancelledBetweenAndDuringPolls) {
    FakeServer server(historyOf(0));
    const std::string id = newRun(server);
    const Client client = clientOf(server);
    WaitOptions options;
    options.interval = std::chrono::hours(1);
    for (const bool silent : {false, true}) {
        server.setLatency(silent ? std::chrono::hours(1) : 0h);
        const CancelSource source;
        const std::uint64_t before = server.requestCount();
        std::chrono::steady_clock::time_point cancelledAt;
        std::thread other([&] {
            EXPECT_TRUE(server.waitForRequests(before + 1));
            if (!silent) std::this_thread::sleep_for(20ms);
            cancelledAt = std::chrono::steady_clock::now();
            source.cancel();
        });
        EXPECT_THROW(client.waitForExecution(id, options, {{}, source.token()}), Cancelled);
        const auto endedAt = std::chrono::steady_clock::now();
        other.join();
        EXPECT_LT(endedAt - cancelledAt, patient(2s));
    }
}

}  // namespace
}  // namespace refold::test
