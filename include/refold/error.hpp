// The library's exceptions, all derived from `refold::Error`. Catch `Error` for any failure, or the class that the
// program handles in its own way. `what()` is one line that says what failed, why, and what to do; it holds neither
// credentials nor control characters.
#ifndef REFOLD_ERROR_HPP
#define REFOLD_ERROR_HPP

#include <refold/export.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace refold {
inline namespace v0 {

/// The circumstances of a failure, the last argument of every error's constructor. A property without a value takes the
/// default of the error's class.
struct ErrorContext {
    /// As `Error::attempts()` returns it.
    int attempts = 0;
    /// As `Error::isTransient()` returns it. Default: by the kind for `TransportError`, by the status for `ApiError`,
    /// false for every other error.
    std::optional<bool> transient = {};
    /// As `Error::outcomeUnknown()` returns it. Default: by the kind for `TransportError`, false for every other error.
    std::optional<bool> outcomeUnknown = {};
};

/// Base of all errors. Copying never throws.
class REFOLD_EXPORT Error : public std::runtime_error {
  public:
    /// `message` becomes `what()`.
    explicit Error(const std::string& message, const ErrorContext& context = {});
    Error(const Error&) noexcept = default;
    Error& operator=(const Error&) noexcept = default;
    ~Error() override;

    /// Number of times the request was sent; 0 if the error occurred before the first. If `Client::waitForExecution`
    /// itself gave up, the number of polls.
    [[nodiscard]] int attempts() const noexcept { return attempts_; }

    /// True if the same call may succeed later: connection refused or lost, a time limit (but not that of
    /// `WaitOptions::timeout`), a truncated answer, a rate limit (429, or 403 with `Retry-After`), 408, 425, 5xx except
    /// 501 and 505, and a page or text in place of JSON. Failed name resolution is not transient.
    [[nodiscard]] bool isTransient() const noexcept { return transient_; }

    /// True if a request that is not idempotent (`Client::rerunExecution`) failed and the server may have acted on it:
    /// the connection was lost, the time ran out or the call was cancelled after the request was sent, a custom
    /// transport threw an exception that is not a `TransportError`, the server answered anything but 2xx and 4xx, or
    /// 408, or its answer cannot be read. Check the run history before calling again. False if the server certainly did
    /// not act (name not resolved, connection refused, TLS failed, any other 4xx), and always for idempotent requests.
    [[nodiscard]] bool outcomeUnknown() const noexcept { return outcomeUnknown_; }

    /// The three properties above, to construct an error from another one. Each has a value.
    [[nodiscard]] ErrorContext context() const noexcept { return {attempts_, transient_, outcomeUnknown_}; }

  private:
    int attempts_;
    bool transient_;
    bool outcomeUnknown_;
};

/// An argument is invalid. Thrown before anything is sent; the message names the argument, its value and the rule.
class REFOLD_EXPORT InvalidArgument : public Error {
  public:
    /// `argument` as `argument()` returns it.
    InvalidArgument(const std::string& argument, const std::string& message);
    InvalidArgument(const InvalidArgument&) noexcept = default;
    InvalidArgument& operator=(const InvalidArgument&) noexcept = default;
    ~InvalidArgument() override;

    /// The argument's name as the caller knows it, such as `limit`.
    [[nodiscard]] const std::string& argument() const noexcept { return *argument_; }

  private:
    std::shared_ptr<const std::string> argument_;
};

/// The call was cancelled through its `CancelToken`. Destroying a listing also cancels its requests; only the observer
/// and a custom transport see that.
class REFOLD_EXPORT Cancelled : public Error {
  public:
    /// With the message "the call was cancelled".
    explicit Cancelled(const ErrorContext& context = {});
    /// With a message that says what was cancelled.
    explicit Cancelled(const std::string& message, const ErrorContext& context = {});
    Cancelled(const Cancelled&) noexcept = default;
    Cancelled& operator=(const Cancelled&) noexcept = default;
    ~Cancelled() override;
};

/// No complete answer arrived.
class REFOLD_EXPORT TransportError : public Error {
  public:
    /// Why no complete answer arrived.
    enum class Kind {
        resolve,    ///< the host name could not be resolved
        connect,    ///< nothing listens at the address, or the network does not reach it
        tls,        ///< the TLS handshake failed; the message has the reason
        timeout,    ///< connecting, an attempt or the whole call took too long; the message says which
        truncated,  ///< the answer was incomplete
        tooLarge,   ///< the body exceeds `maxResponseBytes`, or the headers exceed a built-in limit
        reset,      ///< the connection was lost
        redirect,   ///< a redirect to another origin, or too many of them
        proxy,      ///< the proxy refused the request or cannot be used
        protocol,   ///< the answer violates HTTP
        other       ///< any other failure; the message has libcurl's words
    };

    /// By default connect, timeout, truncated and reset are transient. By default the outcome is known for resolve,
    /// connect, tls and proxy, because the request was not sent.
    TransportError(Kind kind, const std::string& message, const ErrorContext& context = {});
    TransportError(const TransportError&) noexcept = default;
    TransportError& operator=(const TransportError&) noexcept = default;
    ~TransportError() override;

    /// Decides by default whether the failure is transient and whether the outcome is known.
    [[nodiscard]] Kind kind() const noexcept { return kind_; }

  private:
    Kind kind_;
};

/// The enumerator's name, such as `timeout`.
[[nodiscard]] REFOLD_EXPORT std::string to_string(TransportError::Kind kind);

/// The server answered with success, but the body is not what the API documents: not JSON, not UTF-8, or another shape.
class REFOLD_EXPORT ResponseError : public Error {
  public:
    /// `pointer` and `offset` as the members of these names return them.
    ResponseError(const std::string& message, const std::string& pointer, std::optional<std::size_t> offset = {},
                  const ErrorContext& context = {});
    ResponseError(const ResponseError&) noexcept = default;
    ResponseError& operator=(const ResponseError&) noexcept = default;
    ~ResponseError() override;

    /// JSON pointer (RFC 6901) to the value at fault; empty for the whole body.
    [[nodiscard]] const std::string& pointer() const noexcept { return *pointer_; }
    /// Position of the byte at fault, if the text itself is malformed.
    [[nodiscard]] std::optional<std::size_t> offset() const noexcept { return offset_; }

  private:
    std::shared_ptr<const std::string> pointer_;
    std::optional<std::size_t> offset_;
};

/// The content of a refusal. A text that the answer lacks is empty; credentials are replaced.
struct ApiErrorDetails {
    int status = 0;                  ///< HTTP status
    std::string code = {};           ///< `error_code`, or `error`
    std::string type = {};           ///< `http_error_type`
    std::string serverMessage = {};  ///< `message`
    std::string requestId = {};      ///< `request_id`, or the header `X-Request-Id`
    std::string body = {};           ///< the first 64 KiB of the body
    /// The pause that the server asked for.
    std::optional<std::chrono::milliseconds> retryAfter = {};
};

/// The server answered with a status outside 200 to 299.
class REFOLD_EXPORT ApiError : public Error {
  public:
    /// By default transient for 408, 425, 429, 5xx except 501 and 505, and for 403 if `details` has `retryAfter`.
    ApiError(const std::string& message, ApiErrorDetails details, const ErrorContext& context = {});
    ApiError(const ApiError&) noexcept = default;
    ApiError& operator=(const ApiError&) noexcept = default;
    ~ApiError() override;

    /// HTTP status. 0 if the call had no credentials to send, because a token provider or a strategy failed. 429
    /// without a request if an earlier rate limit still holds (see `RateLimitError`).
    [[nodiscard]] int status() const noexcept { return details_->status; }
    /// The API's error code, such as `SERVER_ERROR`; may be empty.
    [[nodiscard]] const std::string& code() const noexcept { return details_->code; }
    /// The API's name of the status, such as `UNAUTHORIZED`; may be empty.
    [[nodiscard]] const std::string& type() const noexcept { return details_->type; }
    /// The server's own words; may be empty.
    [[nodiscard]] const std::string& serverMessage() const noexcept { return details_->serverMessage; }
    /// Identifies the request to the vendor's support; may be empty.
    [[nodiscard]] const std::string& requestId() const noexcept { return details_->requestId; }
    /// The first 64 KiB of the body, with credentials replaced.
    [[nodiscard]] const std::string& body() const noexcept { return details_->body; }
    /// The pause that the server asked for; no value if it did not.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter() const noexcept { return details_->retryAfter; }
    /// All of the above.
    [[nodiscard]] const ApiErrorDetails& details() const noexcept { return *details_; }

  private:
    std::shared_ptr<const ApiErrorDetails> details_;
};

/// 401, or 403 without `Retry-After`: the key, the account or the token was not accepted, also after a refresh. With
/// status 0: a token provider failed.
class REFOLD_EXPORT AuthenticationError : public ApiError {
  public:
    using ApiError::ApiError;
    ~AuthenticationError() override;
};

/// The run, the node or the linked account does not exist, or the base URL is wrong: 404, 410, or 400 with
/// `RESOURCE_NOT_FOUND`.
class REFOLD_EXPORT NotFoundError : public ApiError {
  public:
    using ApiError::ApiError;
    ~NotFoundError() override;
};

/// A rate limit: 429, or 403 with `Retry-After`. Thrown if the retries did not help. After such an answer all calls of
/// the client and its copies wait. A call that may not wait so long (`timeout`, `RetryPolicy::maxRetryAfter`) is not
/// sent and throws this error with status 429. `retryAfter()` is the time to wait, counted from the throw.
class REFOLD_EXPORT RateLimitError : public ApiError {
  public:
    using ApiError::ApiError;
    ~RateLimitError() override;
};

/// 500 to 599, also after the retries.
class REFOLD_EXPORT ServerError : public ApiError {
  public:
    using ApiError::ApiError;
    ~ServerError() override;
};

}  // namespace v0
}  // namespace refold

#endif
