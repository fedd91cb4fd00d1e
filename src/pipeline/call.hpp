// One call: its deadline, its attempts, and the decisions between them. Lives as long as Pipeline::run.
#ifndef REFOLD_PIPELINE_CALL_HPP
#define REFOLD_PIPELINE_CALL_HPP

#include "auth/auth_gate.hpp"
#include "auth/redactor.hpp"
#include "pipeline/attempt_failure.hpp"
#include "pipeline/event_reporter.hpp"
#include "pipeline/pipeline.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refold::internal {

class Call {
  public:
    Call(Pipeline& pipeline, const ApiRequest& request, AuthGate& auth, const CallOptions& options,
         ResponseReader& reader);

    void run();

  private:
    void tryUntilDone();
    /// Throws in a child of fork() if the call began in the parent, which continues it.
    void checkProcess() const;
    /// No value once the reader has the answer.
    std::optional<AttemptFailure> attempt();
    HttpResponse sendFollowingRedirects();
    /// Returns the turn's number.
    std::uint64_t pace();
    HttpRequest authenticated(const std::string& url);
    HttpResponse send(const HttpRequest& request);
    AttemptFailure refusal(const HttpResponse& response) const;
    AttemptFailure noResponse(const TransportError& error) const;
    bool refreshCredentials(const AttemptFailure& failure);
    /// Waits for the next attempt, or throws `failure` with the reason why there is none.
    void backOff(const AttemptFailure& failure);
    [[noreturn]] void raise(const AuthFailure& failure) const;
    [[noreturn]] void giveUp(const AttemptFailure& failure, const std::string& why) const;
    ErrorContext unsent() const;
    [[noreturn]] void raiseRateLimited() const;
    std::string message(const std::string& reason) const;
    std::string outcomeWarning() const;
    std::chrono::milliseconds timeLeft() const;

    const ProcessIdentity process_ = ProcessIdentity::current();
    Pipeline& pipeline_;
    Pipeline::Shared& shared_;
    const ApiRequest& request_;
    AuthGate& auth_;
    ResponseReader& reader_;
    const CancelToken cancel_;
    const std::chrono::milliseconds timeout_;
    const Clock::TimePoint begin_;
    const Clock::TimePoint deadline_;
    Redactor redactor_;
    EventReporter events_;
    std::uint64_t generation_ = 0;
    int attempts_ = 0;
    int retries_ = 0;
    /// True if this call has renewed the credentials; and how often another call did meanwhile.
    bool renewed_ = false;
    int replacements_ = 0;
    /// The attempt gets the rest of the call's time, which is less than `attemptTimeout`.
    bool callLimitsAttempt_ = false;
    /// The request was passed to the transport.
    bool handedOver_ = false;
};

}  // namespace refold::internal

#endif
