// Tests parsing and formatting of timestamps.
#include <refold/timestamp.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <chrono>
#include <clocale>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold {
namespace {

using namespace std::string_literals;

Timestamp fromMilliseconds(std::int64_t milliseconds) {
    return Timestamp(Timestamp::duration(milliseconds));
}

TEST(Timestamp, ReadsWhatServersSend) {
    struct Case {
        const char* text;
        std::int64_t milliseconds;
    };
    const std::vector<Case> cases{
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01", 0},
        {"1970-01-01T00:00:00.001Z", 1},
        {"1969-12-31T23:59:59.999Z", -1},
        {"2026-06-16T13:15:00.887Z", 1'781'615'700'887},
        {"2026-06-16T13:15:00Z", 1'781'615'700'000},
        {"2026-06-16T13:15:00", 1'781'615'700'000},
        {"2026-06-16", 1'781'568'000'000},
        // Fractions of any length; digits beyond the millisecond are truncated, not rounded.
        {"2026-06-16T13:15:00.8Z", 1'781'615'700'800},
        {"2026-06-16T13:15:00.88Z", 1'781'615'700'880},
        {"2026-06-16T13:15:00.8879999999999999999999999999Z", 1'781'615'700'887},
        {"2026-06-16T13:15:00,887Z", 1'781'615'700'887},
        {"1969-12-31T23:59:59.9999Z", -1},
        {"2026-06-16T13:15:00.887", 1'781'615'700'887},
        // Offsets.
        {"2026-06-16T15:15:00.887+02:00", 1'781'615'700'887},
        {"2026-06-16T15:15:00+0200", 1'781'615'700'000},
        {"2026-06-16T15:15:00+02", 1'781'615'700'000},
        {"2026-06-16T07:45:00-05:30", 1'781'615'700'000},
        {"2026-06-17T03:14:00+13:59", 1'781'615'700'000},
        {"2026-06-16T13:15:00-00:00", 1'781'615'700'000},
        {"2026-06-16t13:15:00z", 1'781'615'700'000},
        // A leap second is read as the following second.
        {"2016-12-31T23:59:60Z", 1'483'228'800'000},
        {"2016-12-31T23:59:60.5Z", 1'483'228'800'500},
        // Leap days and the ends of the calendar.
        {"2024-02-29", 1'709'164'800'000},
        {"2000-02-29T00:00:00Z", 951'782'400'000},
        {"0000-01-01T00:00:00Z", -62'167'219'200'000},
        {"0000-02-29", -62'162'121'600'000},
        {"9999-12-31T23:59:59.999Z", 253'402'300'799'999},
        {"0000-01-01T00:00:00+23:59", -62'167'305'540'000},
        {"9999-12-31T23:59:60.999-23:59", 253'402'387'140'999},
    };
    for (const Case& c : cases) {
        const std::optional<Timestamp> time = parseTimestamp(c.text);
        ASSERT_TRUE(time) << c.text;
        EXPECT_EQ(time->time_since_epoch().count(), c.milliseconds) << c.text;
    }
}

TEST(Timestamp, AnythingElseIsEmpty) {
    const std::vector<std::string> texts{
        "",
        "yesterday",
        "2026",
        "2026-06",
        "2026-6-16",
        "26-06-16",
        "20260616",
        "2026/06/16",
        "2026-06-16Z",
        "2026-06-16T",
        "2026-06-16T13",
        "2026-06-16T13:15",
        "2026-06-16T13:15Z",
        "2026-06-16T131500Z",
        "2026-06-16 13:15:00Z",
        "2026-06-16T13:15:00.Z",
        "2026-06-16T13:15:00.",
        "2026-06-16T13:15:00.8x",
        "2026-06-16T13:15:00ZZ",
        "2026-06-16T13:15:00Z ",
        " 2026-06-16T13:15:00Z",
        "2026-06-16T13:15:00+",
        "2026-06-16T13:15:00+2",
        "2026-06-16T13:15:00+02:",
        "2026-06-16T13:15:00+02:0",
        "2026-06-16T13:15:00+02:000",
        "2026-06-16T13:15:00+24:00",
        "2026-06-16T13:15:00+02:60",
        "2026-06-16T13:15:00+02:00Z",
        "2026-06-16T24:00:00Z",
        "2026-06-16T13:60:00Z",
        "2026-06-16T13:15:61Z",
        "2026-06-16T13:15:-1Z",
        "2026-06-16T13:15:00\0"s,
        "2026-06-16\0"s,
        "+2026-06-16",
        "-2026-06-16",
        "12026-06-16",
        "2026-00-16",
        "2026-13-16",
        "2026-06-00",
        "2026-06-31",
        "2026-02-29",
        "1900-02-29",
        "2026-01-32",
        "2026-06-1\xC2\xB2",
        std::string(100'000, '9'),
    };
    for (const std::string& text : texts) EXPECT_FALSE(parseTimestamp(text)) << text;
    const std::string good = "2026-06-16T13:15:00.887+02:00";
    const std::vector<std::size_t> alsoGood{10, 19, 21, 22, 23, 26, 29};
    for (std::size_t length = 0; length <= good.size(); ++length) {
        const bool expected = std::find(alsoGood.begin(), alsoGood.end(), length) != alsoGood.end();
        EXPECT_EQ(parseTimestamp(good.substr(0, length)).has_value(), expected) << good.substr(0, length);
    }
}

TEST(Timestamp, IsWrittenInFull) {
    struct Case {
        std::int64_t milliseconds;
        const char* text;
    };
    const std::vector<Case> cases{
        {0, "1970-01-01T00:00:00.000Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {1'781'615'700'887, "2026-06-16T13:15:00.887Z"},
        {951'782'400'000, "2000-02-29T00:00:00.000Z"},
        {253'402'300'799'999, "9999-12-31T23:59:59.999Z"},
        {-62'167'219'200'000, "0000-01-01T00:00:00.000Z"},
        // Dates outside the API's range.
        {253'402'300'800'000, "+10000-01-01T00:00:00.000Z"},
        {-62'167'219'200'001, "-0001-12-31T23:59:59.999Z"},
        {INT64_MAX, "+292278994-08-17T07:12:55.807Z"},
        {INT64_MIN, "-292275055-05-16T16:47:04.192Z"},
    };
    for (const Case& c : cases) EXPECT_EQ(formatTimestamp(fromMilliseconds(c.milliseconds)), c.text);
}

TEST(Timestamp, TenThousandYearsRoundTrip) {
    const Timestamp last = parseTimestamp("9999-12-31").value();
    std::string previous;
    // A step that varies hours, minutes, seconds and milliseconds as well.
    constexpr std::chrono::milliseconds step{5 * 86'400'000 + 3'723'457};
    for (Timestamp time = parseTimestamp("0000-01-01").value(); time <= last; time += step) {
        const std::string text = formatTimestamp(time);
        ASSERT_EQ(parseTimestamp(text), time) << text;
        ASSERT_LT(previous, text);
        previous = text;
    }
}

TEST(Timestamp, IgnoresTheLocale) {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    // Without any of these locales, the test covers the C locale only.
    for (const char* locale : {"de_DE.UTF-8", "ar_EG.UTF-8", "C.UTF-8"}) std::setlocale(LC_ALL, locale);
    EXPECT_EQ(formatTimestamp(parseTimestamp("2026-06-16T13:15:00.887Z").value()), "2026-06-16T13:15:00.887Z");
    std::setlocale(LC_ALL, before.c_str());
}

static_assert(noexcept(parseTimestamp(std::string_view())));

}  // namespace
}  // namespace refold
