// Everything the library throws, in one hierarchy. Catch `refold::Error` for all of it, or the class that the program can do
// something about. `what()` is one line for a person: what happened, where, and what can be done; it holds no
// credential and no control character.
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

/// The base of all errors. Copying never throws.
class REFOLD_EXPORT Error : public std::runtime_error {
  public:
    /// \param message          what happened, in one line
    /// \param attempts         how often the request was sent
    /// \param outcomeUnknown  whether the server may have acted on a request that must not be repeated lightly
    explicit Error(const std::string& message, int attempts = 0, bool outcomeUnknown = false);
    Error(const Error&) noexcept = default;
    Error& operator=(const Error&) noexcept = default;
    ~Error() override;

    /// How often the request was sent; 0 where it was refused before.
    /// \return the number of attempts
    int attempts() const noexcept { return attempts_; }

    /// True when a request that must not be repeated lightly (`Client::rerunExecution`) failed and it is open whether the server
    /// acted on it: the connection was lost or time ran out once the request was on its way, the call was cancelled
    /// meanwhile, the server answered with a 5xx or a 408, or its answer cannot be read. Look on the server before asking
    /// again. False when it is certain that nothing happened (the host was not found, the connection refused, TLS not
    /// agreed on, the request refused with another 4xx), and always for requests that can be repeated without harm.
    /// \return whether to look on the server before asking again
    bool outcomeUnknown() const noexcept { return outcomeUnknown_; }

  private:
    int attempts_;
    bool outcomeUnknown_;
};

/// An argument that cannot be right, refused before anything is sent: the message names it, its value and the rule.
class REFOLD_EXPORT InvalidArgument : public Error {
  public:
    /// \param argument  its name as the caller knows it, such as `limit`
    /// \param message   what is wrong with it, in one line
    InvalidArgument(const std::string& argument, const std::string& message);
    InvalidArgument(const InvalidArgument&) noexcept = default;
    InvalidArgument& operator=(const InvalidArgument&) noexcept = default;
    ~InvalidArgument() override;

    /// \return the argument's name, such as `limit`
    const std::string& argument() const noexcept { return *argument_; }

  private:
    std::shared_ptr<const std::string> argument_;
};

/// The call's `CancelToken` was cancelled, or its range destroyed.
class REFOLD_EXPORT Cancelled : public Error {
  public:
    /// \param attempts  how often the request had been sent
    explicit Cancelled(int attempts = 0);
    /// \param message          what happened, in one line
    /// \param attempts         how often the request had been sent
    /// \param outcomeUnknown  whether the server may have acted on a request that must not be repeated lightly
    Cancelled(const std::string& message, int attempts, bool outcomeUnknown);
    Cancelled(const Cancelled&) noexcept = default;
    Cancelled& operator=(const Cancelled&) noexcept = default;
    ~Cancelled() override;
};

/// No whole answer arrived.
class REFOLD_EXPORT TransportError : public Error {
  public:
    /// What went wrong on the way.
    enum class Kind {
        resolve,    ///< the host's name could not be resolved
        connect,    ///< nothing listens there, or the network does not lead there
        tls,        ///< the connection could not be secured; the message has the reason
        timeout,    ///< of connecting, of one attempt, or of the whole call: the message says which
        truncated,  ///< the answer ended before its end
        tooLarge,   ///< more than `maxResponseBytes`, or more headers than an answer has
        reset,      ///< the connection was lost
        redirect,   ///< the server redirects to another origin, or in circles
        proxy,      ///< the proxy refused
        protocol,   ///< what came is not HTTP
        other       ///< anything else; the message has libcurl's words
    };

    /// Whether trying again may help goes by the kind: true for connect, timeout, truncated and reset.
    /// \param kind      what went wrong
    /// \param message   what happened, in one line
    /// \param attempts  how often the request was sent
    TransportError(Kind kind, const std::string& message, int attempts = 0);
    /// \param kind       what went wrong
    /// \param message    what happened, in one line
    /// \param attempts   how often the request was sent
    /// \param transient  whether trying again may help
    TransportError(Kind kind, const std::string& message, int attempts, bool transient);
    /// \param kind             what went wrong
    /// \param message          what happened, in one line
    /// \param attempts         how often the request was sent
    /// \param transient        whether trying again may help
    /// \param outcomeUnknown  in a `Transport`: whether the server may have got the request; by default false for resolve,
    ///                         connect, tls and proxy
    TransportError(Kind kind, const std::string& message, int attempts, bool transient, bool outcomeUnknown);
    TransportError(const TransportError&) noexcept = default;
    TransportError& operator=(const TransportError&) noexcept = default;
    ~TransportError() override;

