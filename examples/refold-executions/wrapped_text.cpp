#include "wrapped_text.hpp"

#include "display_text.hpp"

#include <algorithm>

namespace cli {
namespace {

/// The bytes of the first characters that `width` columns hold; at least one character of a text that is not empty.
std::size_t fitting(std::string_view text, std::size_t width) {
    std::size_t length = 0;
    std::size_t used = 0;
    while (length < text.size()) {
        const Utf8Char read = decodeUtf8(text, length);
        // A character that forDisplay replaces takes one column.
        const bool replaced = !read.valid || isUnsafe(read.codePoint);
        const auto columns = replaced ? std::size_t{1} : static_cast<std::size_t>(columnsOf(read.codePoint));
        if (length > 0 && used + columns > width) break;
        used += columns;
        length += read.length;
    }
    return length;
}

}  // namespace

std::vector<std::string> wrapText(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    do {
        std::size_t length = fitting(text, width);
        std::size_t next = length;
        if (length < text.size()) {
            const std::size_t blank = text.rfind(' ', length);
            if (blank != std::string_view::npos && blank > 0) {
                length = blank;
                next = blank + 1;
            }
        }
        lines.emplace_back(text.substr(0, length));
        text.remove_prefix(next);
    } while (!text.empty());
    return lines;
}

std::string indentedText(std::string_view text, const Terminal& terminal, std::size_t indent, Colour colour) {
    constexpr std::size_t narrowest = 10;
    const std::size_t width =
        terminal.width ? std::max(*terminal.width - std::min(*terminal.width, indent), narrowest) : anyWidth;
    std::string lines;
    for (const std::string& line : wrapText(text, width)) {
        const std::string safe = forDisplay(line, terminal.charset).text;
        lines += std::string(indent, ' ') + coloured(safe, colour, terminal.colour) + "\n";
    }
    return lines;
}

}  // namespace cli
