// Why there are no credentials: the strategy's own words, or how its request for a token ended. Thrown by the auth gate; the pipeline
// makes the public error of it.
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
    /// Nothing for a strategy that failed by itself.
    using Cause = std::variant<std::monostate, NoResponse, ApiErrorDetails, Unreadable>;

    /// What several threads may share: plain values, from which each makes an exception of its own.
    struct Description {
        std::string reason;
        Cause cause = {};
    };

    explicit AuthFailure(const Description& description);

    /// Of an error that a token request ended with.
    static Description describe(const Error& error);
    /// Of anything else, in words without whatever looks like a secret.
    static Description describe(const std::exception& error);

    const Cause& cause() const noexcept { return *cause_; }

  private:
    std::shared_ptr<const Cause> cause_;
};

}  // namespace refold::internal

#endif
