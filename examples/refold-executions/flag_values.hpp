// Parses the values of flags. Each function takes the flag's name for its message, and throws a `UsageError` that names
// flag, value and rule. Values are never guessed, rounded or clipped.
#ifndef REFOLD_EXECUTIONS_FLAG_VALUES_HPP
#define REFOLD_EXECUTIONS_FLAG_VALUES_HPP

#include <refold/client_options.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cli {

/// A decimal integer without sign in [smallest, largest].
std::int64_t parseInteger(std::string_view flag, std::string_view value, std::int64_t smallest, std::int64_t largest);

/// Seconds as `30` or `0.25`, or with units as `5s`, `500ms`, `1h30m`: at least a millisecond, at most a day.
std::chrono::milliseconds parseSeconds(std::string_view flag, std::string_view value);

/// `off`, or requests per second as `20` or `0.5`.
refold::RateLimit parseRate(std::string_view flag, std::string_view value);

/// Accepts any text that is not empty.
std::string parseText(std::string_view flag, std::string_view value);

/// The end of a range of time that a date stands for: a bare date is its first or its last millisecond.
enum class DateBound { start, end };

/// A length of time with units, as `90s`, `15m`, `1h30m`, `7d`, `4w`, for ages.
std::chrono::milliseconds parseAge(std::string_view flag, std::string_view value);

/// `2026-06-16`, `2026-06-16T13:15:00Z` (also with fractions and offsets), `2026-06-16 13:15` (UTC), `today`,
/// `yesterday`, `now`, or a time ago: `90s`, `15m`, `1h30m`, `7d`, `4w`. Words are taken in any case of letters.
refold::Timestamp parseDate(std::string_view flag, std::string_view value, DateBound bound, refold::Timestamp now);

}  // namespace cli

#endif
