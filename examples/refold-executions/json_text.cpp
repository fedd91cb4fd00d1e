// Escapes `<`, so that neither `</script>` nor `<!--` can appear in a page's data.
#include "json_text.hpp"

#include "display_text.hpp"

#include <cmath>
#include <cstdio>

namespace cli {
namespace {

void appendUnit(std::string& out, std::uint32_t unit) {
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(unit & 0xFFFFU));
    out += text;
}

}  // namespace

std::string quoteJson(std::string_view text) {
    std::string out = "\"";
    out.reserve(text.size() + 2);
    for (std::size_t position = 0; position < text.size();) {
        const Utf8Char read = decodeUtf8(text, position);
        const std::uint32_t c = read.codePoint;
        if (!read.valid) {
            out += "\xEF\xBF\xBD";
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == '<' || (isUnsafe(c) && c < 0x10000)) {
            appendUnit(out, c);
        } else if (isUnsafe(c)) {
            appendUnit(out, 0xD800 + ((c - 0x10000) >> 10));
            appendUnit(out, 0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            out += text.substr(position, read.length);
        }
        position += read.length;
    }
    return out + "\"";
}

std::string jsonNumber(double number) {
    if (!std::isfinite(number)) return "null";
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", number);
    return text;
}

}  // namespace cli
