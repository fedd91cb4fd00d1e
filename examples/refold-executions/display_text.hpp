// Makes text from the server safe for a terminal, and measures its width: the result cannot move the cursor, change
// colours, break a line or change the reading direction. Used by the table, the progress bar and every message on
// stderr.
#ifndef REFOLD_EXECUTIONS_DISPLAY_TEXT_HPP
#define REFOLD_EXECUTIONS_DISPLAY_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace cli {

/// The character set of a terminal.
enum class Charset { ascii, utf8 };

/// A code point and the bytes it was read from. Bytes that are not UTF-8 give one invalid character each.
struct Utf8Char {
    std::uint32_t codePoint = 0;
    std::size_t length = 1;
    bool valid = false;
};

/// Reads the character at `position`, which must be within `text`.
Utf8Char decodeUtf8(std::string_view text, std::size_t position) noexcept;

/// The first `bytes` bytes, or fewer so that no character is split.
std::string_view wholeCharacters(std::string_view text, std::size_t bytes) noexcept;

/// Columns that a code point takes on a terminal: 0, 1 or 2. Controls count as 0.
int columnsOf(std::uint32_t codePoint) noexcept;

/// True if a character must not reach a terminal unchanged: C0 and C1 controls, marks that turn the reading direction,
/// line separators, and those that cannot be seen at all.
bool isUnsafe(std::uint32_t codePoint) noexcept;

/// Text that is safe to print, and its width.
struct DisplayText {
    std::string text;
    std::size_t width = 0;
};

inline constexpr std::size_t anyWidth = std::numeric_limits<std::size_t>::max();

/// `text` with everything unsafe replaced by something visible, cut to `maxWidth` columns with an ellipsis. Marks are
/// limited to a few for each letter, and the invisible joints of emoji sequences are left out, since terminals do not
/// agree on the width of what they join.
DisplayText forDisplay(std::string_view text, Charset charset, std::size_t maxWidth = anyWidth);

/// `text`, or a dash if there is none.
std::string orDash(std::string_view text);

/// Returns the width of `text` after it is made safe.
std::size_t displayWidth(std::string_view text);

}  // namespace cli

#endif
