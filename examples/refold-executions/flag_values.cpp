// Parses strictly: the standard functions accept signs, spaces, `inf`, hexadecimal and the locale's comma.
#include "flag_values.hpp"

#include "ascii_text.hpp"
#include "display_text.hpp"
#include "exit_code.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <ratio>

namespace cli {
namespace {

/// As much of a value as a message needs.
std::string quoted(std::string_view value) {
    return "'" + forDisplay(value, Charset::utf8, 60).text + "'";
}

[[noreturn]] void refuse(std::string_view flag, std::string_view value, const std::string& rule) {
    throw UsageError(std::string(flag) + ": " + quoted(value) + " is not accepted: " + rule);
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

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};

/// From the largest to the smallest, the order in which they are written.
constexpr Unit units[] = {{"w", 7 * 86'400'000LL}, {"d", 86'400'000}, {"h", 3'600'000},
                          {"m", 60'000},           {"s", 1000},       {"ms", 1}};

/// `1h30m`: whole numbers, each with its unit, the larger one first.
std::optional<std::chrono::milliseconds> readLength(std::string_view text) {
    // Further back than any calendar: refused before it can overflow.
    constexpr std::int64_t maxPerUnit = 100'000'000;
    std::int64_t sum = 0;
    const Unit* next = std::begin(units);
    while (!text.empty()) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const auto count = readInteger(text.substr(0, digits));
        text.remove_prefix(digits);
        const std::string_view name = text.substr(0, text.find_first_of("0123456789"));
        text.remove_prefix(name.size());
        const Unit* const unit =
            std::find_if(next, std::end(units), [name](const Unit& known) { return known.name == name; });
        if (!count || *count > maxPerUnit || unit == std::end(units)) return {};
        sum += *count * unit->milliseconds;
        next = unit + 1;
    }
    return next == std::begin(units) ? std::nullopt : std::optional(std::chrono::milliseconds(sum));
}

constexpr std::chrono::hours wholeDay{24};

/// The day of `time` in UTC, or that many days before it, as its first or its last millisecond.
refold::Timestamp dayOf(refold::Timestamp time, int daysBefore, DateBound bound) {
    const auto day = std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<86400>>>(time);
    const refold::Timestamp first = refold::Timestamp(day.time_since_epoch()) - wholeDay * daysBefore;
    return bound == DateBound::start ? first : first + wholeDay - std::chrono::milliseconds(1);
}

/// `2026-06-16`, `2026-06-16T13:15:00Z`, `2026-06-16 13:15`, `2026-06-16T13:15`.
std::optional<refold::Timestamp> readDate(std::string_view value, DateBound bound) {
    constexpr std::size_t dateLength = 10;
    constexpr std::size_t minuteLength = 16;
    if (value.size() == dateLength) {
        const auto date = refold::parseTimestamp(value);
        return date ? std::optional(dayOf(*date, 0, bound)) : std::nullopt;
    }
    if (value.size() < minuteLength || (value[dateLength] != 'T' && value[dateLength] != ' ')) return {};
    std::string text(value);
    text[dateLength] = 'T';
    if (text.find_first_of(" \t\r\n") != std::string::npos) return {};
    // Without an offset it is UTC, as everything that the program prints.
    if (text.size() == minuteLength) text += ":00";
    const bool hasOffset = text.find_first_of("Zz+-", dateLength) != std::string::npos;
    return refold::parseTimestamp(hasOffset ? text : text + "Z");
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
    constexpr std::chrono::milliseconds shortest{1};
    std::optional<std::chrono::milliseconds> length;
    if (const auto seconds = readDecimal(value); seconds && *seconds <= 86400) {
        length = std::chrono::milliseconds(static_cast<std::int64_t>(*seconds * 1000 + (*seconds < 0.001 ? 0 : 0.5)));
    } else if (!seconds) {
        length = readLength(value);
    }
    if (length && *length >= shortest && *length <= wholeDay) return *length;
    refuse(flag, value,
           "it takes seconds from 0.001 to 86400, such as 30 or 0.5, or a time such as 5s, 500ms or 1h30m");
}

std::chrono::milliseconds parseAge(std::string_view flag, std::string_view value) {
    if (const auto length = readLength(value)) return *length;
    refuse(flag, value, "it takes a length of time, such as 90s, 15m, 1h30m or 7d");
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
    std::optional<refold::Timestamp> time;
    const std::string word = lowered(value);
    if (word == "now") {
        time = now;
    } else if (word == "today") {
        time = dayOf(now, 0, bound);
    } else if (word == "yesterday") {
        time = dayOf(now, 1, bound);
    } else if (const auto age = readLength(value)) {
        time = now - *age;
    } else {
        time = readDate(value, bound);
    }
    // The wire's format has four digits for the year.
    static const refold::Timestamp earliest = refold::parseTimestamp("0001-01-01").value();
    static const refold::Timestamp latest = refold::parseTimestamp("9999-12-31T23:59:59.999Z").value();
    if (time && *time >= earliest && *time <= latest) return *time;
    refuse(flag, value,
           "it takes a date (2026-06-16), a date-time (2026-06-16T13:15:00Z, or in UTC '2026-06-16 13:15'), a time ago "
           "(90s, 15m, 2h, 1h30m, 7d, 4w), today, yesterday or now");
}

}  // namespace cli
