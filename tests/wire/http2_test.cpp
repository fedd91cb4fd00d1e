// Tests HTTP/2 with nginx: ALPN, one connection for all calls, and GOAWAY.
#include "support/recording_observer.hpp"
#include "wire/wire_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

class Http2 : public Wire {
  protected:
    /// Makes the first calls of all threads at the same time.
    static void callInThreads(const Client& client, int threads, int calls) {
        std::atomic<int> missing{threads};
        std::vector<std::thread> callers;
        for (int i = 0; i < threads; ++i) {
            callers.emplace_back([&client, &missing, calls] {
                --missing;
                while (missing > 0) std::this_thread::yield();
                for (int call = 0; call < calls; ++call) {
                    EXPECT_NO_THROW(EXPECT_EQ(client.listExecutions().size(), 3U));
                }
            });
        }
        for (std::thread& caller : callers) caller.join();
    }

    static std::set<std::string> connectionsOf(const std::vector<Nginx::LogLine>& lines, std::size_t from) {
        std::set<std::string> connections;
        for (std::size_t i = from; i < lines.size(); ++i) connections.insert(lines[i].connection);
        return connections;
    }
};

TEST_F(Http2, IsUsedIfTheServerSupportsIt) {
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions observed = options(url("http2", "https"));
    observed.observer = observer;
    EXPECT_EQ(makeClient(observed).listExecutions().size(), 3U);
    ASSERT_EQ(observer->responses().size(), 1U);
    const TransferInfo transfer = observer->responses().front().transfer;
    EXPECT_EQ(transfer.httpVersion, "2");
    EXPECT_FALSE(transfer.connectionReused);
    EXPECT_GT(transfer.connect.count(), 0);
    EXPECT_GT(transfer.tls, transfer.connect);
    EXPECT_GE(transfer.firstByte, transfer.tls);
    EXPECT_GE(transfer.total, transfer.firstByte);
    EXPECT_GT(transfer.bytesReceived, 0U);
    EXPECT_LT(transfer.bytesReceived, observer->responses().front().bodyBytes) << "it was compressed on the wire";
}

TEST_F(Http2, CallsAtTheSameTimeShareOneConnection) {
    // Several new clients, because the threads seldom all start before the first connection is established.
    constexpr std::size_t rounds = 8;
    const std::size_t before = nginx().log("http2").size();
    for (std::size_t round = 0; round < rounds; ++round) callInThreads(client(url("http2", "https")), 8, 3);
    const std::size_t after = before + rounds * 8 * 3;
    const auto lines = nginx().log("http2", after);
    EXPECT_EQ(lines.size(), after);
    EXPECT_EQ(connectionsOf(lines, before).size(), rounds);
    for (std::size_t i = before; i < lines.size(); ++i) EXPECT_EQ(lines[i].protocol, "HTTP/2.0");
}

TEST_F(Http2, AGoAwayIsNotAnError) {
    const std::size_t before = nginx().log("short2").size();
    const Client shared = client(url("short2", "https"));
    for (int i = 0; i < 20; ++i) EXPECT_EQ(shared.listExecutions().size(), 3U);
    callInThreads(shared, 4, 15);
    const auto lines = nginx().log("short2", before + 80);
    EXPECT_GE(lines.size(), before + 80);
    EXPECT_GE(connectionsOf(lines, before).size(), 80U / 4);
}

TEST_F(Http2, ARerunUsesASeparateConnectionThatCannotReplayIt) {
    for (const char* const port : {"http2", "short2"}) {
        const Client shared = client(url(port, "https"));
        const std::size_t before = nginx().log(port).size();
        for (int i = 0; i < 6; ++i) {
            EXPECT_EQ(shared.listExecutions().size(), 3U);
            EXPECT_EQ(shared.rerunExecution("run_1"), "run_2");
        }
        std::set<std::string> connections;
        std::size_t reruns = 0;
        const auto lines = nginx().log(port, before + 12);
        for (std::size_t i = before; i < lines.size(); ++i) {
            if (lines[i].uri.find("/rerun") == std::string::npos) continue;
            ++reruns;
            connections.insert(lines[i].connection);
            EXPECT_EQ(lines[i].protocol, "HTTP/1.1") << "over HTTP/2, libcurl could send it again after a GOAWAY";
        }
        EXPECT_EQ(reruns, 6U) << port;
        EXPECT_EQ(connections.size(), 6U) << "each on a new connection";
    }
}

TEST_F(Http2, IsNotUsedOverPlainHttp) {
    const auto observer = std::make_shared<RecordingObserver>();
    ClientOptions observed = options(url("plain"));
    observed.observer = observer;
    makeClient(observed).listExecutions();
    EXPECT_EQ(observer->responses().at(0).transfer.httpVersion, "1.1");
}

}  // namespace
}  // namespace refold::test
