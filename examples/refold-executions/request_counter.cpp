// Receives events on the threads that make the calls.
#include "request_counter.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cli {

void RequestCounter::onRequest(const refold::RequestEvent& event) {
    ++requests_;
    for (const std::string_view name : {"?start_date=", "&start_date=", "?end_date=", "&end_date="}) {
        const std::size_t at = event.url.find(name);
        if (at == std::string::npos) continue;
        const std::size_t begin = at + name.size();
        const std::size_t length = std::min(event.url.find('&', begin), event.url.size()) - begin;
        datesAreDays_ = length == std::string_view("2026-06-16").size();
    }
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
