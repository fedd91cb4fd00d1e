// Reading hexadecimal digits, for %XX in URLs and \uXXXX in JSON. Used by the codecs of this directory.
#ifndef REFOLD_CODEC_HEX_DIGITS_HPP
#define REFOLD_CODEC_HEX_DIGITS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace refold::internal {

/// The value of the `count` digits at `at`; empty where there are not as many.
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

}  // namespace refold::internal

#endif
