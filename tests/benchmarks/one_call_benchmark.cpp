// Measures one call: a warm listExecutions of ten runs, and the same request by a reused libcurl easy handle. Both use
// the same embedded server in turn, so that other load on the machine slows both. Prints their ratio, the cost of a
// call without a network, and the cost of its structs alone, which every JSON reader has. Measures with separate
// processors for client and server, and with one for both.
#include <benchmark/benchmark.h>
#include <curl/curl.h>

#include <refold/refold.hpp>

#include "separate_server.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using refold::benchmarks::SeparateServer;
using refold::testing::FakeServerOptions;

size_t append(char* data, size_t size, size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

// The loop that users write: one reused easy handle, with the same headers as the library sends.
class BareRequest {
  public:
    BareRequest(const std::string& url, const FakeServerOptions& server) : curl_(curl_easy_init()) {
        for (const std::string& header : {"x-api-key: " + server.apiKey, "linked_account_id: " + server.linkedAccountId,
                                          std::string("Accept: application/json")}) {
            headers_.reset(curl_slist_append(headers_.release(), header.c_str()));
        }
        curl_easy_setopt(curl_.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, headers_.get());
        curl_easy_setopt(curl_.get(), CURLOPT_ACCEPT_ENCODING, "gzip");
        curl_easy_setopt(curl_.get(), CURLOPT_USERAGENT, "one_call_benchmark");
        curl_easy_setopt(curl_.get(), CURLOPT_PROXY, "");
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, append);
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &body_);
    }

    std::size_t operator()() {
        body_.clear();
        long status = 0;
        if (curl_easy_perform(curl_.get()) != CURLE_OK) throw std::runtime_error("the bare request failed");
        curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status != 200) throw std::runtime_error("the bare request was refused");
        return body_.size();
    }

    const std::string& body() const { return body_; }

  private:
    struct Cleanup {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    std::unique_ptr<CURL, Cleanup> curl_;
    std::unique_ptr<curl_slist, Cleanup> headers_;
    std::string body_;
};

// Answers with a given body: what remains of a call is the library's own work, mostly parsing the JSON.
class CannedTransport final : public refold::Transport {
  public:
    refold::HttpResponse send(const refold::HttpRequest&) override {
        refold::HttpResponse response;
        response.status = 200;
        response.body = body;
        return response;
    }

    std::string body;
};

struct MeasuredCalls {
    FakeServerOptions serverOptions;
    SeparateServer server;
    refold::Client client;
    refold::ExecutionQuery query;
    BareRequest bare;
    std::shared_ptr<CannedTransport> canned = std::make_shared<CannedTransport>();
    refold::Client offline;

    explicit MeasuredCalls(int serversProcessor)
        : server(serverOptions, serversProcessor),
          client(makeClient({})),
          bare(server.baseUrl() + "/api/v2/public/execution?limit=10", serverOptions),
          offline(makeClient(canned)) {
        query.limit = 10;
        for (int i = 0; i < 50; ++i) {
            bare();
            client.listExecutions(query);
        }
        canned->body = bare.body();
    }

    refold::Client makeClient(const std::shared_ptr<refold::Transport>& transport) const {
        refold::ClientOptions options;
        options.transport = transport;
        options.baseUrl = server.baseUrl();
        options.rateLimit = refold::RateLimit::none();
        return refold::Client{refold::apiKey(serverOptions.apiKey, serverOptions.linkedAccountId), options};
    }
};

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

template <class Call>
double microseconds(Call&& call) {
    const Clock::time_point start = Clock::now();
    benchmark::DoNotOptimize(call());
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// Each turn is a block of calls, so that both run with warm processor caches, like a program that keeps calling.
constexpr int callsPerTurn = 200;

void oneCall(benchmark::State& state, int serversProcessor) {
    refold::benchmarks::keepOn(0);
    MeasuredCalls calls(serversProcessor);
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> offline;
    std::vector<double> structs;
    const refold::Page<refold::Execution> page = calls.offline.listExecutions(calls.query);
    for (auto turn : state) {
        static_cast<void>(turn);
        for (int i = 0; i < callsPerTurn; ++i) {
            ours.push_back(microseconds([&] { return calls.client.listExecutions(calls.query).size(); }));
        }
        for (int i = 0; i < callsPerTurn; ++i) bare.push_back(microseconds([&] { return calls.bare(); }));
        for (int i = 0; i < callsPerTurn; ++i) {
            offline.push_back(microseconds([&] { return calls.offline.listExecutions(calls.query).size(); }));
        }
        for (int i = 0; i < callsPerTurn; ++i) {
            structs.push_back(microseconds([&] { return refold::Page<refold::Execution>(page).size(); }));
        }
    }
    const double oursMedian = median(ours);
    const double bareMedian = median(bare);
    state.counters["refold_us"] = oursMedian;
    state.counters["bare_us"] = bareMedian;
    state.counters["refold_offline_us"] = median(offline);
    state.counters["structs_us"] = median(structs);
    state.counters["ratio"] = oursMedian / bareMedian;
}

BENCHMARK_CAPTURE(oneCall, aProcessorEach, 1)->Iterations(20)->Repetitions(7)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(oneCall, oneForBoth, 0)->Iterations(20)->Repetitions(7)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
    std::puts("One listExecutions of 10 runs beside a bare libcurl request of the same URL: ratio, at most 1.2 wanted");
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
