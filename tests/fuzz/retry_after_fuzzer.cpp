// Any Retry-After is a time within limits, or none.
#include "fuzz/require.hpp"
#include "pipeline/retry_after.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using refold::Timestamp;
    using refold::fuzz::require;
    using refold::internal::parseRetryAfter;
    using std::chrono::milliseconds;
    constexpr milliseconds tenThousandYears = std::chrono::hours(24) * 366 * 10'000;

    const std::string_view value = refold::fuzz::textOf(data, size);
    const Timestamp then = refold::parseTimestamp("2026-06-16T13:15:00Z").value();
    const auto wait = parseRetryAfter(value, then);
    const bool isDigits = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (isDigits && !value.empty() && value.size() < 10) {
        require(wait == std::chrono::seconds(std::stoll(std::string(value))), "digits are read as seconds");
    }
    require(parseRetryAfter(' ' + std::string(value) + '\t', then) == wait, "surrounding blanks are ignored");
    if (!wait) return 0;
    require(*wait >= milliseconds(0) && *wait <= tenThousandYears, "the wait is within limits");

    // The wait until a date shrinks as time passes; a number of seconds does not change.
    const milliseconds hour = std::chrono::hours(1);
    const auto later = parseRetryAfter(value, then + hour);
    require(later && (*later == *wait || *later == std::max(*wait - hour, milliseconds(0))),
            "the wait until a date shrinks by the time that passes");
    return 0;
}
