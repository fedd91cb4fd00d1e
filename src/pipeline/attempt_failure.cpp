// Classifies failures. Which refusals are transient is decided in types/transient_status.hpp.
#include "pipeline/attempt_failure.hpp"

#include "codec/error_body_codec.hpp"
#include "text/ascii_case.hpp"
#include "types/transient_status.hpp"

#include <string_view>
#include <utility>

namespace refold::internal {

namespace {

/// True if a server that sends this status may have acted: it acted and redirects to the result (303), it failed
/// meanwhile, or a gateway stopped waiting for it (some gateways send 408 then). Any other 4xx is issued before the
/// server acts.
bool mayHaveActed(int status) noexcept {
    const bool isRefusal = status >= 400 && status <= 499;
    return !isRefusal || status == 408;
}

/// True if the framing of the response proves that the body is complete. libcurl does not detect a compressed body that
/// was truncated before it was framed, and a body that ends with the connection may be incomplete.
bool framingProvesEnd(const HttpResponse& response) {
    if (!response.header("content-encoding").empty()) return false;
    const bool framedByHttp1 = response.transfer.httpVersion.substr(0, 2) == "1.";
    const bool framed = !response.header("content-length").empty() || !response.header("transfer-encoding").empty();
    return !framedByHttp1 || framed;
}

/// 404, 410, and the code that the API sends with a 400 for other things than executions.
bool isNotFound(const ApiErrorDetails& details) noexcept {
    const bool saysNotFound = details.code == "RESOURCE_NOT_FOUND" || details.type == "RESOURCE_NOT_FOUND";
    return details.status == 404 || details.status == 410 || (details.status == 400 && saysNotFound);
}

[[noreturn]] void raiseApiError(const ApiErrorDetails& details, const std::string& message,
                                const ErrorContext& context) {
    const int status = details.status;
    if (isRateLimit(details)) throw RateLimitError(message, details, context);
    if (status == 401 || status == 403) throw AuthenticationError(message, details, context);
    if (isNotFound(details)) throw NotFoundError(message, details, context);
    if (status >= 500 && status <= 599) throw ServerError(message, details, context);
    throw ApiError(message, details, context);
}

/// True for a maintenance or login page, or a message, in place of JSON.
bool isPageOrText(std::string_view body) noexcept {
    constexpr std::string_view space = " \t\r\n";
    // A byte order mark may stand before it.
    const std::size_t first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos) return false;
    body = body.substr(first, body.find_last_not_of(space) + 1 - first);
    if (body.front() == '{' || body.front() == '[' || body.front() == '"') return false;
    const bool isNumber = body.find_first_not_of("+-.0123456789eE") == std::string_view::npos;
    return !isNumber && body != "null" && body != "true" && body != "false";
}

}  // namespace

bool isUnknownAccount(const ApiErrorDetails& details) noexcept {
    return details.code == "INVALID_LINKED_ACCOUNT_ID" ||
           containsIgnoringCase(details.serverMessage, "no linked account found");
}

AttemptFailure::AttemptFailure(Cause cause, const ErrorContext& context, std::string reason)
    : cause_(std::move(cause)),
      transient_(context.transient.value_or(false)),
      outcomeUnknown_(context.outcomeUnknown.value_or(false)),
      reason_(std::move(reason)) {
}

AttemptFailure AttemptFailure::ofTransport(TransportError::Kind kind, const ErrorContext& context, std::string reason) {
    return {NoResponse{kind}, context, std::move(reason)};
}

AttemptFailure AttemptFailure::ofStatus(ApiErrorDetails details, std::string reason) {
    ErrorContext context;
    // An older server sends 500 for it, before it acts.
    const bool isPermanent = isUnknownAccount(details);
    context.transient = isTransientRefusal(details) && !isPermanent;
    context.outcomeUnknown = mayHaveActed(details.status) && !isPermanent;
    return {std::move(details), context, std::move(reason)};
}

AttemptFailure AttemptFailure::ofDecoding(const DecodeError& error, const HttpResponse& response,
                                          const TextCleaner& clean) {
    const std::string answer = "the answer (status " + std::to_string(response.status) + ")";
    const bool mayBeEmpty = response.status == 204 || response.status == 205;
    ErrorContext context;
    context.outcomeUnknown = true;
    if (error.endedEarly() && !mayBeEmpty && (response.body.empty() || !framingProvesEnd(response))) {
        context.transient = true;
        return ofTransport(TransportError::Kind::truncated, context,
                           response.body.empty()
                               ? answer + " is empty"
                               : answer + " is truncated after " + std::to_string(response.body.size()) + " bytes");
    }
    context.transient = isPageOrText(response.body);
    std::string reason =
        answer + " cannot be understood: " + error.reason() + quote(error.quotation(), response.body, clean);
    if (!error.pointer().empty()) reason += " at " + error.pointer();
    if (error.offset()) reason += " at byte " + std::to_string(*error.offset());
    if (isPageOrText(response.body))
        reason += "; check the base URL, or try again later if the server is under maintenance";
    return {Unreadable{error.pointer(), error.offset()}, context, std::move(reason)};
}

bool AttemptFailure::isRateLimit() const noexcept {
    return refusal() != nullptr && internal::isRateLimit(*refusal());
}

int AttemptFailure::status() const noexcept {
    return refusal() == nullptr ? 0 : refusal()->status;
}

std::optional<std::chrono::milliseconds> AttemptFailure::retryAfter() const noexcept {
    return refusal() == nullptr ? std::nullopt : refusal()->retryAfter;
}

void AttemptFailure::raise(const std::string& message, int attempts, bool outcomeUnknown) const {
    ErrorContext context;
    context.attempts = attempts;
    context.transient = transient_;
    context.outcomeUnknown = outcomeUnknown;
    if (const auto* noResponse = std::get_if<NoResponse>(&cause_)) {
        throw TransportError(noResponse->kind, message, context);
    }
    if (const auto* unreadable = std::get_if<Unreadable>(&cause_)) {
        throw ResponseError(message, unreadable->pointer, unreadable->offset, context);
    }
    raiseApiError(std::get<ApiErrorDetails>(cause_), message, context);
}

}  // namespace refold::internal
