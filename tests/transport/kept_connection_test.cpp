// Tests kept connections: they are used again until they have been idle for too long or are too old, and the system
// probes whether they are alive.
#include "transport/curl_transport.hpp"

#include <refold/testing/fake_server.hpp>

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace refold::internal {
namespace {

using namespace std::chrono_literals;

class KeptConnection : public ::testing::Test {
  protected:
    KeptConnection() { options.maxResponseBytes = 1 << 20; }

    /// Sends a request. Returns whether its connection had been used before.
    bool isReused(CurlTransport& transport) const {
        HttpRequest request;
        request.method = "GET";
        request.url = server.baseUrl() + "/api/v2/public/execution";
        request.idempotent = true;
        request.timeout = 30s;
        return transport.send(request).transfer.connectionReused;
    }

    const testing::FakeServer server;
    WireOptions options;
};

TEST_F(KeptConnection, IsNotUsedAgainAfterItsIdleTime) {
    EXPECT_EQ(options.maxIdle, 90s);
    options.maxIdle = 1s;
    CurlTransport transport(options);
    EXPECT_FALSE(isReused(transport));
    EXPECT_TRUE(isReused(transport));
    // libcurl counts whole seconds.
    std::this_thread::sleep_for(2100ms);
    EXPECT_FALSE(isReused(transport));
    EXPECT_TRUE(isReused(transport));
}

TEST_F(KeptConnection, IsNotUsedAgainAfterItsLifetime) {
    if (curl_version_info(CURLVERSION_NOW)->version_num < 0x075000) GTEST_SKIP() << "libcurl is older than 7.80";
    EXPECT_EQ(options.maxLifetime, 15min);
    options.maxLifetime = 1s;
    CurlTransport transport(options);
    EXPECT_FALSE(isReused(transport));
    int fresh = 0;
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < 2500ms) {
        std::this_thread::sleep_for(50ms);
        fresh += isReused(transport) ? 0 : 1;
    }
    EXPECT_GE(fresh, 1) << "although it is used all the time";
    EXPECT_LE(fresh, 3);
}

#ifdef __linux__
TEST_F(KeptConnection, IsProbedWhileIdle) {
    CurlTransport transport(options);
    EXPECT_FALSE(isReused(transport));
    const std::string port = server.baseUrl().substr(server.baseUrl().rfind(':') + 1);
    char hexadecimal[8] = {};
    std::snprintf(hexadecimal, sizeof hexadecimal, ":%04X", static_cast<unsigned>(std::stoi(port)));
    // The columns "tr" and "tm->when": 02 is the timer of the probes, in hundredths of a second.
    int found = 0;
    std::ifstream table("/proc/net/tcp");
    for (std::string line; std::getline(table, line);) {
        std::istringstream columns(line);
        std::string number;
        std::string local;
        std::string remote;
        std::string state;
        std::string queues;
        std::string timer;
        columns >> number >> local >> remote >> state >> queues >> timer;
        if (state != "01" || remote.size() < 5 || remote.substr(remote.size() - 5) != hexadecimal) continue;
        ++found;
        EXPECT_EQ(timer.substr(0, 3), "02:") << line;
        EXPECT_LE(std::strtol(timer.c_str() + 3, nullptr, 16), 20 * 100) << line;
    }
    EXPECT_EQ(found, 1);
}
#endif

}  // namespace
}  // namespace refold::internal
