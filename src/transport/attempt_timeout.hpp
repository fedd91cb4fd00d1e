// Thrown by Transfer if a request exceeded its time limit. A class of its own, so that the pipeline can name the option
// that the limit came from.
#ifndef REFOLD_TRANSPORT_ATTEMPT_TIMEOUT_HPP
#define REFOLD_TRANSPORT_ATTEMPT_TIMEOUT_HPP

#include <refold/error.hpp>

#include <memory>
#include <string>

namespace refold::internal {

class AttemptTimeout final : public TransportError {
  public:
    /// `doing` is what the transfer did when it timed out, such as "while waiting for an answer".
    AttemptTimeout(const std::string& message, const std::string& doing, const ErrorContext& context)
        : TransportError(Kind::timeout, message, context), doing_(std::make_shared<const std::string>(doing)) {}

    const std::string& doing() const noexcept { return *doing_; }

  private:
    std::shared_ptr<const std::string> doing_;
};

}  // namespace refold::internal

#endif
