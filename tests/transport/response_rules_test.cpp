// Tests which status lines and lengths of a response are accepted, whatever libcurl accepts.
#include "transport/response_rules.hpp"

#include <gtest/gtest.h>

namespace refold::internal {
namespace {

TEST(ResponseRules, AcceptStatusLinesOfEveryProtocol) {
    for (const char* const line : {"HTTP/1.1 200 OK\r\n", "HTTP/1.0 404 Not Found\r\n", "HTTP/1.1 204\r\n",
                                   "HTTP/1.1  200 OK\n", "HTTP/2 200 \r\n", "HTTP/3 503 \r\n", "HTTP/2.0 200 \r\n"}) {
        EXPECT_TRUE(isStatusLine(line)) << line;
        EXPECT_EQ(faultOfStatusLine(line), "") << line;
    }
    EXPECT_FALSE(isStatusLine("X-HTTP/1.1: 200\r\n"));
}

TEST(ResponseRules, RefuseStatusesWithoutThreeDigitsAndUnknownVersions) {
    for (const char* const line : {"HTTP/1.1 20 OK\r\n", "HTTP/1.1 2000 OK\r\n", "HTTP/1.1 \r\n", "HTTP/1.1 two\r\n",
                                   "HTTP/7.3 200 OK\r\n", "HTTP/1 200 OK\r\n", "HTTP/\r\n", "HTTP/"}) {
        EXPECT_NE(faultOfStatusLine(line), "") << line;
    }
}

TEST(ResponseRules, OneLengthIsANumberOrTheSameNumberAgain) {
    for (const char* const value : {"0", "12", "12, 12", "12,12 ,12", "many", "-5", ""}) {
        EXPECT_TRUE(isOneLength(value)) << value;
    }
    for (const char* const value : {"12x", "12, 13", "1, 12", "12, 1", "12 12", "12,", "12, x"}) {
        EXPECT_FALSE(isOneLength(value)) << value;
    }
}

}  // namespace
}  // namespace refold::internal
