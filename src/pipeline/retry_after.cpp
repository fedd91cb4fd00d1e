// Parses Retry-After independently of the locale.
#include "pipeline/retry_after.hpp"

#include "text/ascii_case.hpp"
#include "text/ascii_class.hpp"

#include <algorithm>
#include <array>

namespace refold::internal {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t maxSeconds = 315'360'000'000;  // ten thousand years

/// Parses a text from left to right. Each step returns whether it succeeded.
class Scanner {
  public:
    explicit Scanner(std::string_view text) noexcept : rest_(text) {}

    bool atEnd() const noexcept { return rest_.empty(); }
    bool skip(std::string_view literal) noexcept {
        if (rest_.substr(0, literal.size()) != literal) return false;
        rest_.remove_prefix(literal.size());
        return true;
    }
    bool skipLetters() noexcept {
        const std::size_t before = rest_.size();
        while (!rest_.empty() && ((rest_[0] >= 'A' && rest_[0] <= 'Z') || (rest_[0] >= 'a' && rest_[0] <= 'z'))) {
            rest_.remove_prefix(1);
        }
        return rest_.size() < before;
    }
    bool number(std::size_t minDigits, std::size_t maxDigits, int& value) noexcept {
        value = 0;
        std::size_t digits = 0;
        while (digits < maxDigits && digits < rest_.size() && isDigit(rest_[digits])) {
            value = value * 10 + (rest_[digits++] - '0');
        }
        rest_.remove_prefix(digits);
        return digits >= minDigits;
    }
    bool month(int& value) noexcept {
        constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        const auto found = std::find(names.begin(), names.end(), rest_.substr(0, 3));
        if (found == names.end()) return false;
        value = static_cast<int>(found - names.begin()) + 1;
        rest_.remove_prefix(3);
        return true;
    }

  private:
    std::string_view rest_;
};

struct DateParts {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

bool readTime(Scanner& scan, DateParts& date) noexcept {
    return scan.number(2, 2, date.hour) && scan.skip(":") && scan.number(2, 2, date.minute) && scan.skip(":") &&
           scan.number(2, 2, date.second);
}

/// The names of UTC that servers write.
bool skipUtc(Scanner& scan) noexcept {
    return scan.skip(" GMT") || scan.skip(" UTC") || scan.skip(" +0000");
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
bool readImfFixdate(Scanner scan, DateParts& date) noexcept {
    return scan.skipLetters() && scan.skip(", ") && scan.number(2, 2, date.day) && scan.skip(" ") &&
           scan.month(date.month) && scan.skip(" ") && scan.number(4, 4, date.year) && scan.skip(" ") &&
           readTime(scan, date) && skipUtc(scan) && scan.atEnd();
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
bool readRfc850(Scanner scan, DateParts& date, int thisYear) noexcept {
    if (!(scan.skipLetters() && scan.skip(", ") && scan.number(2, 2, date.day) && scan.skip("-") &&
          scan.month(date.month) && scan.skip("-") && scan.number(2, 2, date.year) && scan.skip(" ") &&
          readTime(scan, date) && skipUtc(scan) && scan.atEnd())) {
        return false;
    }
    // Two digits more than 50 years ahead mean the past (RFC 9110, 5.6.7).
    date.year += thisYear / 100 * 100;
    if (date.year > thisYear + 50) date.year -= 100;
    return true;
}

/// `Sun Nov  6 08:49:37 1994`
bool readAsctime(Scanner scan, DateParts& date) noexcept {
    return scan.skipLetters() && scan.skip(" ") && scan.month(date.month) && scan.skip(" ") &&
           (scan.skip(" ") ? scan.number(1, 1, date.day) : scan.number(1, 2, date.day)) && scan.skip(" ") &&
           readTime(scan, date) && scan.skip(" ") && scan.number(4, 4, date.year) && scan.atEnd();
}

/// Returns the days from 1970-01-01 to a day in the Gregorian calendar.
std::int64_t daysSinceEpoch(int year, int month, int day) noexcept {
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t yearOfEra = y - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

int yearOf(Timestamp time) noexcept {
    const auto days = std::chrono::duration_cast<std::chrono::hours>(time.time_since_epoch()).count() / 24;
    return 1970 + static_cast<int>(days * 400 / 146097);
}

/// Since 1970-01-01.
std::optional<milliseconds> parseDate(std::string_view value, Timestamp now) noexcept {
    DateParts date;
    const Scanner scan(value);
    if (!readImfFixdate(scan, date) && !readRfc850(scan, date, yearOf(now)) && !readAsctime(scan, date)) return {};
    if (date.day < 1 || date.day > 31 || date.hour > 23 || date.minute > 59 || date.second > 60) return {};
    return std::chrono::hours(daysSinceEpoch(date.year, date.month, date.day) * 24 + date.hour) +
           std::chrono::minutes(date.minute) + std::chrono::seconds(date.second);
}

std::string_view withoutBlanks(std::string_view value) noexcept {
    const std::size_t start = value.find_first_not_of(" \t");
    if (start == std::string_view::npos) return {};
    return value.substr(start, value.find_last_not_of(" \t") - start + 1);
}

std::optional<milliseconds> parseSeconds(std::string_view value) noexcept {
    std::int64_t seconds = 0;
    std::size_t at = 0;
    for (; at < value.size() && isDigit(value[at]); ++at) {
        seconds = std::min(seconds * 10 + (value[at] - '0'), maxSeconds);
    }
    if (at == 0) return {};
    std::int64_t fraction = 0;
    if (at < value.size() && value[at] == '.') {
        std::int64_t place = 100;
        const std::size_t start = ++at;
        for (; at < value.size() && isDigit(value[at]); ++at, place /= 10) fraction += place * (value[at] - '0');
        if (at == start) return {};
        // Rounded up to milliseconds, because the wait is a minimum.
        if (at - start > 3 && value.find_first_not_of('0', start + 3) < at) ++fraction;
    }
    if (at != value.size()) return {};
    return milliseconds(seconds * 1000 + fraction);
}

}  // namespace

std::optional<milliseconds> parseRetryAfter(std::string_view value, Timestamp now) noexcept {
    value = withoutBlanks(value);
    if (value.empty()) return {};
    if (isDigit(value.front())) return parseSeconds(value);
    const std::optional<milliseconds> date = parseDate(value, now);
    if (!date) return {};
    return std::max(*date - now.time_since_epoch(), milliseconds(0));
}

std::optional<milliseconds> retryAfterOf(const HttpResponse& response, Timestamp now) noexcept {
    const std::optional<milliseconds> date = parseDate(withoutBlanks(response.header("date")), now);
    const Timestamp reference = date ? Timestamp(*date) : now;
    std::optional<milliseconds> longest;
    for (const HttpHeader& header : response.headers) {
        if (!equalsIgnoringCase(header.name, "retry-after")) continue;
        longest = std::max(longest, parseRetryAfter(header.value, reference));
    }
    return longest;
}

}  // namespace refold::internal
