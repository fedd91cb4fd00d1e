// Takes widths from unicode_ranges.hpp. Replaces and truncates in one pass that stops at the limit, so that a very long
// name costs no more than its first line.
#include "display_text.hpp"

#include "unicode_ranges.hpp"

#include <algorithm>
#include <iterator>

namespace cli {
namespace {

constexpr std::uint32_t replacementCharacter = 0xFFFD;
constexpr std::uint32_t dottedCircle = 0x25CC;
constexpr int marksPerLetter = 4;

template <std::size_t Size>
bool contains(const Range (&ranges)[Size], std::uint32_t codePoint) noexcept {
    const Range* const end = std::end(ranges);
    const Range* const found = std::lower_bound(
        std::begin(ranges), end, codePoint, [](const Range& range, std::uint32_t value) { return range.last < value; });
    return found != end && found->first <= codePoint;
}

bool isIn(std::uint32_t codePoint, std::uint32_t first, std::uint32_t last) noexcept {
    return first <= codePoint && codePoint <= last;
}

bool isVariationSelector(std::uint32_t c) noexcept {
    return isIn(c, 0xFE00, 0xFE0F) || isIn(c, 0xE0100, 0xE01EF);
}

/// True for characters that join emoji or change the one before.
bool isEmojiJoint(std::uint32_t c) noexcept {
    return c == 0x200D || isIn(c, 0x1F3FB, 0x1F3FF);
}

bool mayBeEmoji(std::uint32_t c) noexcept {
    return isIn(c, 0x2190, 0x2BFF) || isIn(c, 0x1F000, 0x1FAFF);
}

void appendUtf8(std::string& out, std::uint32_t c) {
    const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

/// Returns the replacement of an unsafe character: Unicode's own pictures of the controls, or the replacement
/// character.
std::uint32_t pictureOf(std::uint32_t c) noexcept {
    if (c < 0x20) return 0x2400 + c;
    return c == 0x7F ? 0x2421 : replacementCharacter;
}

std::string_view ellipsis(Charset charset, std::size_t maxWidth) noexcept {
    if (charset == Charset::utf8) return "\xE2\x80\xA6";
    return maxWidth >= 6 ? "..." : ".";
}

std::size_t ellipsisWidth(Charset charset, std::size_t maxWidth) noexcept {
    return charset == Charset::utf8 ? 1 : ellipsis(charset, maxWidth).size();
}

/// The text so far, and the last place where it can be cut to make room for an ellipsis.
class Line {
  public:
    Line(Charset charset, std::size_t maxWidth)
        : charset_(charset),
          maxWidth_(maxWidth),
          room_(maxWidth - std::min(maxWidth, ellipsisWidth(charset, maxWidth))) {}

    /// False when the line is full: it has been cut, and nothing more goes in.
    bool letter(std::uint32_t codePoint, std::size_t width) {
        if (out_.width <= room_) cut_ = {out_.text.size(), out_.width};
        if (width > maxWidth_ - out_.width) {
            out_.text.resize(cut_.bytes);
            out_.width = cut_.width;
            if (maxWidth_ > 0) {
                out_.text += ellipsis(charset_, maxWidth_);
                out_.width += ellipsisWidth(charset_, maxWidth_);
            }
            return false;
        }
        appendUtf8(out_.text, codePoint);
        out_.width += width;
        return true;
    }

    void mark(std::uint32_t codePoint) { appendUtf8(out_.text, codePoint); }
    bool empty() const noexcept { return out_.text.empty(); }
    DisplayText take() { return std::move(out_); }

  private:
    struct Cut {
        std::size_t bytes = 0;
        std::size_t width = 0;
    };

    Charset charset_;
    std::size_t maxWidth_;
    std::size_t room_;
    DisplayText out_;
    Cut cut_;
};

}  // namespace

std::string_view wholeCharacters(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
    return text.substr(0, bytes);
}

Utf8Char decodeUtf8(std::string_view text, std::size_t position) noexcept {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
    const std::size_t left = text.size() - position;
    const unsigned char lead = at(0);
    if (lead < 0x80) return {lead, 1, true};

    std::size_t length = 0;
    std::uint32_t codePoint = 0;
    std::uint32_t smallest = 0;
    if (isIn(lead, 0xC2, 0xDF)) {
        length = 2, codePoint = lead & 0x1FU, smallest = 0x80;
    } else if (isIn(lead, 0xE0, 0xEF)) {
        length = 3, codePoint = lead & 0x0FU, smallest = 0x800;
    } else if (isIn(lead, 0xF0, 0xF4)) {
        length = 4, codePoint = lead & 0x07U, smallest = 0x10000;
    }
    if (length == 0 || length > left) return {replacementCharacter, 1, false};
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80) return {replacementCharacter, 1, false};
        codePoint = (codePoint << 6) | (at(i) & 0x3FU);
    }
    const bool surrogate = isIn(codePoint, 0xD800, 0xDFFF);
    if (codePoint < smallest || codePoint > 0x10FFFF || surrogate) return {replacementCharacter, 1, false};
    return {codePoint, length, true};
}

