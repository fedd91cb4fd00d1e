// Reads and writes hexadecimal digits, for %XX in URLs and \uXXXX in JSON. Used by the text helpers and the codec.
#ifndef REFOLD_TEXT_HEX_DIGITS_HPP
#define REFOLD_TEXT_HEX_DIGITS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

/// Returns the value of the `count` digits at `at`; no value if there are fewer.
constexpr std::optional<std::uint32_t> readHex(std::string_view text, std::size_t at, std::size_t count) noexcept {
    if (at > text.size() || text.size() - at < count) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text.substr(at, count)) {
        const char lowered = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool isLetter = lowered >= 'a' && lowered <= 'f';
        if (!isLetter && (lowered < '0' || lowered > '9')) return std::nullopt;
        value = value * 16 + static_cast<std::uint32_t>(isLetter ? lowered - 'a' + 10 : lowered - '0');
    }
    return value;
}

/// Appends the byte as two upper-case digits.
inline void appendHex(std::string& text, unsigned char byte) {
    constexpr std::string_view hexDigits = "0123456789ABCDEF";
    text += hexDigits[byte >> 4U];
    text += hexDigits[byte & 0x0FU];
}

}  // namespace refold::internal

#endif
