// Redacts before anything is cut, and once more after decoding, because JSON may escape the characters of a credential.
#include "pipeline/refusal.hpp"

#include <refold/error.hpp>

#include "auth/secret_lookalikes.hpp"
#include "codec/error_body_codec.hpp"
#include "pipeline/retry_after.hpp"
#include "text/clean_text.hpp"
#include "text/json_escapes.hpp"
#include "types/transient_status.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace refold::internal {

namespace {

constexpr std::size_t maxRequestId = 128;

/// Advice for a status, which the server's message may lack.
std::string_view advice(const ApiErrorDetails& details) noexcept {
    if (isRateLimit(details)) return "";
    switch (details.status) {
        case 401:
            return "; check the API key and the linked account id, or get a new session token";
        case 403:
            return "; these credentials do not allow it";
        case 404:
            return "; check the id and the base URL";
        default:
            return "";
    }
}

std::string describe(const ApiErrorDetails& details) {
    std::string text = "the server answered " + std::to_string(details.status);
    if (!details.type.empty()) text += " " + details.type;
    if (!details.code.empty() && details.code != details.serverMessage) text += " (" + details.code + ")";
    if (!details.serverMessage.empty()) text += ": " + details.serverMessage;
    if (!details.requestId.empty()) text += " [request id " + details.requestId + "]";
    return text;
}

}  // namespace

AttemptFailure refusalOf(const HttpResponse& response, const ApiRequest& request, const Redactor& redactor,
                         Timestamp now) {
    ApiErrorDetails details = decodeErrorBody(response.status, redactor(response.body));
    if (details.requestId.empty()) {
        details.requestId = cleanText(redactor(std::string(response.header("x-request-id"))), maxRequestId);
    }
    // JSON may escape the characters of the credentials; they are recognised once decoded.
    for (std::string* text : {&details.code, &details.type, &details.serverMessage, &details.requestId}) {
        *text = redactor(std::move(*text));
    }
    const std::string decoded = withoutJsonEscapes(details.body);
    if (redactor(decoded) != decoded) details.body.clear();
    details.retryAfter = retryAfterOf(response, now);
    if (request.secretAnswer) {
        details.body.clear();
        for (std::string* text : {&details.code, &details.type, &details.serverMessage}) {
            *text = withoutSecretLookalikes(*text);
        }
    }
    std::string reason = redactor(describe(details));
    if (request.explainedStatus == details.status) {
        reason += "; " + request.explanation;
    } else if (isUnknownAccount(details)) {
        reason += "; check the linked account id (REFOLD_LINKED_ACCOUNT_ID, if it comes from the environment)";
    } else {
        reason += advice(details);
    }
    return AttemptFailure::ofStatus(std::move(details), std::move(reason));
}

}  // namespace refold::internal
