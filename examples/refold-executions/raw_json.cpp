// Removes line breaks and tabs without parsing: in valid JSON they occur only between tokens, never in a string, and no
// two tokens are separated by white space alone.
#include "raw_json.hpp"

#include "display_text.hpp"

#include <cstdio>

namespace cli {
namespace {

bool isLayout(char c) noexcept {
    return c == '\n' || c == '\r' || c == '\t';
}

void appendEscaped(std::string& out, std::uint32_t codePoint) {
    const auto unit = [&out](std::uint32_t value) {
        char text[7];
        std::snprintf(text, sizeof text, "\\u%04x", value & 0xFFFFU);
        out += text;
    };
    if (codePoint < 0x10000) {
        unit(codePoint);
    } else {
        unit(0xD800 + ((codePoint - 0x10000) >> 10));
        unit(0xDC00 + ((codePoint - 0x10000) & 0x3FF));
    }
}

}  // namespace

std::string onOneLine(std::string_view json, bool forTerminal) {
    std::string line;
    line.reserve(json.size() + 1);
    for (std::size_t position = 0; position < json.size();) {
        if (isLayout(json[position])) {
            ++position;
            continue;
        }
        const Utf8Char read = forTerminal ? decodeUtf8(json, position) : Utf8Char{0x20, 1, true};
        if (read.valid && isUnsafe(read.codePoint)) {
            appendEscaped(line, read.codePoint);
        } else {
            line += json.substr(position, read.length);
        }
        position += read.length;
    }
    return line;
}

}  // namespace cli
