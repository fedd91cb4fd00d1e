// Reads numbers on the wire. Used by the codec and by json.hpp, so that both agree; not for direct use.
#ifndef REFOLD_DETAIL_WIRE_NUMBERS_HPP
#define REFOLD_DETAIL_WIRE_NUMBERS_HPP

#include <refold/export.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace refold::internal {

/// 2^53, up to which a double holds every integer.
constexpr double largestExact = 9007199254740992.0;

/// Returns the count 10 for `10.0`; no value for `10.5` and for numbers that a double does not hold exactly.
inline std::optional<std::int64_t> countFromReal(double number) noexcept {
    if (std::fabs(number) > largestExact || std::floor(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

/// Returns a rounded duration; no value if negative or too large.
inline std::optional<std::chrono::milliseconds> millisecondsFrom(double number) noexcept {
    if (!(number >= 0 && number <= largestExact)) return std::nullopt;
    return std::chrono::milliseconds(std::llround(number));
}

/// Reads `12` or `12.5`; no value for any other text.
inline std::optional<double> plainNumber(std::string_view text) noexcept {
    constexpr std::size_t longest = 32;
    if (text.empty() || text.size() > longest) return std::nullopt;
    double number = 0;
    double unit = 1;
    bool isFraction = false;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '.' && !isFraction && digits > 0) {
            isFraction = true;
            digits = 0;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        ++digits;
        if (isFraction) unit /= 10;
        number = isFraction ? number + unit * (c - '0') : number * 10 + (c - '0');
    }
    if (digits == 0) return std::nullopt;
    return number;
}

}  // namespace refold::internal

#endif
