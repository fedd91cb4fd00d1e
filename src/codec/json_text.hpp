// Repairs JSON that nlohmann's parser refuses although it is well-formed. Used by the codecs when parsing failed.
#ifndef REFOLD_CODEC_JSON_TEXT_HPP
#define REFOLD_CODEC_JSON_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

/// Replaces each number that may overflow a double (1e308 and beyond, of either sign) by `null` and spaces, so that
/// offsets stay the same: nlohmann's parser refuses the whole text because of such a number. Text that is not JSON
/// stays invalid.
std::string withoutHugeNumbers(std::string_view text);

/// True if the text has an escape of half a surrogate pair, such as `"\ud83d"`, the rest of an emoji that was cut in
/// two. JSON allows it (RFC 8259, 8.2); nlohmann's parser does not.
bool hasLoneSurrogate(std::string_view text) noexcept;

/// Replaces each such escape by `\ufffd`, so that offsets stay the same. Text that is not JSON stays invalid.
std::string withoutLoneSurrogates(std::string_view text);

/// Does both: returns JSON that nlohmann's parser accepts.
std::string repairJson(std::string_view text);

}  // namespace refold::internal

#endif
