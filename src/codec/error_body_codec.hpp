// The body of a refusal -> what it says: both envelopes of the vendor, or the first words of whatever else came.
#ifndef REFOLD_CODEC_ERROR_BODY_CODEC_HPP
#define REFOLD_CODEC_ERROR_BODY_CODEC_HPP

#include <refold/error.hpp>

#include <string>
#include <string_view>

namespace refold::internal {

/// Never throws for what the body holds: fields that are missing or odd are empty. Fills all but `retryAfter`. Where the
/// body is not JSON (a proxy's HTML page), `serverMessage` is its first visible words, at most 200 characters.
ApiErrorDetails decodeErrorBody(int status, std::string_view body);

/// One line, at most `maxBytes` long: control characters, invalid UTF-8 and line ends become spaces, runs of spaces one,
/// and what is cut off is marked with "...". Also takes out terminals' colours and Unicode's bidirectional controls.
std::string cleanText(std::string_view text, std::size_t maxBytes);

}  // namespace refold::internal

#endif
