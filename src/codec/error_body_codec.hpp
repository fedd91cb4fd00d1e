// Extracts code and message from an error body, in any of the forms that servers send. Used by the pipeline for
// refusals, and by the other codecs for errors that come with a success status.
#ifndef REFOLD_CODEC_ERROR_BODY_CODEC_HPP
#define REFOLD_CODEC_ERROR_BODY_CODEC_HPP

#include <refold/error.hpp>

#include "codec/decode_error.hpp"
#include "text/clean_text.hpp"

#include <string>
#include <string_view>

namespace refold::internal {

/// Accepts any body: fields that are missing or of another type are empty. Fills all but `retryAfter`. If the body is
/// not a JSON object (a proxy's HTML page, for example) or has no known field, `serverMessage` is its first visible
/// words, at most 200 characters. `clean` is applied to every text but the body.
ApiErrorDetails decodeErrorBody(int status, std::string_view body, const TextCleaner& clean = cleanText);

/// Quotes a body for a message: `"its first words"`, or the error that it reports: `"message: code" [request id r-1]`.
/// Empty if there is nothing to quote.
std::string quote(Quotation quotation, std::string_view body, const TextCleaner& clean = cleanText);

/// True if the answer to an action reports a failure: an error type, an error status, the members `error_code`, `code`,
/// `error`, `errors` or `detail`, a list of messages, `"success": false`, `"status": "error"` or `"failed"`.
bool reportsFailure(std::string_view body);

}  // namespace refold::internal

#endif
