// Why one attempt of a call failed: the pipeline decides by it whether to try again, and raises it as the public error when
// not.
#ifndef REFOLD_PIPELINE_ATTEMPT_FAILURE_HPP
#define REFOLD_PIPELINE_ATTEMPT_FAILURE_HPP

#include <refold/error.hpp>
#include <refold/transport.hpp>

#include "codec/decode_error.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

namespace refold::internal {

/// Whether a status says that trying again may help.
bool isTransientStatus(int status) noexcept;

class AttemptFailure {
  public:
    /// The transport brought no whole response. `arrived`: the request may have reached the server.
    static AttemptFailure ofTransport(TransportError::Kind kind, bool transient, bool arrived, std::string reason);
    /// The response is a refusal.
    static AttemptFailure ofStatus(ApiErrorDetails details, std::string reason);
    /// The response is a success that cannot be decoded: cut short, or not what the API describes.
    static AttemptFailure ofDecoding(const DecodeError& error, const HttpResponse& response);

    const std::string& reason() const noexcept { return reason_; }
    bool isTransient() const noexcept { return transient_; }
    /// 0 where there is none.
    int status() const noexcept;
    std::optional<std::chrono::milliseconds> retryAfter() const noexcept;
    /// Whether the server may have acted on the request all the same. It has not if it never got it, or refused it.
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

    AttemptFailure(Cause cause, bool transient, bool outcomeUnknown, std::string reason);

    Cause cause_;
    bool transient_;
    bool outcomeUnknown_;
    std::string reason_;
};

}  // namespace refold::internal

#endif
