// A pipeline over a scripted transport and a manual clock. Used by the pipeline's unit tests.
#ifndef REFOLD_TESTS_PIPELINE_PIPELINE_FIXTURE_HPP
#define REFOLD_TESTS_PIPELINE_PIPELINE_FIXTURE_HPP

#include <refold/testing/fake_transport.hpp>

#include "codec/decode_error.hpp"
#include "pipeline/manual_clock.hpp"
#include "pipeline/pipeline.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace refold::test {

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Accepts any body except those that begin with `bad` or end with `...`.
class StrictReader final : public internal::ResponseReader {
  public:
    void read(const HttpResponse& response) override {
        const std::string& text = response.body;
        if (text.substr(0, 3) == "bad") throw internal::DecodeError("not a page", "/docs/3", 7, false);
        if (text.find('<') != std::string::npos) throw internal::DecodeError("not JSON", "", 0, false);
        const bool endsEarly = text.empty() || (text.size() > 3 && text.substr(text.size() - 3) == "...");
        if (endsEarly) throw internal::DecodeError("it ends early", "", text.size(), true);
        body = text;
    }

    std::string body;
};

class PipelineTest : public ::testing::Test {
  protected:
    /// The pipeline owns the clock and the random source; `clock` is valid as long as the pipeline.
    std::string run(const CallOptions& options = {}) {
        if (pipeline == nullptr) build();
        StrictReader reader;
        pipeline->run(request, *gate, options, reader);
        return reader.body;
    }

    void build() {
        auto ownClock = std::make_unique<ManualClock>();
        clock = ownClock.get();
        gate = std::make_unique<internal::AuthGate>(auth);
        pipeline = std::make_unique<internal::Pipeline>(settings, transport, observer, std::move(ownClock),
                                                        std::make_unique<FixedRandom>(jitter));
    }

    /// Runs a call and returns its error.
    template <class ErrorClass>
    ErrorClass failure(const CallOptions& options = {}) {
        try {
            run(options);
        } catch (const ErrorClass& error) {
            return error;
        }
        throw std::logic_error("the call succeeded");
    }

    std::shared_ptr<testing::FakeTransport> transport = std::make_shared<testing::FakeTransport>();
    std::shared_ptr<AuthStrategy> auth = apiKey("tk_test_not_a_real_key", "user_12345");
    std::shared_ptr<Observer> observer;
    internal::PipelineSettings settings = {
        {}, RateLimit::none(), std::chrono::seconds(60), std::chrono::seconds(30), "agent/1"};
    internal::ApiRequest request = {"GET", "https://api.example/api/v2/public/execution?limit=10", "", true};
    double jitter = 0.5;
    ManualClock* clock = nullptr;
    std::unique_ptr<internal::AuthGate> gate;
    std::unique_ptr<internal::Pipeline> pipeline;
};

}  // namespace refold::test

#endif
