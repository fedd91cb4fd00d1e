// A library of test helpers, whose implementation uses the testing component.
#include <refold/refold.hpp>
#include <refold/testing/fake_server.hpp>

std::size_t depender_testing();
std::size_t depender_testing() {
    refold::testing::FakeServer server;
    refold::ClientOptions options;
    options.baseUrl = server.baseUrl();
    const refold::Client client{refold::apiKey(server.options().apiKey, server.options().linkedAccountId), options};
    return client.listExecutions().size();
}
