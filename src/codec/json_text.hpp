// Repairs JSON that nlohmann's parser refuses although it is well-formed. Used by the codecs when parsing failed.
#ifndef REFOLD_CODEC_JSON_TEXT_HPP
#define REFOLD_CODEC_JSON_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

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
std::string repairJson(std::string_view text);

}  // namespace refold::internal

#endif
