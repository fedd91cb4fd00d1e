// Serialises the calls of an AuthStrategy by all threads of a client: one member call at a time, and one refresh for
// calls that receive a 401 at the same time. Used by the pipeline.
#ifndef REFOLD_AUTH_AUTH_GATE_HPP
#define REFOLD_AUTH_AUTH_GATE_HPP

#include <refold/auth.hpp>
#include <refold/cancel.hpp>

#include "auth/auth_failure.hpp"
#include "auth/redactor.hpp"
#include "auth/renewal_limits.hpp"
#include "auth/token_source.hpp"
#include "auth/waiting_strategy.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {

class AuthGate {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Credentials {
        std::vector<HttpHeader> headers;
        /// Counts refreshes and issued tokens.
        std::uint64_t generation = 0;
        /// Secrets that are not in the headers: keys, accounts, refresh tokens.
        std::vector<std::string> secrets = {};
    };

    /// `tokens` must outlive the gate; null if the strategy issues no tokens.
    explicit AuthGate(std::shared_ptr<AuthStrategy> strategy, TokenSource* tokens = nullptr);

    /// Renews the token ahead of need, so that `credentials` seldom has to. Throws like `credentials`.
    void prepare(TimePoint deadline, const CancelToken& cancel);

    /// Throws AuthFailure, Cancelled, or a TransportError (timeout) if another thread keeps the strategy busy for too
    /// long. The strategy is the user's code and cannot be interrupted; its token requests can.
    Credentials credentials(TimePoint deadline, const CancelToken& cancel);

    /// A 401 as one call received it.
    struct Refusal {
        /// Of the credentials that were refused.
        std::uint64_t generation = 0;
        /// The path of the request.
        std::string path = {};
        TimePoint time = {};
        /// How often the call has renewed the credentials before.
        int renewals = 0;
    };
    using Renewal = internal::Renewal;

    /// After a 401: renews the credentials unless another call has done so. Does not renew for a path that refused new
    /// credentials within the last minute, nor renews new credentials after several paths did. A path that has accepted
    /// credentials before is given more chances, because another client may end a token that has just been issued.
    /// Throws like `credentials`.
    Renewal refresh(const Refusal& refusal, TimePoint deadline, const CancelToken& cancel);

    /// A request to this path succeeded.
    void accepted(std::string_view path) noexcept { limits_.accepted(path); }

    /// The strategy's const members, which need no turn. Their exceptions become an `Error` without the credentials in
    /// use and without texts that look like secrets.
    std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const;
    std::string issuingKey() const;

  private:
    class Turn;
    class TurnIssuer;
    class Waiter;

    /// Takes the turn and returns no value. If `mayGoOn` and another thread renews credentials that are still valid,
    /// returns those instead of waiting.
    std::optional<Credentials> takeTurn(TimePoint deadline, const CancelToken& cancel, bool mayGoOn);
    void prepareInTurn(TimePoint deadline, const CancelToken& cancel);
    template <class Secrets, class Work>
    auto redacted(const char* member, Secrets moreSecrets, Work work) const;
    Redactor secretsInUse() const;
    /// Without the credentials in use and texts that look like secrets.
    AuthFailure::Description describeSafely(const Error& error) const;
    template <class Work>
    auto guarded(TimePoint deadline, const CancelToken& cancel, Work work);
    void remember(const AuthFailure::Description& failure, TimePoint deadline);
    void forgetLatest();

    const std::shared_ptr<AuthStrategy> strategy_;
    // The strategy's further interfaces, or null.
    TokenIssuingStrategy* const issuing_;
    const MultiAccountStrategy* const accounts_;
    WaitingStrategy* const waiting_;
    TokenSource* const tokens_;
    RenewalLimits limits_;
    mutable std::mutex mutex_;
    std::condition_variable turnEnded_;
    bool taken_ = false;
    bool renewsAhead_ = false;
    std::uint64_t turns_ = 0;
    // The failure of the last turn, and the deadline of its call. Its waiters share the failure, so that they do not
    // call a failing provider one by one.
    std::optional<AuthFailure::Description> lastFailure_;
    TimePoint lastFailureDeadline_;

    // Written in turn only. `latest_` is also guarded by the mutex, for readers out of turn; used if tokens are issued.
    std::uint64_t generation_ = 0;
    std::vector<std::string> secrets_;
    std::optional<Credentials> latest_;
    // The credentials returned last. Guarded by the mutex for readers out of turn.
    Credentials inUse_;
};

}  // namespace refold::internal

#endif
