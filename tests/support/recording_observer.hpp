// Records all events, also as one text. Used to check events, and that they contain no secrets.
#ifndef REFOLD_TESTS_SUPPORT_RECORDING_OBSERVER_HPP
#define REFOLD_TESTS_SUPPORT_RECORDING_OBSERVER_HPP

#include <refold/observer.hpp>

#include <mutex>
#include <string>
#include <vector>

namespace refold::test {

class RecordingObserver final : public Observer {
  public:
    void onRequest(const RequestEvent& event) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        requests_.push_back(event);
        text_ += "request " + std::to_string(event.attempt) + " " + event.method + " " + event.url + "\n";
        addHeaders(event.headers);
    }
    void onResponse(const ResponseEvent& event) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        responses_.push_back(event);
        text_ += "response " + std::to_string(event.attempt) + " " + std::to_string(event.status) + "\n";
        addHeaders(event.headers);
    }
    void onRetry(const RetryEvent& event) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        retries_.push_back(event);
        text_ += "retry after " + std::to_string(event.wait.count()) + " ms: " + event.reason + "\n";
    }
    void onPacing(const PacingEvent& event) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        pacings_.push_back(event);
    }
    void onCallEnd(const CallEvent& event) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        calls_.push_back(event);
        text_ += "call of " + std::to_string(event.attempts) + " attempts: " + event.error + "\n";
    }

    std::vector<RequestEvent> requests() const { return copy(requests_); }
    std::vector<ResponseEvent> responses() const { return copy(responses_); }
    std::vector<RetryEvent> retries() const { return copy(retries_); }
    std::vector<PacingEvent> pacings() const { return copy(pacings_); }
    std::vector<CallEvent> calls() const { return copy(calls_); }
    std::string text() const { return copy(text_); }

  private:
    template <class T>
    T copy(const T& value) const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return value;
    }
    void addHeaders(const std::vector<HttpHeader>& headers) {
        for (const HttpHeader& header : headers) text_ += "  " + header.name + ": " + header.value + "\n";
    }

    mutable std::mutex mutex_;
    std::vector<RequestEvent> requests_;
    std::vector<ResponseEvent> responses_;
    std::vector<RetryEvent> retries_;
    std::vector<PacingEvent> pacings_;
    std::vector<CallEvent> calls_;
    std::string text_;
};

}  // namespace refold::test

#endif
