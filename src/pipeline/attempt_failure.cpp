// Classification: what is transient is listed here and nowhere else.
#include "pipeline/attempt_failure.hpp"

#include <utility>

namespace refold::internal {

bool isTransientStatus(int status) noexcept {
    switch (status) {
        case 408:
        case 429:
        case 500:
        case 502:
        case 503:
        case 504:
            return true;
        default:
            return false;
    }
}

namespace {

/// Whether a server that refuses like this may have done what it was asked for: it broke while it did, or somebody in
/// front of it lost patience (which some gateways call a 408). Any other refusal comes before the deed.
bool leavesOpen(int status) noexcept {
    return status == 408 || status >= 500;
}

/// Whether the response's framing shows that the body is all there. libcurl does not notice a compressed body that was
/// cut before it was framed, and a body that ends with the connection may have ended too early.
bool framingVouches(const HttpResponse& response) {
    if (!response.header("content-encoding").empty()) return false;
    const bool framedByHttp1 = response.transfer.httpVersion.substr(0, 2) == "1.";
    const bool framed = !response.header("content-length").empty() || !response.header("transfer-encoding").empty();
    return !framedByHttp1 || framed;
}

[[noreturn]] void raiseApiError(const ApiErrorDetails& details, const std::string& message, int attempts,
                                bool outcomeUnknown) {
    const int status = details.status;
    if (status == 401 || status == 403) throw AuthenticationError(message, details, attempts, outcomeUnknown);
    if (status == 404) throw NotFoundError(message, details, attempts, outcomeUnknown);
    if (status == 429) throw RateLimitError(message, details, attempts, outcomeUnknown);
    if (status >= 500 && status <= 599) throw ServerError(message, details, attempts, outcomeUnknown);
    throw ApiError(message, details, attempts, outcomeUnknown);
}

}  // namespace

AttemptFailure::AttemptFailure(Cause cause, bool transient, bool outcomeUnknown, std::string reason)
    : cause_(std::move(cause)), transient_(transient), outcomeUnknown_(outcomeUnknown), reason_(std::move(reason)) {
}

AttemptFailure AttemptFailure::ofTransport(TransportError::Kind kind, bool transient, bool arrived,
                                           std::string reason) {
    return {NoResponse{kind}, transient, arrived, std::move(reason)};
}

AttemptFailure AttemptFailure::ofStatus(ApiErrorDetails details, std::string reason) {
    const bool transient = isTransientStatus(details.status);
    const bool outcomeUnknown = leavesOpen(details.status);
    return {std::move(details), transient, outcomeUnknown, std::move(reason)};
}

AttemptFailure AttemptFailure::ofDecoding(const DecodeError& error, const HttpResponse& response) {
    const std::string status = std::to_string(response.status);
    const bool meantToBeEmpty = response.status == 204 || response.status == 205;
    if (error.endedEarly() && !meantToBeEmpty && (response.body.empty() || !framingVouches(response))) {
        return ofTransport(TransportError::Kind::truncated, true, true,
                           response.body.empty() ? "the answer (" + status + ") is empty"
                                                 : "the answer (" + status + ") ends in the middle, after " +
                                                       std::to_string(response.body.size()) + " bytes");
    }
    std::string reason = "the answer (" + status + ") cannot be understood: " + error.what();
    if (!error.pointer().empty()) reason += " at " + error.pointer();
    if (error.offset()) reason += " at byte " + std::to_string(*error.offset());
    return {Unreadable{error.pointer(), error.offset()}, false, true, std::move(reason)};
}

int AttemptFailure::status() const noexcept {
    const auto* details = std::get_if<ApiErrorDetails>(&cause_);
    return details == nullptr ? 0 : details->status;
}

std::optional<std::chrono::milliseconds> AttemptFailure::retryAfter() const noexcept {
    const auto* details = std::get_if<ApiErrorDetails>(&cause_);
    return details == nullptr ? std::nullopt : details->retryAfter;
}

void AttemptFailure::raise(const std::string& message, int attempts, bool outcomeUnknown) const {
    if (const auto* noResponse = std::get_if<NoResponse>(&cause_)) {
        throw TransportError(noResponse->kind, message, attempts, transient_, outcomeUnknown);
    }
    if (const auto* unreadable = std::get_if<Unreadable>(&cause_)) {
        throw ResponseError(message, unreadable->pointer, unreadable->offset, attempts, outcomeUnknown);
    }
    raiseApiError(std::get<ApiErrorDetails>(cause_), message, attempts, outcomeUnknown);
}

}  // namespace refold::internal
