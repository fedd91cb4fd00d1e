// Cleans text from outside for messages: one line, no control characters, no invalid UTF-8. Used wherever the text of a
// server or a user becomes part of an error message.
#ifndef REFOLD_TEXT_CLEAN_TEXT_HPP
#define REFOLD_TEXT_CLEAN_TEXT_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace refold::internal {

/// Returns one line of at most `maxBytes`. Control characters, invalid UTF-8 and line ends become spaces, runs of
/// spaces one space; terminal colour sequences and Unicode's bidirectional controls are removed. "..." marks a cut.
std::string cleanText(std::string_view text, std::size_t maxBytes);

inline constexpr std::size_t uncut = std::string_view::npos;

/// `cleanText`, or a function that removes secrets too. It must do so before it cuts, because a part of a secret is not
/// recognised.
using TextCleaner = std::function<std::string(std::string_view text, std::size_t maxBytes)>;

}  // namespace refold::internal

#endif