    /// \return what went wrong
    Kind kind() const noexcept { return kind_; }
    /// \return whether trying again may help
    bool isTransient() const noexcept { return transient_; }

  private:
    Kind kind_;
    bool transient_;
};

/// The server answered with success, but the answer is not what the API describes: not JSON, not UTF-8, not the shape.
class REFOLD_EXPORT ResponseError : public Error {
  public:
    /// \param message   what happened, in one line
    /// \param pointer   JSON pointer (RFC 6901) to the place, empty for the whole answer
    /// \param offset    the byte at which reading ended, where the text itself is at fault
    /// \param attempts  how often the request was sent
    /// \param outcomeUnknown  whether the server may have acted on a request that must not be repeated lightly
    ResponseError(const std::string& message, const std::string& pointer, std::optional<std::size_t> offset = {},
                  int attempts = 0, bool outcomeUnknown = false);
    ResponseError(const ResponseError&) noexcept = default;
    ResponseError& operator=(const ResponseError&) noexcept = default;
    ~ResponseError() override;

    /// \return JSON pointer (RFC 6901) to the place; empty for the whole answer
    const std::string& pointer() const noexcept { return *pointer_; }
    /// \return the byte at which reading ended, where the text itself is at fault
    std::optional<std::size_t> offset() const noexcept { return offset_; }

  private:
    std::shared_ptr<const std::string> pointer_;
    std::optional<std::size_t> offset_;
};

/// What a server says about a request that it refuses. Texts are empty where the answer has none; credentials in them are
/// blotted out.
struct ApiErrorDetails {
    int status = 0;                  ///< HTTP status
    std::string code = {};           ///< `error_code`, or `error`
    std::string type = {};           ///< `http_error_type`
    std::string serverMessage = {};  ///< `message`
    std::string requestId = {};      ///< `request_id`, or the header of that name
    std::string body = {};           ///< the answer's first 64 KiB
    /// How long the server asked to wait.
    std::optional<std::chrono::milliseconds> retryAfter = {};
};

/// The server refused: any status outside 200 to 299.
class REFOLD_EXPORT ApiError : public Error {
  public:
    /// \param message          what happened, in one line
    /// \param details          what the server said
    /// \param attempts         how often the request was sent
    /// \param outcomeUnknown  whether the server may have acted on a request that must not be repeated lightly
    ApiError(const std::string& message, ApiErrorDetails details, int attempts = 0, bool outcomeUnknown = false);
    ApiError(const ApiError&) noexcept = default;
    ApiError& operator=(const ApiError&) noexcept = default;
    ~ApiError() override;

    /// \return the HTTP status; 0 where a token provider failed
    int status() const noexcept { return details_->status; }
    /// \return the API's code, such as `SERVER_ERROR`; may be empty
    const std::string& code() const noexcept { return details_->code; }
    /// \return the API's name for the status, such as `UNAUTHORIZED`; may be empty
    const std::string& type() const noexcept { return details_->type; }
    /// \return the server's words; may be empty
    const std::string& serverMessage() const noexcept { return details_->serverMessage; }
    /// \return what to name when asking the vendor; may be empty
    const std::string& requestId() const noexcept { return details_->requestId; }
    /// \return the answer's first 64 KiB, credentials blotted out
    const std::string& body() const noexcept { return details_->body; }
    /// \return how long the server asked to wait; no value where it did not
    std::optional<std::chrono::milliseconds> retryAfter() const noexcept { return details_->retryAfter; }

  private:
    std::shared_ptr<const ApiErrorDetails> details_;
};

/// 401 or 403: the key, the account or the token is not accepted, also after a refresh. A token provider that failed is one
/// too, with status 0.
class REFOLD_EXPORT AuthenticationError : public ApiError {
  public:
    using ApiError::ApiError;
    ~AuthenticationError() override;
};

/// 404.
class REFOLD_EXPORT NotFoundError : public ApiError {
  public:
    using ApiError::ApiError;
    ~NotFoundError() override;
};

/// 429, and waiting as the policy allows did not help.
class REFOLD_EXPORT RateLimitError : public ApiError {
  public:
    using ApiError::ApiError;
    ~RateLimitError() override;
};

/// 500 to 599, and trying again as the policy allows did not help.
class REFOLD_EXPORT ServerError : public ApiError {
  public:
    using ApiError::ApiError;
    ~ServerError() override;
};

}  // namespace v0
}  // namespace refold

#endif
