// Measures the peak memory of a process that receives a gzip bomb of one gigabyte with default options.
#include "support/fault_server.hpp"
#include "support/gzip.hpp"
#include "support/http_text.hpp"
#include "support/test_client.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

namespace refold::test {
namespace {

// Reads /proc instead of getrusage, whose value a process inherits from its parent. Returns 0 without /proc.
long peakMebibytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6)) / 1024;
    }
    return 0;
}

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr bool measures = false;  // the measurement would include the sanitizers' memory
#elif defined(__has_feature)
constexpr bool measures = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool measures = true;
#endif

TEST(MemoryCeiling, AGzipBombOfAGigabyteStaysUnder100Mebibytes) {
    const std::string bomb = gzipBomb(1024);
    ASSERT_LT(bomb.size(), std::size_t{2} << 20);
    const FaultServer server({response("200 OK", bomb, {"Content-Encoding: gzip"})});
    ClientOptions options;
    options.baseUrl = server.baseUrl();
    options.proxy = "";
    const Client client(apiKey(testKey, testAccount), options);
    for (int i = 0; i < 3; ++i) {
        try {
            client.listExecutions();
            ADD_FAILURE() << "the bomb was accepted as a response";
        } catch (const TransportError& error) {
            EXPECT_EQ(error.kind(), TransportError::Kind::tooLarge) << error.what();
            EXPECT_EQ(error.attempts(), 1) << error.what();
        }
    }
    const long peak = peakMebibytes();
    std::printf("peak of resident memory: %ld MiB\n", peak);
    if (measures) {
        EXPECT_LT(peak, 100);
    }
}

}  // namespace
}  // namespace refold::test
