// Percent-encoding of URLs (RFC 3986, section 2). Used by the codec, the redactors, the pipeline's messages and the
// testing component.
#ifndef REFOLD_TEXT_PERCENT_ENCODING_HPP
#define REFOLD_TEXT_PERCENT_ENCODING_HPP

#include "text/hex_digits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

/// Encodes every byte as %XX except RFC 3986's unreserved characters.
inline std::string percentEncode(std::string_view text) {
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        const bool isUnreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                                  c == '-' || c == '.' || c == '_' || c == '~';
        if (isUnreserved) {
            encoded += c;
        } else {
            encoded += '%';
            appendHex(encoded, static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

/// Replaces each well-formed %XX by its byte and keeps everything else.
inline std::string percentDecode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::optional<std::uint32_t> byte = text[i] == '%' ? readHex(text, i + 1, 2) : std::nullopt;
        decoded += byte ? static_cast<char>(*byte) : text[i];
        if (byte) i += 2;
    }
    return decoded;
}

}  // namespace refold::internal

#endif
