// Scans JSON text without parsing it.
#include "codec/json_text.hpp"

#include "text/ascii_class.hpp"
#include "text/hex_digits.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace refold::internal {
namespace {

std::size_t skipDigits(std::string_view text, std::size_t from) {
    while (from < text.size() && isDigit(text[from])) ++from;
    return from;
}

struct Number {
    std::size_t end;
    bool isHuge;
};

/// Reads the number at `begin`. Whether it is huge follows from its power of ten: the digits before the point, less
/// one, plus the exponent.
Number readNumber(std::string_view text, std::size_t begin) {
    constexpr std::int64_t maxPower = 308;
    constexpr std::int64_t enough = std::int64_t{1} << 40;  // longer than any text

    const std::size_t digits = text[begin] == '-' ? begin + 1 : begin;
    const bool isZero = digits < text.size() && text[digits] == '0';
    std::size_t end = isZero ? digits + 1 : skipDigits(text, digits);
    std::int64_t power = static_cast<std::int64_t>(end - digits) - 1;
    if (end + 1 < text.size() && text[end] == '.' && isDigit(text[end + 1])) end = skipDigits(text, end + 1);
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        std::size_t first = end + 1;
        const bool isNegative = first < text.size() && text[first] == '-';
        if (first < text.size() && (text[first] == '-' || text[first] == '+')) ++first;
        const std::size_t last = skipDigits(text, first);
        std::int64_t exponent = 0;
        for (std::size_t i = first; i < last; ++i) exponent = std::min(exponent * 10 + (text[i] - '0'), enough);
        power += isNegative ? -exponent : exponent;
        if (last > first) end = last;
    }
    return Number{end, power >= maxPower};
}

/// Returns the offset after the string whose opening quote is at `begin`.
std::size_t skipString(std::string_view text, std::size_t begin) {
    std::size_t i = begin + 1;
    while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2U : 1U;
    return std::min(i + 1, text.size());
}

constexpr std::string_view replacement = "\\ufffd";

/// Returns the code unit of the escape `\uXXXX` at `at`, if there is one.
std::optional<std::uint32_t> escapedUnit(std::string_view text, std::size_t at) noexcept {
    if (text.size() < at + replacement.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    return readHex(text, at + 2, 4);
}

/// Returns where the next escape of a lone surrogate begins. Backslashes occur in strings only.
std::size_t findLoneSurrogate(std::string_view text, std::size_t from) noexcept {
    const auto isHigh = [](std::optional<std::uint32_t> unit) { return unit && (*unit & 0xFC00U) == 0xD800U; };
    const auto isLow = [](std::optional<std::uint32_t> unit) { return unit && (*unit & 0xFC00U) == 0xDC00U; };
    std::size_t at = text.find('\\', from);
    while (at != std::string_view::npos) {
        const std::optional<std::uint32_t> unit = escapedUnit(text, at);
        const bool isPair = isHigh(unit) && isLow(escapedUnit(text, at + replacement.size()));
        if (isLow(unit) || (isHigh(unit) && !isPair)) break;
        // Skips the escaped character too, which may be another backslash.
        at = text.find('\\', at + (isPair ? 2 * replacement.size() : 2));
    }
    return at;
}

}  // namespace

bool hasLoneSurrogate(std::string_view text) noexcept {
    return findLoneSurrogate(text, 0) != std::string_view::npos;
}

std::string withoutLoneSurrogates(std::string_view text) {
    std::string result(text);
    for (std::size_t at = findLoneSurrogate(text, 0); at != std::string_view::npos;
         at = findLoneSurrogate(text, at + replacement.size())) {
        result.replace(at, replacement.size(), replacement);
    }
    return result;
}

std::string repairJson(std::string_view text) {
    return withoutLoneSurrogates(withoutHugeNumbers(text));
}

std::string withoutHugeNumbers(std::string_view text) {
    constexpr std::string_view null = "null";
    std::string result(text);
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '"') {
            i = skipString(text, i);
        } else if (text[i] == '-' || isDigit(text[i])) {
            const Number number = readNumber(text, i);
            if (number.isHuge) {
                result.replace(i, number.end - i, std::string(null).append(number.end - i - null.size(), ' '));
            }
            i = std::max(number.end, i + 1);
        } else {
            ++i;
        }
    }
    return result;
}

}  // namespace refold::internal
