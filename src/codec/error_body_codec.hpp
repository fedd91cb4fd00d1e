// The words of an error body, in any of the shapes that servers send. Used by the pipeline for refusals, and by the other
// codecs for errors that come with a status of success.
#ifndef REFOLD_CODEC_ERROR_BODY_CODEC_HPP
#define REFOLD_CODEC_ERROR_BODY_CODEC_HPP

#include <refold/error.hpp>

#include <string>
#include <string_view>

namespace refold::internal {

/// Never throws for what the body holds: fields that are missing or of another type are empty. Fills all but `retryAfter`. If
/// the body is not a JSON object (a proxy's HTML page), or one without known words, `serverMessage` is its first visible
/// words, at most 200 characters.
ApiErrorDetails decodeErrorBody(int status, std::string_view body);

/// The words of an error with its request id, for a message: `"message: code" [request id r-1]`. Empty if the body has none.
std::string quoteError(std::string_view body);

/// Whether a body that came with success is an error envelope: has a code, an error type or an error status.
bool isErrorEnvelope(std::string_view body);

}  // namespace refold::internal

#endif
