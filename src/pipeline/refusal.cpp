// Redacts texts before they are cut, because a part of a credential is not recognised.
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
constexpr std::size_t maxErrorBody = std::size_t{64} * 1024;

/// Advice for a status, which the server's message may lack.
std::string_view advice(const ApiErrorDetails& details) noexcept {
    if (isRateLimit(details)) return "";
    switch (details.status) {
        case 401:
            return "; check the API key and the linked account id, or get a new session token";
        case 403:
            return "; these credentials do not allow it";
        case 404:
        case 410:
            return "; check the id and the base URL";
        default:
            return "";
    }
}

/// Returns the first bytes of a body; nothing if JSON escapes disguise a secret in them.
std::string redactedBody(std::string_view body, const Redactor& redactor) {
    constexpr std::size_t longestEscape = 6;
    const std::string more = redactor(body, maxErrorBody + longestEscape * redactor.longest());
    return redactor.finds(withoutJsonEscapes(more)) ? std::string() : redactor(body, maxErrorBody);
}

std::string describe(const ApiErrorDetails& details) {
    std::string text = "the server answered " + std::to_string(details.status);
    if (!details.type.empty()) text += " " + details.type;
    if (!details.code.empty() && details.code != details.serverMessage) text += " (" + details.code + ")";
    if (!details.serverMessage.empty()) text += ": " + details.serverMessage;
    if (!details.requestId.empty()) text += " [request id " + details.requestId + "]";
    return text;
}

TextCleaner cleanerOf(const Redactor& redactor) {
    return [&redactor](std::string_view text, std::size_t maxBytes) { return redactor.line(text, maxBytes); };
}

}  // namespace

TextCleaner cleanerFor(const ApiRequest& request, const Redactor& redactor) {
    if (!request.secretAnswer) return cleanerOf(redactor);
    return [&redactor](std::string_view text, std::size_t maxBytes) {
        return cleanText(withoutSecretLookalikes(redactor.line(text, Redactor::maxExcerpt)), maxBytes);
    };
}

AttemptFailure refusalOf(const HttpResponse& response, const ApiRequest& request, const Redactor& redactor,
                         Timestamp now) {
    ApiErrorDetails details = decodeErrorBody(response.status, response.body, cleanerFor(request, redactor));
    if (request.secretAnswer) {
        // Request ids look like secrets.
        details.requestId = decodeErrorBody(response.status, response.body, cleanerOf(redactor)).requestId;
    }
    if (details.requestId.empty()) details.requestId = redactor.line(response.header("x-request-id"), maxRequestId);
    details.body = request.secretAnswer ? std::string() : redactedBody(response.body, redactor);
    details.retryAfter = retryAfterOf(response, now);
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
