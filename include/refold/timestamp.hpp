// Points in time as the API writes them: UTC, to the millisecond. Used by executions (`createdAt`) and by queries
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

/// A point in UTC with the API's own resolution. `std::chrono::time_point_cast<Timestamp::duration>` converts from
/// `system_clock::now()`.
using Timestamp = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Reads an ISO 8601 date (`2026-06-16`, midnight UTC) or date-time with or without seconds' fraction, closed by `Z`
/// or an offset (`+02:00`, `+0200`, `+02`). A date-time without either is taken as UTC. Digits beyond the millisecond
/// are cut off. Empty for anything else, and for days that do not exist.
REFOLD_EXPORT std::optional<Timestamp> parseTimestamp(std::string_view text) noexcept;

/// Writes `2026-06-16T13:15:00.887Z`: always UTC, always with milliseconds. Years outside 0 to 9999 are written with
/// their sign and at least four digits, which the API does not read.
REFOLD_EXPORT std::string formatTimestamp(Timestamp time);

}  // namespace v0
}  // namespace refold

#endif
