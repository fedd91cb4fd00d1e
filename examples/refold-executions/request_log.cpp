#include "request_log.hpp"

#include "display_text.hpp"
#include "message.hpp"
#include "number_text.hpp"

#include <chrono>
#include <utility>

namespace cli {
namespace {

void print(const std::string& text) {
    writeMessage("> " + forDisplay(text, Charset::utf8).text + "\n");
}

class ObserverPair final : public refold::Observer {
  public:
    ObserverPair(std::shared_ptr<refold::Observer> first, std::shared_ptr<refold::Observer> second)
        : first_(std::move(first)), second_(std::move(second)) {}

    void onRequest(const refold::RequestEvent& event) override { pass(&Observer::onRequest, event); }
    void onResponse(const refold::ResponseEvent& event) override { pass(&Observer::onResponse, event); }
    void onRetry(const refold::RetryEvent& event) override { pass(&Observer::onRetry, event); }
    void onPacing(const refold::PacingEvent& event) override { pass(&Observer::onPacing, event); }
    void onCallEnd(const refold::CallEvent& event) override { pass(&Observer::onCallEnd, event); }
    void onOutage(const refold::OutageEvent& event) override { pass(&Observer::onOutage, event); }
    void onPoll(const refold::PollEvent& event) override { pass(&Observer::onPoll, event); }

  private:
    template <class Event>
    void pass(void (refold::Observer::*member)(const Event&), const Event& event) {
        (first_.get()->*member)(event);
        (second_.get()->*member)(event);
    }

    std::shared_ptr<refold::Observer> first_;
    std::shared_ptr<refold::Observer> second_;
};

}  // namespace

std::string RequestLog::requestOf(std::uint64_t callId) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = requests_.find(callId);
    return found != requests_.end() ? found->second : std::string("request");
}

void RequestLog::onRequest(const refold::RequestEvent& event) {
    const std::lock_guard<std::mutex> lock(mutex_);
    requests_[event.callId] = event.method + " " + event.url;
}

void RequestLog::onResponse(const refold::ResponseEvent& event) {
    print(requestOf(event.callId) + ": " + std::to_string(event.status) + ", " +
          grouped(static_cast<std::int64_t>(event.bodyBytes)) + " bytes");
}

void RequestLog::onRetry(const refold::RetryEvent& event) {
    print(requestOf(event.callId) + ": " + event.reason + "; trying again in " + durationText(event.wait));
}

void RequestLog::onCallEnd(const refold::CallEvent& event) {
    const auto total = std::chrono::duration_cast<std::chrono::milliseconds>(event.total);
    print(requestOf(event.callId) + ": " + (event.error.empty() ? "done" : "failed: " + event.error) + " after " +
          (event.attempts == 1 ? "1 try" : grouped(event.attempts) + " tries") + " and " + durationText(total));
    const std::lock_guard<std::mutex> lock(mutex_);
    requests_.erase(event.callId);
}

std::shared_ptr<refold::Observer> observerOf(std::shared_ptr<refold::Observer> first,
                                             std::shared_ptr<refold::Observer> second) {
    if (!first) return second;
    return std::make_shared<ObserverPair>(std::move(first), std::move(second));
}

}  // namespace cli
