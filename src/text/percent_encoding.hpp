// Percent-encoding of URLs (RFC 3986). Used by the codec, the redactors and the pipeline's messages.
#ifndef REFOLD_TEXT_PERCENT_ENCODING_HPP
#define REFOLD_TEXT_PERCENT_ENCODING_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Encodes every byte as %XX except RFC 3986's unreserved characters.
std::string percentEncode(std::string_view text);

/// Replaces each well-formed %XX by its byte and keeps everything else.
std::string percentDecode(std::string_view text);

}  // namespace refold::internal

#endif
