// Strict by hand: the standard's number readers take signs, spaces, `inf`, hexadecimal and the locale's comma.
#include "flag_values.hpp"

#include "display_text.hpp"
#include "exit_code.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace cli {
namespace {

/// As much of a value as a message needs.
std::string quoted(std::string_view value) {
    return "'" + forDisplay(value, Charset::utf8, 60).text + "'";
}

[[noreturn]] void refuse(std::string_view flag, std::string_view value, const std::string& rule) {
    throw UsageError(std::string(flag) + ": " + quoted(value) + " is not accepted: " + rule);
}

bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool isDigits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

std::optional<std::int64_t> readInteger(std::string_view text) noexcept {
    std::int64_t number = 0;
    if (!isDigits(text)) return {};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

/// `12` or `12.5`.
std::optional<double> readDecimal(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (!isDigits(whole) || whole.size() > 15) return {};
    if (point != std::string_view::npos && !isDigits(text.substr(point + 1))) return {};
    // The program never leaves the "C" locale, whose decimal separator is the point.
    return std::strtod(std::string(text).c_str(), nullptr);
}

std::optional<std::chrono::seconds> readAge(std::string_view text) {
    if (text.size() < 2) return {};
    const auto count = readInteger(text.substr(0, text.size() - 1));
    // Further back than any calendar: refused before it can overflow.
    if (!count || *count > 100'000'000) return {};
    switch (text.back()) {
        case 's':
            return std::chrono::seconds(*count);
        case 'm':
            return std::chrono::minutes(*count);
        case 'h':
            return std::chrono::hours(*count);
        case 'd':
            return std::chrono::hours(24 * *count);
        case 'w':
            return std::chrono::hours(7 * 24 * *count);
        default:
            return {};
    }
}

}  // namespace

std::int64_t parseInteger(std::string_view flag, std::string_view value, std::int64_t smallest, std::int64_t largest) {
    const auto number = readInteger(value);
    if (number && *number >= smallest && *number <= largest) return *number;
    std::string rule = "it takes a whole number from " + std::to_string(smallest);
    if (largest == std::numeric_limits<std::int64_t>::max()) {
        rule += " up";
    } else {
        rule += " to " + std::to_string(largest);
    }
    refuse(flag, value, rule);
}

std::chrono::milliseconds parseSeconds(std::string_view flag, std::string_view value) {
    const auto seconds = readDecimal(value);
    if (!seconds || *seconds < 0.001 || *seconds > 86400) {
        refuse(flag, value, "it takes seconds from 0.001 to 86400, such as 30 or 0.5");
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(*seconds * 1000 + 0.5));
}

refold::RateLimit parseRate(std::string_view flag, std::string_view value) {
    if (value == "off") return refold::RateLimit::none();
    const auto perSecond = readDecimal(value);
    if (!perSecond || *perSecond < 0.001 || *perSecond > 100000) {
        refuse(flag, value, "it takes requests per second from 0.001 to 100000, such as 20 or 0.5, or the word off");
    }
    refold::RateLimit limit;
    limit.perSecond = *perSecond;
    return limit;
}

std::string parseText(std::string_view flag, std::string_view value) {
    if (value.empty()) refuse(flag, value, "it takes a text that is not empty");
    return std::string(value);
}

refold::Timestamp parseDate(std::string_view flag, std::string_view value, DateBound bound, refold::Timestamp now) {
    constexpr std::size_t dateLength = 10;
    std::optional<refold::Timestamp> time;
    if (value == "now") {
        time = now;
    } else if (const auto age = readAge(value)) {
        time = now - *age;
    } else if (value.size() == dateLength || (value.size() > dateLength && value[dateLength] == 'T')) {
        // No white space, which would make the value two words in a checkpoint.
        if (value.find_first_of(" \t\r\n") == std::string_view::npos) time = refold::parseTimestamp(value);
        if (time && value.size() == dateLength && bound == DateBound::end) {
            *time += std::chrono::hours(24) - std::chrono::milliseconds(1);
        }
    }
    // The wire's format has four digits for the year.
    static const refold::Timestamp earliest = refold::parseTimestamp("0001-01-01").value();
    static const refold::Timestamp latest = refold::parseTimestamp("9999-12-31T23:59:59.999Z").value();
    if (time && *time >= earliest && *time <= latest) return *time;
    refuse(
        flag, value,
        "it takes a date (2026-06-16), a date-time (2026-06-16T13:15:00Z), a time ago (90s, 15m, 2h, 7d, 4w) or now");
}

}  // namespace cli
