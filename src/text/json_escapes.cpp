// Decodes the escapes of RFC 8259, section 7.
#include "text/json_escapes.hpp"

#include "text/hex_digits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace refold::internal {
namespace {

/// Decodes each half of a surrogate pair by itself, which suffices to find ASCII texts.
void appendUtf8(std::string& text, std::uint32_t unit) {
    if (unit < 0x80U) {
        text += static_cast<char>(unit);
        return;
    }
    if (unit < 0x800U) {
        text += static_cast<char>(0xC0U | (unit >> 6U));
    } else {
        text += static_cast<char>(0xE0U | (unit >> 12U));
        text += static_cast<char>(0x80U | ((unit >> 6U) & 0x3FU));
    }
    text += static_cast<char>(0x80U | (unit & 0x3FU));
}

}  // namespace

std::string withoutJsonEscapes(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        const char escape = text[++i];
        constexpr std::string_view letters = "bfnrt";
        constexpr std::string_view meanings = "\b\f\n\r\t";
        const std::size_t letter = letters.find(escape);
        const std::optional<std::uint32_t> unit = escape == 'u' ? readHex(text, i + 1, 4) : std::nullopt;
        if (unit) {
            i += 4;
            appendUtf8(plain, *unit);
        } else {
            plain += letter == std::string_view::npos ? escape : meanings[letter];
        }
    }
    return plain;
}

}  // namespace refold::internal
