// Tests which flag values are accepted and which are refused.
#include "flag_values.hpp"

#include "exit_code.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace cli {
namespace {

using std::chrono::milliseconds;

const refold::Timestamp now = refold::parseTimestamp("2026-06-16T13:15:00.887Z").value();

std::string start(std::string_view text) {
    return refold::formatTimestamp(parseDate("--start-date", text, DateBound::start, now));
}
std::string end(std::string_view text) {
    return refold::formatTimestamp(parseDate("--end-date", text, DateBound::end, now));
}

TEST(ParseDate, TakesDatesAndDateTimes) {
    EXPECT_EQ(start("2026-06-16"), "2026-06-16T00:00:00.000Z");
    EXPECT_EQ(end("2026-06-16"), "2026-06-16T23:59:59.999Z");
    EXPECT_EQ(end("2024-02-29"), "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(end("9999-12-31"), "9999-12-31T23:59:59.999Z");
    for (const auto& parse : {start, end}) {
        EXPECT_EQ(parse("2026-06-16T13:15:00Z"), "2026-06-16T13:15:00.000Z");
        EXPECT_EQ(parse("2026-06-16T13:15:00.887Z"), "2026-06-16T13:15:00.887Z");
        EXPECT_EQ(parse("2026-06-16T13:15:00+02:00"), "2026-06-16T11:15:00.000Z");
    }
}

TEST(ParseDate, TakesTimesAgo) {
    EXPECT_EQ(start("now"), "2026-06-16T13:15:00.887Z");
    EXPECT_EQ(start("90s"), "2026-06-16T13:13:30.887Z");
    EXPECT_EQ(start("15m"), "2026-06-16T13:00:00.887Z");
    EXPECT_EQ(start("2h"), "2026-06-16T11:15:00.887Z");
    EXPECT_EQ(start("7d"), "2026-06-09T13:15:00.887Z");
    EXPECT_EQ(end("4w"), "2026-05-19T13:15:00.887Z");
    EXPECT_EQ(start("0d"), "2026-06-16T13:15:00.887Z");
    EXPECT_EQ(start("1h30m"), "2026-06-16T11:45:00.887Z");
    EXPECT_EQ(start("NOW"), "2026-06-16T13:15:00.887Z");
}

TEST(ParseDate, TakesWordsAndTimesWithoutAnOffset) {
    EXPECT_EQ(start("today"), "2026-06-16T00:00:00.000Z");
    EXPECT_EQ(end("today"), "2026-06-16T23:59:59.999Z");
    EXPECT_EQ(start("yesterday"), "2026-06-15T00:00:00.000Z");
    EXPECT_EQ(end("Yesterday"), "2026-06-15T23:59:59.999Z");
    EXPECT_EQ(start("2026-06-16 13:15"), "2026-06-16T13:15:00.000Z");
    EXPECT_EQ(start("2026-06-16T13:15"), "2026-06-16T13:15:00.000Z");
    EXPECT_EQ(start("2026-06-16 13:15:07"), "2026-06-16T13:15:07.000Z");
}

TEST(ParseDate, RefusesEverythingElse) {
    for (const char* const text : {"",
                                   " ",
                                   "sometime",
                                   "2026",
                                   "2026-06",
                                   "2026-6-16",
                                   "16.06.2026",
                                   "06/16/2026",
                                   "2026-02-30",
                                   "2025-02-29",
                                   "30m1h",
                                   "1h1h",
                                   "1h30",
                                   "2026-06-16T",
                                   "2026-06-16T25:00:00Z",
                                   "h",
                                   "-2h",
                                   "+2h",
                                   "1.5h",
                                   "2 h",
                                   "2H",
                                   "2y",
                                   "2hours",
                                   "99999999d",
                                   "99999999999999999999h",
                                   "1750079700",
                                   " 2026-06-16",
                                   "2026-06-16T13:15:00 Z"}) {
        EXPECT_THROW(start(text), UsageError) << text;
    }
}

TEST(ParseInteger, EnforcesItsBounds) {
    EXPECT_EQ(parseInteger("--limit", "1", 1, 10), 1);
    EXPECT_EQ(parseInteger("--limit", "007", 1, 10), 7);
    EXPECT_EQ(parseInteger("--page", "9223372036854775807", 1, std::numeric_limits<std::int64_t>::max()),
              std::numeric_limits<std::int64_t>::max());
    for (const char* const text :
         {"", "0", "11", "-1", "+1", " 1", "1 ", "1.0", "1e0", "0x1", "one", "9223372036854775808"}) {
        EXPECT_THROW(parseInteger("--limit", text, 1, 10), UsageError) << text;
    }
}

TEST(ParseSeconds, TakesFractions) {
    EXPECT_EQ(parseSeconds("--timeout", "30"), milliseconds(30000));
    EXPECT_EQ(parseSeconds("--timeout", "0.25"), milliseconds(250));
    EXPECT_EQ(parseSeconds("--timeout", "0.001"), milliseconds(1));
    EXPECT_EQ(parseSeconds("--timeout", "86400"), milliseconds(86400000));
    EXPECT_EQ(parseSeconds("--timeout", "5s"), milliseconds(5000));
    EXPECT_EQ(parseSeconds("--timeout", "500ms"), milliseconds(500));
    EXPECT_EQ(parseSeconds("--timeout", "1h30m"), milliseconds(5400000));
    for (const char* const text : {"", "0", "0.0", "0.0004", "-1", "nan", "inf", "1e3", "1,5", ".5", "5.", "0x10",
                                   "86401", "1y", "s", "0s", "25h"}) {
        EXPECT_THROW(parseSeconds("--timeout", text), UsageError) << text;
    }
}

TEST(ParseRate, TakesNumbersAndOff) {
    EXPECT_EQ(parseRate("--rate", "20").perSecond, 20);
    EXPECT_EQ(parseRate("--rate", "0.5").perSecond, 0.5);
    EXPECT_TRUE(parseRate("--rate", "off").isNone());
    for (const char* const text : {"", "0", "-1", "OFF", "none", "nan", "inf", "1000000"}) {
        EXPECT_THROW(parseRate("--rate", text), UsageError) << text;
    }
}

TEST(FlagValues, MessagesNameFlagValueAndRule) {
    try {
        parseInteger("--limit", "a\x1b[31m\nbc", 1, 10);
        FAIL();
    } catch (const UsageError& error) {
        const std::string message = error.what();
        EXPECT_NE(message.find("--limit"), std::string::npos);
        EXPECT_NE(message.find("from 1 to 10"), std::string::npos);
        EXPECT_EQ(message.find('\x1b'), std::string::npos);
        EXPECT_EQ(message.find('\n'), std::string::npos);
    }
}

}  // namespace
}  // namespace cli
