// Makes events with redacted headers.
#include "pipeline/event_reporter.hpp"

#include "transport/http_header.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace refold::internal {

namespace {

/// The allow-list: headers whose values are never secret.
bool mayBeShown(std::string_view name) {
    constexpr std::array<std::string_view, 14> shown = {
        "accept",        "accept-encoding", "user-agent", "content-type", "content-length",    "content-encoding",
        "cache-control", "connection",      "date",       "retry-after",  "transfer-encoding", "server",
        "x-request-id",  "request-id"};
    std::string lowered(name);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(shown.begin(), shown.end(), lowered) != shown.end();
}

std::vector<HttpHeader> redacted(const std::vector<HttpHeader>& headers, const Redactor& redactor) {
    std::vector<HttpHeader> safe;
    safe.reserve(headers.size());
    for (const HttpHeader& header : headers) {
        safe.push_back(httpHeader(header.name, mayBeShown(header.name) ? redactor(header.value) : "***"));
    }
    return safe;
}

/// Runs `report` if there is an observer. Its exceptions must not change the call.
template <class Report>
void guarded(const Observer* observer, Report report) noexcept {
    if (observer == nullptr) return;
    try {
        report();
    } catch (...) {
        static_cast<void>(0);  // documented: an observer's exceptions are swallowed
    }
}

}  // namespace

EventReporter::EventReporter(Observer* observer, std::uint64_t callId, const Redactor& redactor) noexcept
    : observer_(observer), callId_(callId), redactor_(redactor) {
}

void EventReporter::request(int attempt, const HttpRequest& request) noexcept {
    guarded(observer_, [&] {
        // Not all in one initialiser: g++ 10 leaks the first members if making the next one throws.
        RequestEvent event;
        event.callId = callId_;
        event.attempt = attempt;
        event.method = request.method;
        event.url = redactor_(request.url);
        event.headers = redacted(request.headers, redactor_);
        observer_->onRequest(event);
    });
}

void EventReporter::response(int attempt, const HttpResponse& response) noexcept {
    guarded(observer_, [&] {
        lastStatus_ = response.status;
        lastTransfer_ = response.transfer;
        observer_->onResponse({callId_, attempt, response.status, redacted(response.headers, redactor_),
                               response.transfer, response.body.size()});
    });
}

void EventReporter::retry(int attempt, const std::string& reason, std::chrono::milliseconds wait) noexcept {
    guarded(observer_, [&] { observer_->onRetry({callId_, attempt, reason, wait}); });
}

void EventReporter::pacing(std::chrono::milliseconds waited) noexcept {
    guarded(observer_, [&] { observer_->onPacing({callId_, waited}); });
}

void EventReporter::callEnd(int attempts, const char* error, std::chrono::microseconds total) noexcept {
    guarded(observer_, [&] { observer_->onCallEnd({callId_, attempts, lastStatus_, error, lastTransfer_, total}); });
}

}  // namespace refold::internal
