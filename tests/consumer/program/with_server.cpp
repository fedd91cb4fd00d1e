// A user's test: a real request over the loopback to the embedded server.
#include <refold/refold.hpp>
#include <refold/testing/fake_server.hpp>

#include <cstdio>

int main() {
    refold::testing::FakeServer server;
    refold::ClientOptions options;
    options.baseUrl = server.baseUrl();
    const refold::Client client{refold::apiKey(server.options().apiKey, server.options().linkedAccountId), options};

    const refold::Page<refold::Execution> page = client.listExecutions();
    std::printf("refold %s: %zu of %lld runs\n", refold::version(), page.size(),
                static_cast<long long>(page.totalDocs));
    return page.size() == 10 ? 0 : 1;
}
