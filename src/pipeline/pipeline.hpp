// Runs calls: paces, authenticates, sends, classifies, and backs off or returns, all under one deadline. Shared by the
// copies of a client. Knows nothing of the operations' meaning.
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

/// A request before credentials and base URL are added.
struct ApiRequest {
    std::string method = "GET";
    std::string url = {};
    std::string body = {};
    /// True if the server may receive it twice without harm.
    bool idempotent = true;
    /// If not idempotent: its effect, for messages ("the rerun").
    std::string effect = "the request";
    /// A status with a particular meaning for this request, and that meaning; 0: none.
    int explainedStatus = 0;
    std::string explanation = {};
    /// Further secrets in the request.
    std::vector<std::string> secrets = {};
    /// True if the answer is a secret. The body of a refusal is then dropped, and texts that look like secrets are
    /// removed.
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

    /// Sends the request until `reader` accepts a successful response, or throws the final error.
    void run(const ApiRequest& request, AuthGate& auth, const CallOptions& options, ResponseReader& reader);

    /// The current time on the clock of deadlines.
    Clock::TimePoint now() const { return clock_->now(); }

  private:
    friend class Call;

    /// State shared by all calls of a process.
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
