// Uses one client from 32 threads in every permitted way: calls, ranges, copies, moves, cancellation, destruction.
// Meant to be run under ThreadSanitizer and AddressSanitizer.
#include "support/fault_server.hpp"
#include "support/http_text.hpp"
#include "support/recording_observer.hpp"
#include "support/test_client.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;
using Reply = FaultReply;

constexpr int threadCount = 32;

void inThreads(int count, const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
    for (std::thread& thread : threads) thread.join();
}

// Serves pages 1 to 3 of two runs each, with occasional faults.
class OccasionalFaults {
  public:
    Reply operator()(const SeenRequest& request) {
        const int turn = turns_++;
        if (turn % 17 == 5) return response("503 Service Unavailable", "");
        if (turn % 23 == 7) return Reply().resets();
        if (turn % 29 == 11) return Reply(head("200 OK", {"Content-Length: 500"}) + "{\"docs\"").closes();
        for (int page = 2; page <= 3; ++page) {
            if (request.line().find("page=" + std::to_string(page)) != std::string::npos)
                return okPage(page, 2, page < 3);
        }
        return okPage(1, 2, true);
    }

  private:
    std::atomic<int> turns_{0};
};

ClientOptions retryingOptions(const FaultServer& server) {
    ClientOptions options = quickOptions(server.baseUrl());
    options.retry.maxAttempts = 30;
    options.retry.quota = 1'000'000;
    options.timeout = patient(30s);
    options.observer = std::make_shared<RecordingObserver>();
    return options;
}

int countRuns(const Client& client, const CallOptions& call = {}) {
    int runs = 0;
    for (const Execution& run : client.executions({}, {}, call)) runs += run.id.empty() ? 0 : 1;
    return runs;
}

FaultServer::Handler occasionalFaults() {
    return [faults = std::make_shared<OccasionalFaults>()](const SeenRequest& request) { return (*faults)(request); };
}

TEST(Threads, CallsAndRangesOnOneClient) {
    const FaultServer server(occasionalFaults());
    const Client client = makeClient(retryingOptions(server));
    inThreads(threadCount, [&](int i) {
        for (int round = 0; round < 3; ++round) {
            if (i % 2 == 0) {
                EXPECT_EQ(client.listExecutions().size(), 2U);
            } else {
                EXPECT_EQ(countRuns(client), 6);
            }
        }
    });
}

TEST(Threads, CopiesAndMovesWhileCallsRun) {
    const FaultServer server(occasionalFaults());
    const Client client = makeClient(retryingOptions(server));
    inThreads(threadCount, [&](int i) {
        Client mine = client;
        for (int round = 0; round < 3; ++round) {
            Client moved = std::move(mine);
            EXPECT_EQ(moved.listExecutions().size(), 2U);
            mine = i % 3 == 0 ? client : moved;
        }
    });
}

TEST(Threads, CancellationFromAnotherThread) {
    const FaultServer server([faults = std::make_shared<OccasionalFaults>()](const SeenRequest& request) {
        const Reply quick = (*faults)(request);
        Reply slow;
        slow.waits(3ms);
        for (const FaultReply::Step& step : quick.steps()) slow.does(step);
        return slow;
    });
    const Client client = makeClient(retryingOptions(server));
    std::array<CancelSource, threadCount> sources;
    std::atomic<int> finished{0};
    std::thread canceller([&] {
        for (int i = 0; i < threadCount; ++i) {
            std::this_thread::sleep_for(1ms);
            if (i % 2 == 0) sources[static_cast<std::size_t>(i)].cancel();
        }
    });
    inThreads(threadCount, [&](int i) {
        CallOptions call;
        call.cancel = sources[static_cast<std::size_t>(i)].token();
        try {
            for (int round = 0; round < 3; ++round) EXPECT_EQ(countRuns(client, call), 6);
            ++finished;
        } catch (const Cancelled&) {
            EXPECT_EQ(i % 2, 0) << "cancelled, although no cancellation was requested";
        }
    });
    canceller.join();
    EXPECT_GE(finished, threadCount / 2);
}

TEST(Threads, OneSourceCancelsAll) {
    const FaultServer server(FaultServer::Script{Reply().staysSilent()});
    const Client client = makeClient(retryingOptions(server));
    const CancelSource source;
    std::atomic<int> cancelled{0};
    std::thread canceller([&] {
        EXPECT_TRUE(server.waitForServed(threadCount, patient(10s)));
        source.cancel();
    });
    inThreads(threadCount, [&](int) {
        CallOptions call;
        call.cancel = source.token();
        try {
            client.listExecutions({}, call);
        } catch (const Cancelled&) {
            ++cancelled;
        }
    });
    canceller.join();
    EXPECT_EQ(cancelled, threadCount);
}

TEST(Threads, TheClientIsDestroyedWhileItsCallsRun) {
    const FaultServer server(occasionalFaults());
    for (int round = 0; round < 5; ++round) {
        auto client = std::make_unique<Client>(makeClient(retryingOptions(server)));
        std::vector<std::thread> callers;
        for (int i = 0; i < threadCount; ++i) {
            callers.emplace_back([copy = *client, i]() mutable {
                if (i % 2 == 0) {
                    EXPECT_EQ(copy.listExecutions().size(), 2U);
                } else {
                    // The range outlives the client handle that created it.
                    ExecutionListing range = copy.executions();
                    Client(std::move(copy));
                    int runs = 0;
                    for (const Execution& run : range) runs += run.id.empty() ? 0 : 1;
                    EXPECT_EQ(runs, 6);
                }
            });
        }
        client.reset();
        for (std::thread& caller : callers) caller.join();
    }
}

TEST(Threads, RangesAreDestroyedHalfWay) {
    const FaultServer server(occasionalFaults());
    const Client client = makeClient(retryingOptions(server));
    inThreads(threadCount, [&](int i) {
        for (int round = 0; round < 5; ++round) {
            ListingOptions listing;
            listing.prefetch = i % 4;
            ExecutionListing range = client.executions({}, listing);
            auto run = range.begin();
            for (int step = 0; step < i % 3; ++step) ++run;
            EXPECT_TRUE(run != range.end());
        }
    });
}

TEST(Threads, PacedByOneBucket) {
    const FaultServer server(occasionalFaults());
    ClientOptions options = retryingOptions(server);
    options.rateLimit = RateLimit{400, 5};
    const Client client = makeClient(options);
    inThreads(threadCount, [&](int i) {
        const Client copy = client;
        CallOptions call;
        const CancelSource source;
        call.cancel = source.token();
        for (int round = 0; round < 2; ++round)
            EXPECT_EQ(copy.listExecutions({}, i % 2 == 0 ? call : CallOptions{}).size(), 2U);
    });
}

}  // namespace
}  // namespace refold::test
