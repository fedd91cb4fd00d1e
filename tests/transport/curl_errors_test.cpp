// Tests which time limit a timeout names, and the activity that it interrupted.
#include "transport/curl_errors.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::chrono_literals;

TEST(CurlErrors, ATimeoutNamesItsLimitAndWhatWasBeingDone) {
    TransferProgress start;
    start.limit = 30s;
    start.connectLimit = 10s;
    TransferProgress resolved = start;
    resolved.times.resolve = 1ms;
    TransferProgress inHandshake = resolved;
    inHandshake.times.connect = 2ms;
    TransferProgress connected = inHandshake;
    connected.connected = true;
    TransferProgress inHeaders = connected;
    inHeaders.headersBegun = true;
    TransferProgress inBody = inHeaders;
    inBody.bodyBegun = true;
    TransferProgress shortAttempt = resolved;
    shortAttempt.limit = 1500ms;
    struct Case {
        TransferProgress progress;
        std::string detail;
        std::string expected;
    };
    const std::vector<Case> cases{
        {start, "Resolving timed out", "the connect timeout of 10 s passed while resolving the host's name"},
        {resolved, "Connection timed out", "the connect timeout of 10 s passed while connecting"},
        {inHandshake, "SSL connection timeout", "the connect timeout of 10 s passed during the TLS handshake"},
        {shortAttempt, "Connection timed out", "the attempt's timeout of 1500 ms passed while connecting"},
        {connected, "Operation timed out", "the attempt's timeout of 30 s passed while waiting for an answer"},
        {inHeaders, "Operation timed out",
         "the attempt's timeout of 30 s passed while the answer's headers were being read"},
        {inBody, "Operation timed out", "the attempt's timeout of 30 s passed while the answer was being read"},
        // libcurl has nothing to say of a transfer that it has parked behind another: our loop ends it.
        {start, "", "the attempt's timeout of 30 s passed while waiting for another call's connection to this server"},
        {connected, "", "the attempt's timeout of 30 s passed while waiting for an answer"},
    };
    for (const Case& c : cases) {
        const TransportError error = transportErrorFor(CURLE_OPERATION_TIMEDOUT, c.detail, c.progress);
        EXPECT_EQ(error.kind(), TransportError::Kind::timeout);
        EXPECT_EQ(error.what(), c.expected);
    }
}

}  // namespace
}  // namespace refold::internal
