// The reason that no credentials could be obtained: the strategy's exception, or the error of its token request. Thrown
// by the auth gate; the pipeline makes the public error from it.
#ifndef REFOLD_AUTH_AUTH_FAILURE_HPP
#define REFOLD_AUTH_AUTH_FAILURE_HPP

#include <refold/error.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace refold::internal {

class AuthFailure : public std::runtime_error {
  public:
    /// Throws an error with the message, and with the context as far as its class has one.
    using Raise = std::function<void(const std::string& message, const ErrorContext& context)>;

    /// Several threads share it; each makes an exception of its own from it.
    struct Description {
        std::string reason = {};
        /// True if trying again later may help.
        bool transient = false;
        /// Throws the library class of the original error. Null if the original is no `refold::Error`.
        Raise raise = {};
        /// False for an error that concerns one call only: its time limit or its cancellation.
        bool concernsAll = true;
    };

    explicit AuthFailure(const Description& description);

    /// Of an error without secrets.
    static Description describe(const Error& error);
    /// Of any other exception. Removes texts that look like secrets.
    static Description describe(const std::exception& error);

    /// True if the original is a `refold::Error`.
    bool hasClass() const noexcept { return description_->raise != nullptr; }
    /// Throws an error of the library class of the original; requires `hasClass()`.
    [[noreturn]] void raise(const std::string& message, int attempts) const;

  private:
    std::shared_ptr<const Description> description_;
};

}  // namespace refold::internal

#endif
