// Clients of the embedded server and of the scripted transport, with made-up credentials. Used by the client's tests.
#ifndef REFOLD_TESTS_CLIENT_CLIENT_FIXTURE_HPP
#define REFOLD_TESTS_CLIENT_CLIENT_FIXTURE_HPP

#include "support/test_client.hpp"

#include <refold/client.hpp>
#include <refold/testing/fake_server.hpp>
#include <refold/testing/fake_transport.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace refold::test {

inline std::shared_ptr<AuthStrategy> keyOf(const testing::FakeServer& server) {
    return apiKey(server.options().apiKey, server.options().linkedAccountId);
}

inline Client clientOf(const testing::FakeServer& server) {
    return Client(keyOf(server), quickOptions(server.baseUrl()));
}

inline testing::FakeServerOptions historyOf(std::size_t runs) {
    testing::FakeServerOptions options;
    options.runs = runs;
    return options;
}

/// Returns a client that cannot send anything.
inline Client clientOf(const std::shared_ptr<testing::FakeTransport>& transport) {
    ClientOptions options = quickOptions("https://refold.example");
    options.transport = transport;
    return Client(apiKey("tk_test_not_a_real_key", "user_12345"), options);
}

inline std::vector<std::string> idsOf(const Page<Execution>& page) {
    std::vector<std::string> ids;
    for (const Execution& run : page) ids.push_back(run.id);
    return ids;
}

inline std::vector<std::string> idsOf(ExecutionListing& listing) {
    std::vector<std::string> ids;
    for (const Execution& run : listing) ids.push_back(run.id);
    return ids;
}

}  // namespace refold::test

#endif