int columnsOf(std::uint32_t codePoint) noexcept {
    if (codePoint < 0x20 || isIn(codePoint, 0x7F, 0x9F)) return 0;
    if (codePoint < 0x300) return 1;
    if (codePoint == 0x200C || codePoint == 0x200D || isVariationSelector(codePoint)) return 0;
    if (contains(zeroWidthRanges, codePoint)) return 0;
    return contains(wideRanges, codePoint) ? 2 : 1;
}

bool isUnsafe(std::uint32_t c) noexcept {
    const bool control = c < 0x20 || isIn(c, 0x7F, 0x9F);
    const bool direction =
        c == 0x061C || c == 0x200E || c == 0x200F || isIn(c, 0x202A, 0x202E) || isIn(c, 0x2066, 0x2069);
    const bool lineBreak = c == 0x2028 || c == 0x2029;
    const bool invisible = c == 0xAD || c == 0x034F || c == 0x180E || c == 0x200B || isIn(c, 0x2060, 0x2065) ||
                           isIn(c, 0x206A, 0x206F) || c == 0x3164 || c == 0xFEFF || isIn(c, 0xFFF9, 0xFFFB) ||
                           isIn(c, 0x115F, 0x1160) || c == 0xFFA0 || isIn(c, 0xE0000, 0xE00FF);
    const bool noCharacter = (c & 0xFFFE) == 0xFFFE || isIn(c, 0xFDD0, 0xFDEF);
    return control || direction || lineBreak || invisible || noCharacter;
}

DisplayText forDisplay(std::string_view text, Charset charset, std::size_t maxWidth) {
    Line line(charset, maxWidth);
    std::uint32_t base = 0;
    int marks = 0;
    for (std::size_t position = 0; position < text.size();) {
        const Utf8Char read = decodeUtf8(text, position);
        position += read.length;
        std::uint32_t c = read.codePoint;
        if (!read.valid || isUnsafe(c)) {
            c = read.valid ? pictureOf(c) : replacementCharacter;
        } else if (isVariationSelector(c) || (isEmojiJoint(c) && mayBeEmoji(base))) {
            continue;
        }

        const int width = columnsOf(c);
        if (width == 0) {
            // A mark without a letter would settle on the column before.
            if (base == 0 && charset == Charset::utf8 && !line.letter(dottedCircle, 1)) break;
            if (base == 0) base = dottedCircle;
            if (charset == Charset::utf8 && marks < marksPerLetter) line.mark(c);
            ++marks;
            continue;
        }
        base = c;
        marks = 0;
        const bool shown = charset == Charset::utf8 || c < 0x80;
        if (!line.letter(shown ? c : '?', shown ? static_cast<std::size_t>(width) : 1)) break;
    }
    return line.take();
}

std::string orDash(std::string_view text) {
    return text.empty() ? "-" : std::string(text);
}

std::size_t displayWidth(std::string_view text) {
    return forDisplay(text, Charset::utf8).width;
}

}  // namespace cli
