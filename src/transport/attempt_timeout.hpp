// The time that a request was given is over. Of its own class, so that the pipeline, which knows where that time came
// from, can name the limit that the user has set. Thrown by Transfer.
#ifndef REFOLD_TRANSPORT_ATTEMPT_TIMEOUT_HPP
#define REFOLD_TRANSPORT_ATTEMPT_TIMEOUT_HPP

#include <refold/error.hpp>

#include <memory>
#include <string>

namespace refold::internal {

class AttemptTimeout final : public TransportError {
  public:
    /// \param doing  what was being done when the time was up: "while waiting for an answer"
    AttemptTimeout(const std::string& message, const std::string& doing, const ErrorContext& context)
        : TransportError(Kind::timeout, message, context), doing_(std::make_shared<const std::string>(doing)) {}

    const std::string& doing() const noexcept { return *doing_; }

  private:
    std::shared_ptr<const std::string> doing_;
};

}  // namespace refold::internal

#endif
