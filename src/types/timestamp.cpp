// Parses and formats ISO 8601 by arithmetic: no locale, no time zone database, no global state. Uses the proleptic
// Gregorian calendar, as ISO 8601 requires.
#include <refold/timestamp.hpp>

#include "text/ascii_class.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace refold {
namespace {

constexpr std::int64_t millisecondsPerDay = 86'400'000;
constexpr std::int64_t daysPerEra = 146'097;  // 400 years, after which the calendar repeats

struct Date {
    std::int64_t year;
    int month;
    int day;
};

// Both conversions count from 1 March of year 0, so that the leap day is the last day of a year and the lengths of the
// months follow the line (153 * m + 2) / 5.
constexpr std::int64_t epochFromMarchOfYearZero = 719'468;

constexpr std::int64_t daysFromDate(const Date& date) noexcept {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t monthFromMarch = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t dayOfYear = (153 * monthFromMarch + 2) / 5 + date.day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * daysPerEra + dayOfEra - epochFromMarchOfYearZero;
}

constexpr Date dateFromDays(std::int64_t days) noexcept {
    const std::int64_t shifted = days + epochFromMarchOfYearZero;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - (daysPerEra - 1)) / daysPerEra;
    const std::int64_t dayOfEra = shifted - era * daysPerEra;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t monthFromMarch = (5 * dayOfYear + 2) / 153;
    const int day = static_cast<int>(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    const int month = static_cast<int>(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
    return Date{yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

constexpr int daysInMonth(std::int64_t year, int month) noexcept {
    constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

/// Parses the text from left to right. After one step has failed, every further step fails.
class Reader {
  public:
    explicit Reader(std::string_view text) noexcept : rest_(text) {}

    /// Reads exactly `count` digits.
    bool number(std::size_t count, int& value) noexcept {
        if (rest_.size() < count) return false;
        int result = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!internal::isDigit(rest_[i])) return false;
            result = result * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        value = result;
        return true;
    }

    bool anyOf(std::string_view characters) noexcept {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
        last_ = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }

    char last() const noexcept { return last_; }
    bool atEnd() const noexcept { return rest_.empty(); }

    /// Reads one or more digits; uses the first three.
    bool fraction(int& milliseconds) noexcept {
        int weight = 100;
        milliseconds = 0;
        std::size_t count = 0;
        for (; count < rest_.size() && internal::isDigit(rest_[count]); ++count) {
            milliseconds += weight * (rest_[count] - '0');
            weight /= 10;
        }
        rest_.remove_prefix(count);
        return count > 0;
    }

  private:
    std::string_view rest_;
    char last_ = '\0';
};

bool readDate(Reader& reader, Date& date) noexcept {
    int year = 0;
    if (!reader.number(4, year) || !reader.anyOf("-") || !reader.number(2, date.month) || !reader.anyOf("-") ||
        !reader.number(2, date.day)) {
        return false;
    }
    date.year = year;
    return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysInMonth(date.year, date.month);
}

/// A leap second (60) becomes the second that follows.
bool readTime(Reader& reader, std::int64_t& milliseconds) noexcept {
    int hour = 0;
    int minute = 0;
    int second = 0;
    int fraction = 0;
    if (!reader.number(2, hour) || !reader.anyOf(":") || !reader.number(2, minute) || !reader.anyOf(":") ||
        !reader.number(2, second) || hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    if (reader.anyOf(".,") && !reader.fraction(fraction)) return false;
    milliseconds = (std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second) * 1000 + fraction;
    return true;
}

bool readOffset(Reader& reader, std::int64_t& milliseconds) noexcept {
    milliseconds = 0;
    if (reader.atEnd()) return true;
    if (reader.anyOf("Zz")) return reader.atEnd();
    if (!reader.anyOf("+-")) return false;
    const int sign = reader.last() == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;
    if (!reader.number(2, hours)) return false;
    if (!reader.atEnd()) {
        reader.anyOf(":");
        if (!reader.number(2, minutes)) return false;
    }
    milliseconds = std::int64_t{sign} * (hours * 60 + minutes) * 60'000;
    return reader.atEnd() && hours <= 23 && minutes <= 59;
}

void appendNumber(std::string& text, std::uint64_t value, std::size_t minDigits) {
    const std::string digits = std::to_string(value);
    if (digits.size() < minDigits) text.append(minDigits - digits.size(), '0');
    text += digits;
}

}  // namespace

inline namespace v0 {

std::optional<Timestamp> parseTimestamp(std::string_view text) noexcept {
    Reader reader(text);
    Date date{};
    std::int64_t time = 0;
    std::int64_t offset = 0;
    if (!readDate(reader, date)) return std::nullopt;
    if (!reader.atEnd() && !(reader.anyOf("Tt") && readTime(reader, time) && readOffset(reader, offset))) {
        return std::nullopt;
    }
    // Cannot overflow: the year has four digits.
    return Timestamp(Timestamp::duration(daysFromDate(date) * millisecondsPerDay + time - offset));
}

std::string formatTimestamp(Timestamp time) {
    const std::int64_t total = time.time_since_epoch().count();
    std::int64_t days = total / millisecondsPerDay;
    std::int64_t rest = total % millisecondsPerDay;
    if (rest < 0) {
        rest += millisecondsPerDay;
        --days;
    }
    const Date date = dateFromDays(days);
    const auto inDay = static_cast<std::uint64_t>(rest);

    std::string text;
    text.reserve(sizeof "2026-06-16T13:15:00.887Z");
    if (date.year < 0) text += '-';
    if (date.year > 9999) text += '+';
    appendNumber(text, static_cast<std::uint64_t>(date.year < 0 ? -date.year : date.year), 4);
    text += '-';
    appendNumber(text, static_cast<std::uint64_t>(date.month), 2);
    text += '-';
    appendNumber(text, static_cast<std::uint64_t>(date.day), 2);
    text += 'T';
    appendNumber(text, inDay / 3'600'000, 2);
    text += ':';
    appendNumber(text, inDay / 60'000 % 60, 2);
    text += ':';
    appendNumber(text, inDay / 1000 % 60, 2);
    text += '.';
    appendNumber(text, inDay % 1000, 3);
    text += 'Z';
    return text;
}

}  // namespace v0
}  // namespace refold
