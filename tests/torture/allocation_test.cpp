// Repeats a whole listing, each time with another failing allocation. Every round must end with a correct result,
// `std::bad_alloc` or an error of the library, without a leak.
#include "support/fault_server.hpp"
#include "support/http_text.hpp"
#include "support/test_client.hpp"
#include "torture/counting_new.hpp"

#include <refold/testing/fake_transport.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <new>
#include <string>

namespace refold::test {
namespace {

using namespace std::chrono_literals;

constexpr int runsInAll = 6;

// Limits the rounds of one test, however many allocations a listing makes.
constexpr long maxRounds = 700;

// Serves three pages of two runs without a socket. Each round creates one; its allocations are not counted.
class CannedTransport final : public Transport {
  public:
    HttpResponse send(const HttpRequest& request) override {
        const LeftOut ours;
        int page = 1;
        for (int other = 2; other <= 3; ++other) {
            if (request.url.find("page=" + std::to_string(other)) != std::string::npos) page = other;
        }
        HttpResponse response;
        response.status = ++turns_ % 4 == 3 ? 503 : 200;
        response.headers.push_back({"Content-Type", "application/json"});
        response.body = response.status == 200 ? pageJson(page, 2, page < 3) : errorJson(503, "UNAVAILABLE", "Later.");
        return response;
    }

  private:
    std::atomic<int> turns_{0};
};

class SilentObserver final : public Observer {};

// Creates a client, reads a whole listing and destroys both; returns the number of runs.
int listAll(const ClientOptions& options, int prefetch) {
    const Client client = makeClient(options);
    ListingOptions listing;
    listing.prefetch = prefetch;
    int runs = 0;
    ExecutionListing range = client.executions({}, listing);
    for (const Execution& run : range) {
        if (run.id.size() != 24) return -1;
        ++runs;
    }
    return range.report().complete ? runs : -1;
}

struct Counts {
    long rounds = 0;
    long answers = 0;
    long badAllocs = 0;
    long errors = 0;
};

void torture(const std::function<int()>& listing, Failing how) {
    // Runs twice without failures: once to create what is created once per process, once to count the allocations.
    ASSERT_EQ(listing(), runsInAll);
    failAllocation(0, how);
    ASSERT_EQ(listing(), runsInAll);
    const long allocations = stopFailing();
    if (allocations == 0) GTEST_SKIP() << "valgrind replaces this program's operator new";
    ASSERT_GT(allocations, 10);
    const long stride = allocations / maxRounds + 1;
    Counts counts;
    for (long n = 1; n <= allocations; n += stride) {
        const long before = liveBlocks();
        int runs = 0;
        enum class End { answer, badAlloc, error, other } end = End::answer;
        std::string what;
        failAllocation(n, how);
        try {
            runs = listing();
            stopFailing();
        } catch (const std::bad_alloc&) {
            stopFailing();
            end = End::badAlloc;
        } catch (const Error& error) {
            stopFailing();
            const LeftOut ours;
            what = error.what();
            end = End::error;
        } catch (const std::exception& error) {
            stopFailing();
            const LeftOut ours;
            what = error.what();
            end = End::other;
        }
        const LeftOut ours;
        ++counts.rounds;
        counts.answers += end == End::answer ? 1 : 0;
        counts.badAllocs += end == End::badAlloc ? 1 : 0;
        counts.errors += end == End::error ? 1 : 0;
        EXPECT_NE(static_cast<int>(end), static_cast<int>(End::other)) << "allocation " << n << ": " << what;
        if (end == End::answer) {
            EXPECT_EQ(runs, runsInAll) << "wrong result when allocation " << n << " failed";
        }
        EXPECT_EQ(liveBlocks(), before) << "leak when allocation " << n << " failed";
        expectNoSecret(what, "what()");
    }
    std::printf("%ld allocations, %ld rounds: %ld right answers, %ld bad_alloc, %ld errors\n", allocations,
                counts.rounds, counts.answers, counts.badAllocs, counts.errors);
    EXPECT_GT(counts.badAllocs + counts.errors, 0) << "no injected failure had an effect: the test proves nothing";
}

ClientOptions offline() {
    ClientOptions options = quickOptions("https://api.example.test");
    options.retry.initialBackoff = 0ms;
    options.retry.quota = 1'000'000;
    options.observer = std::make_shared<SilentObserver>();
    return options;
}

class Torture : public ::testing::TestWithParam<Failing> {
  protected:
    void offlineListing(int prefetch) {
        torture(
            [prefetch] {
                ClientOptions options = offline();
                options.transport = std::make_shared<CannedTransport>();
                return listAll(options, prefetch);
            },
            GetParam());
    }

    void realListing(int prefetch) {
        const FaultServer server(
            [](const SeenRequest& request) -> FaultReply {
                int page = 1;
                for (int other = 2; other <= 3; ++other) {
                    if (request.line().find("page=" + std::to_string(other)) != std::string::npos) page = other;
                }
                return okPage(page, 2, page < 3);
            },
            [] { leaveOutThisThread(); });
        const std::string baseUrl = [&server] {
            const LeftOut ours;
            return server.baseUrl();
        }();
        torture([&baseUrl, prefetch] { return listAll(quickOptions(baseUrl), prefetch); }, GetParam());
    }
};

TEST_P(Torture, OfAListingOverACustomTransport) {
    offlineListing(0);
}

TEST_P(Torture, OfAListingThatPrefetches) {
    offlineListing(2);
}

TEST_P(Torture, OfAListingOverTheNetwork) {
    realListing(0);
}

TEST_P(Torture, OfAListingOverTheNetworkThatPrefetches) {
    realListing(1);
}

TEST_P(Torture, OfARefusal) {
    const std::string body = errorJson(404, "NOT_FOUND", "No such thing.");
    torture(
        [&body] {
            auto transport = std::make_shared<testing::FakeTransport>();
            transport->respond(404, body);
            ClientOptions options = offline();
            options.transport = transport;
            try {
                makeClient(options).listExecutions();
            } catch (const NotFoundError& error) {
                return error.requestId() == "req_0001" ? runsInAll : -1;
            }
            return -1;
        },
        GetParam());
}

TEST_P(Torture, OfADetailAndARerun) {
    const std::string body =
        R"({"_id":"a run whose id is long enough to be allocated","status":"ERRORED","nodes":[{"node_status":"Errored",
            "latest_output":{"an output":"that is long enough to be allocated too"}}]})";
    const std::string done = R"({"status":"success","id":"a new run whose id is long enough to be allocated"})";
    torture(
        [&body, &done] {
            auto transport = std::make_shared<testing::FakeTransport>();
            transport->respond(200, body).respond(200, done);
            ClientOptions options = offline();
            options.transport = transport;
            const Client client = makeClient(options);
            const ExecutionDetail run = client.getExecution("a run whose id is long enough to be allocated");
            const bool isRight = run.firstFailedNode() != nullptr && run.firstFailedNode()->latestOutput.size() == 55;
            const std::string next = client.rerunExecution(run.id);
            return isRight && next.size() == 49 ? runsInAll : -1;
        },
        GetParam());
}

INSTANTIATE_TEST_SUITE_P(Allocations, Torture, ::testing::Values(Failing::once, Failing::onwards), [](const auto& how) {
    return how.param == Failing::once ? std::string("FailOnce") : std::string("FailFromThenOn");
});

}  // namespace
}  // namespace refold::test
