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

}  // namespace refold::internal

#endif
