// What happens to one call between the operation and the wire: pace, authenticate, send, classify, back off or return,
// all under one deadline. Shared by every handle of a client; knows nothing of what the operations mean.
#ifndef REFOLD_PIPELINE_PIPELINE_HPP
#define REFOLD_PIPELINE_PIPELINE_HPP

#include <refold/call_options.hpp>
#include <refold/client_options.hpp>
#include <refold/observer.hpp>
#include <refold/transport.hpp>

#include "auth/auth_gate.hpp"
#include "pipeline/rate_limiter.hpp"
#include "pipeline/response_reader.hpp"
#include "pipeline/retry_quota.hpp"
#include "time/clock.hpp"
#include "time/random.hpp"
#include "types/per_process.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace refold::internal {

/// A request before anything is added to it.
struct ApiRequest {
    std::string method = "GET";
    std::string url = {};
    std::string body = {};
    /// Whether it may be sent again when the server may have seen it.
    bool idempotent = true;
    /// If not: what may have happened when it failed, for messages ("the rerun").
    std::string effect = "the request";
    /// A status that says something particular of this request, and what; 0: none.
    int explainedStatus = 0;
    std::string explanation = {};
    /// Texts in it that count as secret, as the credentials do.
    std::vector<std::string> secrets = {};
    /// Whether the answer is one: of a refusal, the body is then dropped, and the words are cleaned by their looks.
    bool secretAnswer = false;
};

struct PipelineSettings {
    RetryPolicy retry = {};
    RateLimit rateLimit = {};
    std::chrono::milliseconds timeout{60000};
    std::chrono::milliseconds attemptTimeout{30000};
    std::string userAgent = {};
};

class Pipeline {
  public:
    Pipeline(PipelineSettings settings, std::shared_ptr<Transport> transport, std::shared_ptr<Observer> observer,
             std::unique_ptr<Clock> clock, std::unique_ptr<Random> random);

    /// Sends the request until `reader` has taken in a successful response, or throws the error that ended it.
    void run(const ApiRequest& request, AuthGate& auth, const CallOptions& options, ResponseReader& reader);

    /// On the clock by which calls end.
    Clock::TimePoint now() const { return clock_->now(); }

  private:
    friend class Call;

    /// What all calls of one process share.
    struct Shared {
        explicit Shared(const PipelineSettings& settings, Clock& clock)
            : limiter(settings.rateLimit, clock), quota(settings.retry.quota) {}

        RateLimiter limiter;
        RetryQuota quota;
    };
    Shared& shared();

    const PipelineSettings settings_;
    const std::shared_ptr<Transport> transport_;
    const std::shared_ptr<Observer> observer_;
    const std::unique_ptr<Clock> clock_;
    const std::unique_ptr<Random> random_;
    PerProcess<Shared> shared_;
    std::atomic<std::uint64_t> calls_{0};
};

}  // namespace refold::internal

#endif
