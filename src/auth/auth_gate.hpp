// Access to one AuthStrategy for all threads of a client: one member call at a time, and one refresh for all who meet a 401
// at the same time. Used by the pipeline.
#ifndef REFOLD_AUTH_AUTH_GATE_HPP
#define REFOLD_AUTH_AUTH_GATE_HPP

#include <refold/auth.hpp>
#include <refold/cancel.hpp>

#include "auth/auth_failure.hpp"
#include "auth/redactor.hpp"
#include "auth/token_source.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace refold::internal {

class AuthGate {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Credentials {
        std::vector<HttpHeader> headers;
        /// Tells which refresh, or which issued token, they are from.
        std::uint64_t generation = 0;
        /// What stands behind them and is not in the headers: keys, accounts, refresh tokens.
        std::vector<std::string> secrets = {};
    };

    /// `tokens` must outlive the gate; null where the strategy issues none.
    explicit AuthGate(std::shared_ptr<AuthStrategy> strategy, TokenSource* tokens = nullptr);

    /// Sees to it that `credentials` will not have to ask for a token, as far as that can be known. Throws as it does.
    void prepare(TimePoint deadline, const CancelToken& cancel);

    /// Throws AuthFailure, Cancelled, or TransportError (timeout) when another thread holds the strategy for too long. The strategy
    /// itself is the user's code and cannot be interrupted; a token request that it makes can.
    Credentials credentials(TimePoint deadline, const CancelToken& cancel);

    /// A 401, from the point of view of the call that met it.
    struct Refusal {
        /// Of the credentials that were refused.
        std::uint64_t generation = 0;
        /// The path of the request.
        std::string path = {};
        TimePoint time = {};
        /// Whether the call has already had the credentials renewed.
        bool hasRenewed = false;
    };
    enum class Renewal {
        none,      ///< there are no new credentials; the 401 stands
        renewed,   ///< this call has renewed them
        replaced,  ///< another call has, in the meantime
    };

    /// After a 401: renews the credentials unless another call has done so. Does not renew for a path that refused new
    /// credentials within the last minute, nor after several paths did. Throws as above.
    Renewal refresh(const Refusal& refusal, TimePoint deadline, const CancelToken& cancel);

    /// The strategy's const members, which need no turn. What they throw comes out as an `Error` without the credentials in use
    /// and without whatever else looks like a secret.
    std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const;
    std::string issuingKey() const;

  private:
    class Turn;
    class TurnIssuer;
    class Waiter;

    /// Returns the credentials to go on with where they are still good while another thread renews them, if `mayGoOn`; else the
    /// turn has been taken.
    std::optional<Credentials> takeTurn(TimePoint deadline, const CancelToken& cancel, bool mayGoOn);
    void prepareInTurn(TimePoint deadline, const CancelToken& cancel);
    template <class Secrets, class Work>
    auto redacted(const char* member, Secrets moreSecrets, Work work) const;
    Redactor secretsInUse() const;
    template <class Work>
    auto guarded(TimePoint deadline, Work work);
    void remember(const AuthFailure::Description& failure, TimePoint deadline);
    void forgetLatest();
    bool isRenewalUseless(const Refusal& refusal);

    const std::shared_ptr<AuthStrategy> strategy_;
    // What else the strategy can do; null where it cannot.
    TokenIssuingStrategy* const issuing_;
    const MultiAccountStrategy* const accounts_;
    TokenSource* const tokens_;
    mutable std::mutex mutex_;
    std::condition_variable turnEnded_;
    bool taken_ = false;
    bool renewsAhead_ = false;
    std::uint64_t turns_ = 0;
    // How the last turn failed, and when its call would have ended: those who waited for it share its fate instead of asking a
    // failing provider one by one.
    std::optional<AuthFailure::Description> lastFailure_;
    TimePoint lastFailureDeadline_;

    // Written in turn only. `latest_` under the mutex besides, for those who read it out of turn; it is kept where tokens are
    // issued.
    std::uint64_t generation_ = 0;
    // Paths that refused new credentials of late, and when.
    std::vector<std::pair<std::string, TimePoint>> refusedPaths_;
    std::vector<std::string> secrets_;
    std::optional<Credentials> latest_;
    // What was handed out last, for redaction alone. Under the mutex.
    Credentials inUse_;
};

}  // namespace refold::internal

#endif
