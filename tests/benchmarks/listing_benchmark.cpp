// Measures listing 24,742 runs from a server that takes 50 ms per response: the loop that users write, with a hundred
// runs a page; listings with default options, with a limit of a hundred, and with prefetch; and the transfer of the
// bytes alone as the lower bound. Then measures, without latency, the processor time per run. Prints ratios within one
// run. The server is a separate process.
#include <refold/refold.hpp>

#include "hand_written_loop.hpp"
#include "separate_server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using refold::benchmarks::PageRequest;
using refold::benchmarks::SeparateServer;
using refold::testing::FakeServerOptions;

constexpr int pageSize = 100;
const int defaultPrefetch = refold::ListingOptions().prefetch;

struct Cost {
    double seconds = 0;
    double processorSeconds = 0;
};

double processorSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class Work>
Cost costOf(Work work) {
    const double processor = processorSeconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    return {time.count(), processorSeconds() - processor};
}

class Comparison {
  public:
    explicit Comparison(const FakeServerOptions& options) : options_(options), server_(options) {}

    Cost loop() const {
        const std::unique_ptr<PageRequest> request = makeRequest();
        return costOf([&] { check(refold::benchmarks::loopOverPages(*request)); });
    }

    Cost listing(std::optional<std::int64_t> limit, int prefetch) const {
        refold::ClientOptions options;
        options.baseUrl = server_.baseUrl();
        options.rateLimit = refold::RateLimit::none();
        const refold::Client client{refold::apiKey(options_.apiKey, options_.linkedAccountId), options};
        refold::ExecutionQuery query;
        query.limit = limit;
        refold::ListingOptions listing;
        listing.prefetch = prefetch;
        std::size_t runs = 0;
        const Cost cost = costOf([&] {
            refold::ExecutionListing all = client.executions(query, listing);
            for (const refold::Execution& run : all) runs += run.rawJson.empty() ? 0 : 1;
        });
        check(runs);
        return cost;
    }

    Cost bytesAlone(int inFlight) const {
        std::vector<std::unique_ptr<PageRequest>> window;
        for (int i = 0; i < inFlight; ++i) window.push_back(makeRequest());
        const auto pages = static_cast<int>((options_.runs + pageSize - 1) / pageSize);
        return costOf([&] { refold::benchmarks::bytesOfPages(window, pages); });
    }

  private:
    std::unique_ptr<PageRequest> makeRequest() const {
        return std::make_unique<PageRequest>(
            server_.baseUrl() + "/api/v2/public/execution?limit=" + std::to_string(pageSize) + "&page=",
            std::vector<std::string>{"x-api-key: " + options_.apiKey, "linked_account_id: " + options_.linkedAccountId,
                                     "Accept: application/json"});
    }

    void check(std::size_t runs) const {
        if (runs != static_cast<std::size_t>(options_.runs)) throw std::runtime_error("not every run was seen");
    }

    FakeServerOptions options_;
    SeparateServer server_;
};

void withLatency() {
    FakeServerOptions options;
    options.latency = std::chrono::milliseconds(50);
    const Comparison comparison(options);
    // The loop is the reference: takes the better of two measurements.
    double loop = comparison.loop().seconds;
    const double standard = comparison.listing({}, defaultPrefetch).seconds;
    const double hundred = comparison.listing(pageSize, defaultPrefetch).seconds;
    const double ahead = comparison.listing({}, 8).seconds;
    const double hundredAhead = comparison.listing(pageSize, 8).seconds;
    const double limit = comparison.bytesAlone(8).seconds;
    loop = std::min(loop, comparison.loop().seconds);
    std::printf(
        "24,742 runs, 50 ms an answer; the loop, with 100 runs a page: %.2f s; its bytes alone, 8 in flight: %.2f s\n",
        loop, limit);
    const auto print = [loop](const char* what, double seconds) {
        std::printf("listing: %s: %.2f s, %.2f times as fast as the loop\n", what, seconds, loop / seconds);
    };
    print("default options", standard);
    print("limit 100", hundred);
    print("prefetch 8", ahead);
    print("limit 100, prefetch 8", hundredAhead);
}

void withoutLatency() {
    constexpr int rounds = 5;
    const Comparison comparison{FakeServerOptions{}};
    comparison.loop();
    comparison.listing({}, defaultPrefetch);
    Cost loop;
    Cost listing;
    for (int i = 0; i < rounds; ++i) {
        loop.processorSeconds += comparison.loop().processorSeconds;
        listing.processorSeconds += comparison.listing({}, defaultPrefetch).processorSeconds;
    }
    const double runs = rounds * static_cast<double>(FakeServerOptions{}.runs);
    std::printf("processor time a run, network included: the loop %.2f us, the listing %.2f us\n",
                loop.processorSeconds / runs * 1e6, listing.processorSeconds / runs * 1e6);
    std::printf("listing: a run costs %.2f of the loop's processor time\n",
                listing.processorSeconds / loop.processorSeconds);
}

}  // namespace

int main() {
    withLatency();
    withoutLatency();
}
