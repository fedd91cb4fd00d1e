// Why no credentials could be obtained: the strategy's exception, or the error of its token request. Thrown by the auth
// gate; the pipeline makes the public error from it.
#ifndef REFOLD_AUTH_AUTH_FAILURE_HPP
#define REFOLD_AUTH_AUTH_FAILURE_HPP

#include <refold/error.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>

namespace refold::internal {

class AuthFailure : public std::runtime_error {
  public:
    struct NoResponse {
        TransportError::Kind kind;
        bool transient;
    };
    struct Unreadable {
        std::string pointer;
        std::optional<std::size_t> offset;
    };
    /// No value if the strategy itself failed.
    using Cause = std::variant<std::monostate, NoResponse, ApiErrorDetails, Unreadable>;

    /// Plain values that several threads share; each makes an exception of its own from them.
    struct Description {
        std::string reason;
        Cause cause = {};
    };

    explicit AuthFailure(const Description& description);

    /// From the error of a token request.
    static Description describe(const Error& error);
    /// From any other exception, without texts that look like secrets.
    static Description describe(const std::exception& error);

    const Cause& cause() const noexcept { return *cause_; }

  private:
    std::shared_ptr<const Cause> cause_;
};

}  // namespace refold::internal

#endif
