// The failure of one attempt of a call. The pipeline decides by it whether to retry, and otherwise throws it as the
// public error.
#ifndef REFOLD_PIPELINE_ATTEMPT_FAILURE_HPP
#define REFOLD_PIPELINE_ATTEMPT_FAILURE_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include "codec/decode_error.hpp"
#include "text/clean_text.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace refold::internal {

/// True if a refusal says that the linked account is unknown.
bool isUnknownAccount(const ApiErrorDetails& details) noexcept;

class AttemptFailure {
  public:
    /// The transport returned no complete response. `context` tells whether that is transient and whether the request
    /// may have arrived.
    static AttemptFailure ofTransport(TransportError::Kind kind, const ErrorContext& context, std::string reason);
    /// The response is a refusal.
    static AttemptFailure ofStatus(ApiErrorDetails details, std::string reason);
    /// The response is a success that cannot be decoded: truncated, or not what the API documents.
    static AttemptFailure ofDecoding(const DecodeError& error, const HttpResponse& response, const TextCleaner& clean);

    /// The same failure, caused by the call's own time limit.
    AttemptFailure endingCall() && {
        endsCall_ = true;
        return std::move(*this);
    }

    const std::string& reason() const noexcept { return reason_; }
    bool isTransient() const noexcept { return transient_; }
    /// True if another attempt may succeed and the call's time limit has not passed. False for a page or text in place
    /// of JSON, which lasts for minutes, or until someone logs in if it is a login page.
    bool mayBeRetried() const noexcept {
        return transient_ && !endsCall_ && !std::holds_alternative<Unreadable>(cause_);
    }
    /// True if the call's own time limit passed.
    bool endsCall() const noexcept { return endsCall_; }
    bool isRateLimit() const noexcept;
    /// 0 if no response arrived.
    int status() const noexcept;
    /// Null if the failure is not a refusal.
    const ApiErrorDetails* refusal() const noexcept { return std::get_if<ApiErrorDetails>(&cause_); }
    std::optional<std::chrono::milliseconds> retryAfter() const noexcept;
    /// True if the server may have acted on the request; false if the request did not arrive or was refused.
    bool outcomeUnknown() const noexcept { return outcomeUnknown_; }

    /// Throws the public error with `message` as its text.
    [[noreturn]] void raise(const std::string& message, int attempts, bool outcomeUnknown) const;

  private:
    struct NoResponse {
        TransportError::Kind kind;
    };
    struct Unreadable {
        std::string pointer;
        std::optional<std::size_t> offset;
    };
    using Cause = std::variant<NoResponse, ApiErrorDetails, Unreadable>;

    AttemptFailure(Cause cause, const ErrorContext& context, std::string reason);

    Cause cause_;
    bool transient_;
    bool outcomeUnknown_;
    bool endsCall_ = false;
    std::string reason_;
};

}  // namespace refold::internal

#endif
