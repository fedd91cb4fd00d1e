// Tests the parsing of Retry-After.
#include "pipeline/retry_after.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace {

using refold::internal::parseRetryAfter;

struct Case {
    const char* value;
    std::optional<std::int64_t> milliseconds;
};

TEST(RetryAfter, ReadsWhatServersSend) {
    const refold::Timestamp now = *refold::parseTimestamp("1994-11-06T08:49:27.000Z");
    const Case cases[] = {
        {"0", 0},
        {"1", 1000},
        {"120", 120000},
        {" 3 ", 3000},
        {"0.5", 500},
        {"1.25", 1250},
        {"0.0001", 1},
        {"2.0000", 2000},
        {"Sun, 06 Nov 1994 08:49:37 GMT", 10000},
        {"Sunday, 06-Nov-94 08:49:37 GMT", 10000},
        {"Sun, 06 Nov 1994 08:49:37 UTC", 10000},
        {"Sun, 06 Nov 1994 08:49:37 +0000", 10000},
        {"Sunday, 06-Nov-94 08:49:37 UTC", 10000},
        {"Sun, 06 Nov 1994 08:49:37 +0100", {}},
        {"Sun Nov  6 08:49:37 1994", 10000},
        {"Sun Nov 16 08:49:27 1994", 864000000},
        {"Sun, 06 Nov 1994 08:49:17 GMT", 0},
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"99999999999999999999999999", 315360000000000},
        // Invalid values:
        {"", {}},
        {"-1", {}},
        {"+1", {}},
        {"soon", {}},
        {"1s", {}},
        {"1.", {}},
        {".5", {}},
        {"1,5", {}},
        {"0x10", {}},
        {"1e3", {}},
        {"nan", {}},
        {"Sun, 06 Nov 1994 08:49:37", {}},
        {"Sun, 36 Nov 1994 08:49:37 GMT", {}},
        {"Sun, 06 Foo 1994 08:49:37 GMT", {}},
        {"Sun, 06 Nov 1994 28:49:37 GMT", {}},
        {"Sun, 06 Nov 1994 08:49:37 GMT and more", {}},
    };
    for (const Case& example : cases) {
        const auto wait = parseRetryAfter(example.value, now);
        EXPECT_EQ(wait ? std::optional<std::int64_t>(wait->count()) : std::nullopt, example.milliseconds)
            << "'" << example.value << "'";
    }
}

TEST(RetryAfter, CountsFromTheResponsesDate) {
    const refold::Timestamp now = *refold::parseTimestamp("1994-11-06T07:49:34.000Z");
    refold::HttpResponse answer;
    answer.headers = {{"Date", "Sun, 06 Nov 1994 08:49:34 GMT"}, {"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}};
    EXPECT_EQ(refold::internal::retryAfterOf(answer, now)->count(), 3000);
    answer.headers[0].value = "some day";
    EXPECT_EQ(refold::internal::retryAfterOf(answer, now)->count(), 3603000);
}

TEST(RetryAfter, LongestOfSeveralHeadersWins) {
    const refold::Timestamp now = *refold::parseTimestamp("1994-11-06T08:49:34.000Z");
    refold::HttpResponse answer;
    EXPECT_FALSE(refold::internal::retryAfterOf(answer, now));
    answer.headers = {{"Retry-After", "2"}, {"retry-after", "Sun, 06 Nov 1994 08:49:44 GMT"}, {"Retry-After", "soon"}};
    EXPECT_EQ(refold::internal::retryAfterOf(answer, now)->count(), 10000);
}

TEST(RetryAfter, TwoDigitYearFarAheadIsInThePast) {
    const refold::Timestamp now = *refold::parseTimestamp("2026-06-16T00:00:00Z");
    EXPECT_EQ(parseRetryAfter("Sunday, 06-Nov-94 08:49:37 GMT", now)->count(), 0);
    EXPECT_GT(parseRetryAfter("Tuesday, 16-Jun-70 00:00:00 GMT", now)->count(), 0);
}

}  // namespace
