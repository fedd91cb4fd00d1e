// Options and clients for most tests: short back-off, no pacing, no proxy, made-up credentials.
#ifndef REFOLD_TESTS_SUPPORT_TEST_CLIENT_HPP
#define REFOLD_TESTS_SUPPORT_TEST_CLIENT_HPP

#include "support/patience.hpp"
#include "support/secrets.hpp"

#include <refold/client.hpp>

#include <chrono>
#include <string>

namespace refold::test {

inline ClientOptions quickOptions(const std::string& baseUrl) {
    ClientOptions options;
    options.baseUrl = baseUrl;
    options.proxy = "";
    options.rateLimit = RateLimit::none();
    options.retry.initialBackoff = std::chrono::milliseconds(1);
    options.retry.maxBackoff = std::chrono::milliseconds(4);
    options.timeout = patient(std::chrono::seconds(10));
    options.attemptTimeout = patient(std::chrono::seconds(8));
    options.connectTimeout = patient(std::chrono::seconds(4));
    return options;
}

inline Client makeClient(const ClientOptions& options) {
    return Client(apiKey(testKey, testAccount), options);
}

}  // namespace refold::test

#endif
