// Reads code point by code point, so that a cut never splits one.
#include "text/clean_text.hpp"

#include <cstdint>

namespace refold::internal {
namespace {

/// A code point, or a byte that is not valid UTF-8.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 1;
    bool isValid = false;
};

CodePoint readCodePoint(std::string_view text) noexcept {
    const auto byteAt = [text](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t lead = byteAt(0);
    if (lead < 0x80U) return CodePoint{lead, 1, true};

    std::size_t length = 0;
    std::uint32_t value = 0;
    std::uint32_t smallest = 0;
    if ((lead & 0xE0U) == 0xC0U) {
        length = 2;
        value = lead & 0x1FU;
        smallest = 0x80U;
    } else if ((lead & 0xF0U) == 0xE0U) {
        length = 3;
        value = lead & 0x0FU;
        smallest = 0x800U;
    } else if ((lead & 0xF8U) == 0xF0U) {
        length = 4;
        value = lead & 0x07U;
        smallest = 0x10000U;
    }
    if (length == 0 || text.size() < length) return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xC0U) != 0x80U) return {};
        value = (value << 6U) | (byteAt(i) & 0x3FU);
    }
    const bool isSurrogate = value >= 0xD800U && value <= 0xDFFFU;
    if (value < smallest || value > 0x10FFFFU || isSurrogate) return {};
    return CodePoint{value, length, true};
}

/// Characters that change the text direction, with which a server could disguise a log line.
bool isBidirectionalControl(std::uint32_t c) noexcept {
    return c == 0x061CU || c == 0x200EU || c == 0x200FU || (c >= 0x202AU && c <= 0x202EU) ||
           (c >= 0x2066U && c <= 0x2069U);
}

bool isSpace(const CodePoint& c) noexcept {
    constexpr std::uint32_t lineSeparator = 0x2028U;
    constexpr std::uint32_t paragraphSeparator = 0x2029U;
    return !c.isValid || c.value <= 0x20U || (c.value >= 0x7FU && c.value <= 0x9FU) || c.value == lineSeparator ||
           c.value == paragraphSeparator;
}

constexpr std::uint32_t escape = 0x1B;

/// Returns the length of the control sequence behind an escape character, such as "[31m".
std::size_t controlSequenceLength(std::string_view text) {
    if (text.empty() || text.front() != '[') return 0;
    const auto isParameter = [](char c) { return c >= 0x20 && c <= 0x3F; };
    std::size_t length = 1;
    while (length < text.size() && isParameter(text[length])) ++length;
    return length < text.size() && text[length] >= 0x40 && text[length] <= 0x7E ? length + 1 : 0;
}

}  // namespace

std::string cleanText(std::string_view text, std::size_t maxBytes) {
    constexpr std::string_view ellipsis = "...";
    std::string result;
    std::size_t cut = 0;  // position of the ellipsis if the text is too long
    bool pendingSpace = false;
    while (!text.empty()) {
        const CodePoint c = readCodePoint(text);
        const std::string_view bytes = text.substr(0, c.length);
        text.remove_prefix(c.length);
        if (c.value == escape) text.remove_prefix(controlSequenceLength(text));
        if (isSpace(c)) {
            pendingSpace = !result.empty();
            continue;
        }
        if (isBidirectionalControl(c.value)) continue;
        const std::size_t size = result.size() + (pendingSpace ? 1 : 0) + bytes.size();
        if (size > maxBytes) {
            result.resize(cut);
            result += ellipsis.substr(0, maxBytes);
            return result;
        }
        if (pendingSpace) result += ' ';
        pendingSpace = false;
        result += bytes;
        if (size + ellipsis.size() <= maxBytes) cut = size;
    }
    return result;
}

}  // namespace refold::internal
