// Events come from the threads that make the calls.
#include "request_counter.hpp"

namespace cli {

void RequestCounter::onRequest(const refold::RequestEvent&) {
    ++requests_;
}

void RequestCounter::onResponse(const refold::ResponseEvent& event) {
    if (event.status >= 400) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    retryReason_.clear();
}

void RequestCounter::onRetry(const refold::RetryEvent& event) {
    const std::lock_guard<std::mutex> lock(mutex_);
    retryReason_ = event.reason;
}

std::string RequestCounter::retryReason() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return retryReason_;
}

}  // namespace cli
