// One call: its deadline, its attempts, and the decisions between them. Lives as long as Pipeline::run.
#ifndef REFOLD_PIPELINE_CALL_HPP
#define REFOLD_PIPELINE_CALL_HPP

#include "auth/auth_gate.hpp"
#include "auth/redactor.hpp"
#include "pipeline/attempt_failure.hpp"
#include "pipeline/call_time.hpp"
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
    /// The attempt in progress, or the last one.
    struct Attempt {
        /// Of the credentials that it was sent with.
        std::uint64_t generation = 0;
        /// It gets the rest of the call's time, which is less than `attemptTimeout`.
        bool callLimitsTime = false;
        /// The request was passed to the transport.
        bool handedOver = false;
    };
    /// Of the credentials, during the call.
    struct Renewals {
        int own = 0;
        int byOthers = 0;
    };

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
    AttemptFailure noResponse(const TransportError& error) const;
    std::string_view path() const noexcept;
    bool refreshCredentials(const AttemptFailure& failure);
    /// Waits for the next attempt, or throws `failure` with the reason why there is none.
    void backOff(const AttemptFailure& failure);
    [[noreturn]] void raise(const AuthFailure& failure, const std::string& before, int status) const;
    [[noreturn]] void giveUp(const AttemptFailure& failure, const std::string& why) const;
    ErrorContext unsent() const;
    [[noreturn]] void raiseRateLimited() const;
    std::string message(const std::string& reason) const;
    std::string outcomeWarning() const;

    const ProcessIdentity process_ = ProcessIdentity::current();
    Pipeline& pipeline_;
    Pipeline::Shared& shared_;
    const ApiRequest& request_;
    AuthGate& auth_;
    ResponseReader& reader_;
    const CancelToken cancel_;
    const CallTime time_;
    Redactor redactor_;
    EventReporter events_;
    Attempt attempt_;
    int attempts_ = 0;
    int retries_ = 0;
    Renewals renewals_;
};

}  // namespace refold::internal

#endif
