// Any parsed time formats and parses to itself, and so does any time from year 0 to 9999.
#include "fuzz/require.hpp"

#include <refold/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace {

using refold::Timestamp;
using refold::fuzz::require;

void checkRoundTrip(Timestamp time) {
    const std::string text = refold::formatTimestamp(time);
    const bool isReadable = text.front() != '-' && text.front() != '+';
    require(refold::parseTimestamp(text) == (isReadable ? std::optional<Timestamp>(time) : std::nullopt),
            "a formatted time parses to the same time");
    require(!isReadable || text.size() == sizeof "2026-06-16T13:15:00.887Z" - 1, "a formatted time has all fields");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const auto time = refold::parseTimestamp(refold::fuzz::textOf(data, size))) checkRoundTrip(*time);
    std::int64_t milliseconds = 0;
    std::memcpy(&milliseconds, data, size < sizeof milliseconds ? size : sizeof milliseconds);
    checkRoundTrip(Timestamp(Timestamp::duration(milliseconds)));
    checkRoundTrip(Timestamp(Timestamp::duration(milliseconds % 253'402'300'800'000)));
    return 0;
}
