// Points in time as the API writes them: UTC, in milliseconds. Used by executions (`createdAt`) and by queries
// (`startDate`, `endDate`).
#ifndef REFOLD_TIMESTAMP_HPP
#define REFOLD_TIMESTAMP_HPP

#include <refold/export.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace refold {
inline namespace v0 {

/// A point in time in UTC. Convert from `system_clock::now()` with `std::chrono::time_point_cast<Timestamp::duration>`.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Parses an ISO 8601 date (`2026-06-16`, midnight UTC) or date-time, with or without a fraction of seconds, followed
/// by `Z`, an offset (`+02:00`, `+0200`, `+02`) or nothing (UTC). Digits beyond milliseconds are dropped. No value for
/// any other text and for dates that do not exist.
[[nodiscard]] REFOLD_EXPORT std::optional<Timestamp> parseTimestamp(std::string_view text) noexcept;

/// Formats as `2026-06-16T13:15:00.887Z`, always in UTC with milliseconds. Years outside 0 to 9999 have a sign and at
/// least four digits; the API does not accept those.
[[nodiscard]] REFOLD_EXPORT std::string formatTimestamp(Timestamp time);

}  // namespace v0
}  // namespace refold

#endif
