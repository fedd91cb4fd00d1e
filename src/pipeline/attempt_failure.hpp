// The failure of one attempt of a call: the pipeline decides by it whether to try again, and throws it as the public
// error if not.
#ifndef REFOLD_PIPELINE_ATTEMPT_FAILURE_HPP
#define REFOLD_PIPELINE_ATTEMPT_FAILURE_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include "codec/decode_error.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace refold::internal {

/// Whether a refusal says that there is no such linked account.
bool isUnknownAccount(const ApiErrorDetails& details) noexcept;

class AttemptFailure {
  public:
    /// The transport brought no complete response. `context` tells whether that is transient and whether the request
    /// may have arrived.
    static AttemptFailure ofTransport(TransportError::Kind kind, const ErrorContext& context, std::string reason);
    /// The response is a refusal.
    static AttemptFailure ofStatus(ApiErrorDetails details, std::string reason);
    /// The response is a success that cannot be decoded: truncated, or not what the API documents.
    static AttemptFailure ofDecoding(const DecodeError& error, const HttpResponse& response);

    /// The same failure, when it was the call's own time limit that passed.
    AttemptFailure endingCall() && {
        endsCall_ = true;
        return std::move(*this);
    }

    const std::string& reason() const noexcept { return reason_; }
    bool isTransient() const noexcept { return transient_; }
    /// Transient, readable, and the call has time for another attempt as far as is known here. A web page in place of JSON is
    /// not asked for again within a call: it lasts for minutes, or for ever if it is a login page.
    bool mayBeRetried() const noexcept {
        return transient_ && !endsCall_ && !std::holds_alternative<Unreadable>(cause_);
    }
    /// The call's own time limit passed.
    bool endsCall() const noexcept { return endsCall_; }
    bool isRateLimit() const noexcept;
    /// 0 if there is none.
    int status() const noexcept;
    /// Null if there was no refusal.
    const ApiErrorDetails* refusal() const noexcept { return std::get_if<ApiErrorDetails>(&cause_); }
    std::optional<std::chrono::milliseconds> retryAfter() const noexcept;
    /// Whether the server may have acted on the request. False if the request did not arrive or was refused.
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
