// Tests the events for observers: every step, redacted; exceptions are swallowed.
#include <refold/observer.hpp>

#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace refold::test {
namespace {

using namespace std::chrono_literals;

class Recorder final : public Observer {
  public:
    void onRequest(const RequestEvent& event) override {
        note("request " + std::to_string(event.attempt) + " " + event.method + " " + event.url);
        keep(event.headers);
    }
    void onResponse(const ResponseEvent& event) override {
        note("response " + std::to_string(event.status) + " " + std::to_string(event.bodyBytes));
        keep(event.headers);
    }
    void onRetry(const RetryEvent& event) override {
        note("retry " + std::to_string(event.wait.count()));
        text += event.reason;
    }
    void onPacing(const PacingEvent& event) override { note("pacing " + std::to_string(event.waited.count())); }
    void onCallEnd(const CallEvent& event) override {
        note("end " + std::to_string(event.attempts) + " " + std::to_string(event.status) + " " +
             std::to_string(event.total.count() / 1000));
        text += event.error;
    }

    std::vector<std::string> notes;
    std::string text;

  private:
    void note(std::string line) {
        text += line;
        notes.push_back(std::move(line));
    }
    void keep(const std::vector<HttpHeader>& headers) {
        for (const HttpHeader& header : headers) text += header.name + "=" + header.value + "\n";
    }
};

class ThrowingObserver final : public Observer {
  public:
    void onRequest(const RequestEvent& /*event*/) override { throw std::runtime_error("no"); }
    void onResponse(const ResponseEvent& /*event*/) override { throw 1; }
    void onRetry(const RetryEvent& /*event*/) override { throw 1; }
    void onCallEnd(const CallEvent& /*event*/) override { throw std::runtime_error("no"); }
};

TEST_F(PipelineTest, AnObserverSeesEveryStep) {
    const auto recorder = std::make_shared<Recorder>();
    observer = recorder;
    settings.rateLimit = {1, 1};
    transport->respond(503, "{}").respond(200, "{ }");
    run();
    EXPECT_EQ(recorder->notes,
              (std::vector<std::string>{"request 1 GET " + request.url, "response 503 2", "retry 250", "pacing 750",
                                        "request 2 GET " + request.url, "response 200 3", "end 2 200 1000"}));
}

TEST_F(PipelineTest, EventsHoldNoSecret) {
    const auto recorder = std::make_shared<Recorder>();
    observer = recorder;
    transport->respond(503, "tk_test_not_a_real_key", {{"Set-Cookie", "sid=hush"}, {"X-Echo", "user_12345"}});
    transport->respond(400, "for user_12345", {{"Retry-After", "3"}, {"Server", "tk_test_not_a_real_key"}});
    EXPECT_THROW(run(), ApiError);
    for (const char* secret : {"tk_test_not_a_real_key", "user_12345", "hush"}) {
        EXPECT_EQ(recorder->text.find(secret), std::string::npos) << recorder->text;
    }
    EXPECT_NE(recorder->text.find("x-api-key=***"), std::string::npos);
    EXPECT_NE(recorder->text.find("Retry-After=3"), std::string::npos);
}

TEST_F(PipelineTest, ObserverExceptionsAreIgnored) {
    observer = std::make_shared<ThrowingObserver>();
    transport->respond(503, "{}").respond(200, "{}");
    EXPECT_EQ(run(), "{}");
}

}  // namespace
}  // namespace refold::test
