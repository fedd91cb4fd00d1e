// Looking at a JSON text beside the parser, for what goes wrong there: where in the document an offset is, and what to do
// about JSON that the parser refuses. Off the path of answers that are as they should be.
#ifndef REFOLD_CODEC_JSON_TEXT_HPP
#define REFOLD_CODEC_JSON_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

/// The JSON pointer (RFC 6901) to the object or array that opens at `offset`, given that the text up to there is well-formed
/// JSON. Keys are cut to 64 bytes and cleaned of control characters, for they end in messages.
std::string pointerToContainer(std::string_view text, std::size_t offset);

/// The text with each number of 1e308 and beyond, in either direction, replaced by `null` and spaces, so that offsets stay
/// the same. nlohmann's parser gives up on numbers that overflow a double, but a page must not be lost for a number
/// that nobody asked for. Text that is not JSON stays that.
std::string withoutHugeNumbers(std::string_view text);

/// Whether the text has an escape of one half of a surrogate pair without the other, such as `"\ud83d"`: what is left of an
/// emoji that somebody has cut in two. JSON allows it (RFC 8259, 8.2), nlohmann's parser does not.
bool hasLoneSurrogate(std::string_view text) noexcept;

/// The text with each such escape replaced by `\ufffd`, so that offsets stay the same. Text that is not JSON stays that.
std::string withoutLoneSurrogates(std::string_view text);

/// Both: JSON as nlohmann's parser takes it.
std::string mendJson(std::string_view text);

}  // namespace refold::internal

#endif
