// What counts as a number on the wire: shared by the codec and json.hpp, so that both read alike; not meant for direct
// use.
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

/// Up to where a double holds every integer, 2^53.
constexpr double largestExact = 9007199254740992.0;

/// `10.0` is the count 10; `10.5`, and what a double does not hold exactly, is none.
inline std::optional<std::int64_t> countFromReal(double number) noexcept {
    if (std::fabs(number) > largestExact || std::floor(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

/// A duration, rounded; none if it is negative or beyond all sense.
inline std::optional<std::chrono::milliseconds> millisecondsFrom(double number) noexcept {
    if (!(number >= 0 && number <= largestExact)) return std::nullopt;
    return std::chrono::milliseconds(std::llround(number));
}

/// `12` or `12.5`, and nothing else.
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
