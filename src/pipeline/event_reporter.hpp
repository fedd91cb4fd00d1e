// Reports redacted events to the user's Observer, and swallows its exceptions. Used by the pipeline.
#ifndef REFOLD_PIPELINE_EVENT_REPORTER_HPP
#define REFOLD_PIPELINE_EVENT_REPORTER_HPP

#include <refold/observer.hpp>

#include "auth/redactor.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace refold::internal {

/// Reports the events of one call. Without an observer it costs nothing.
class EventReporter {
  public:
    /// `observer` may be null; it and `redactor` must outlive the reporter.
    EventReporter(Observer* observer, std::uint64_t callId, const Redactor& redactor) noexcept;

    void request(int attempt, const HttpRequest& request) noexcept;
    void response(int attempt, const HttpResponse& response) noexcept;
    void retry(int attempt, const std::string& reason, std::chrono::milliseconds wait) noexcept;
    void pacing(std::chrono::milliseconds waited) noexcept;
    void callEnd(int attempts, const char* error, std::chrono::microseconds total) noexcept;

  private:
    Observer* const observer_;
    const std::uint64_t callId_;
    const Redactor& redactor_;
    int lastStatus_ = 0;
    TransferInfo lastTransfer_ = {};
};

}  // namespace refold::internal

#endif
