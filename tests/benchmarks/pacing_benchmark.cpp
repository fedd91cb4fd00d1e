// Measures listing the whole history within the documented rate: an nginx in front of the server refuses more than 20
// requests a second with bursts of 5. The listing uses the client's default rate limit. It should take as long as its
// requests need at that rate, at most a quarter of the time for pages of 100, and never be refused.
#include <refold/refold.hpp>

#include "separate_server.hpp"
#include "support/nginx.hpp"
#include "support/temporary_directory.hpp"

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace {

using refold::benchmarks::SeparateServer;
using refold::test::Nginx;
using refold::test::TemporaryDirectory;
using refold::testing::FakeServerOptions;

constexpr double perSecond = 20;

std::string configuration(const std::string& upstream) {
    return R"(
    limit_req_zone $server_name zone=calls:1m rate=20r/s;
    limit_req_status 429;
    upstream refold {
        server )" +
           upstream + R"(;
        keepalive 16;
    }
    server {
        listen {limited};
        keepalive_requests 100000;
        limit_req zone=calls burst=5 nodelay;
        location / {
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_pass http://refold;
        }
    }
)";
}

void list(const FakeServerOptions& server, const std::string& baseUrl, const Nginx& nginx, int prefetch) {
    const std::size_t before = nginx.log("limited").size();
    refold::ClientOptions options;
    options.baseUrl = baseUrl;
    const refold::Client client{refold::apiKey(server.apiKey, server.linkedAccountId), options};
    refold::ListingOptions listing;
    listing.prefetch = prefetch;
    std::size_t runs = 0;
    const auto start = std::chrono::steady_clock::now();
    refold::ExecutionListing all = client.executions({}, listing);
    for (const refold::Execution& run : all) runs += run.rawJson.empty() ? 0 : 1;
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    if (runs != server.runs) throw std::runtime_error("not every run was seen");

    std::size_t requests = 0;
    std::size_t refused = 0;
    const std::vector<Nginx::LogLine> log =
        nginx.log("limited", before + static_cast<std::size_t>(all.report().pagesRead));
    for (std::size_t i = before; i < log.size(); ++i) {
        ++requests;
        if (log[i].status == 429) ++refused;
    }
    const double atHundred = static_cast<double>(runs) / 100 / perSecond;
    std::printf("pacing: prefetch %d: %zu requests in %.2f s, %.3f of runs/100/20, %zu refused with 429\n", prefetch,
                requests, time.count(), time.count() / atHundred, refused);
}

}  // namespace

int main() {
    FakeServerOptions options;
    options.latency = std::chrono::milliseconds(20);
    const SeparateServer server(options);
    const TemporaryDirectory directory;
    const Nginx nginx(directory, {"limited"}, configuration(server.baseUrl().substr(sizeof "http://" - 1)));
    const std::string baseUrl = "http://127.0.0.1:" + std::to_string(nginx.port("limited"));
    for (const int prefetch : {1, 8}) list(options, baseUrl, nginx, prefetch);
}
