// Requests session tokens: the first one, before expiry, and after a 401.
//
// A service may end an account's token when it issues a new one. Two clients of one account would then end each other's
// tokens for ever, since each renewal is forced. So a forced token that is refused while it is young was probably ended
// by another client, and the next request is not forced: the service then hands out the other client's token, which
// both use from then on. If it hands out the refused token again, a new one is forced.
#include <refold/auth.hpp>
#include <refold/error.hpp>

#include "auth/secret_rules.hpp"
#include "auth/waiting_strategy.hpp"
#include "codec/session_token_codec.hpp"
#include "types/per_process.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <utility>

namespace refold {
inline namespace v0 {

namespace {

using TimePoint = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

/// Returns the time before expiry at which a token is renewed: a tenth of its lifetime, so that short-lived tokens are
/// not renewed all the time, and long enough for others to outlast a short outage of the token endpoint.
milliseconds renewalWindow(milliseconds lifetime) {
    constexpr milliseconds longest = std::chrono::minutes(5);
    return std::min(lifetime / 10, longest);
}

/// The token in use.
struct HeldToken {
    std::string text;
    /// No value if the server sends no lifetime; the token is then used until it is refused.
    std::optional<TimePoint> renewAt = {};
    TimePoint expiresAt = {};
    milliseconds window{0};
    TimePoint issuedAt = {};
    bool isForced = false;
    bool isRefused = false;

    bool hasEnded(TimePoint now) const { return isRefused || (renewAt && now >= expiresAt); }
};

class IssuedTokenStrategy final : public MultiAccountStrategy,
                                  public TokenIssuingStrategy,
                                  public internal::WaitingStrategy {
  public:
    IssuedTokenStrategy(std::string apiKey, std::string linkedAccountId)
        : key_(std::move(apiKey)), linkedAccountId_(std::move(linkedAccountId)) {}

    void prepare(SessionTokenIssuer& issuer) override {
        const std::optional<HeldToken> held = current();
        const TimePoint now = issuer.now();
        if (!held) {
            request(issuer, now, SessionTokenOptions{});
        } else if (held->hasEnded(now)) {
            const bool mayBeReplaced = held->isRefused && held->isForced && now - held->issuedAt < youth;
            if (!mayBeReplaced || !request(issuer, now, SessionTokenOptions{}, held->text)) {
                request(issuer, now, SessionTokenOptions{true});
            }
        } else if (held->renewAt && now >= *held->renewAt) {
            renewAhead(issuer, now);
        }
    }

    std::vector<HttpHeader> headers() override {
        const std::optional<HeldToken> held = current();
        // A client always calls `prepare` first.
        if (!held) throw InvalidArgument("auth", "no session token has been issued yet");
        return {{"Authorization", valueOf(*held)}};
    }

    bool refresh() override {
        State& state = this->state();
        const std::lock_guard<std::mutex> lock(state.mutex);
        // Kept until replaced: another client that shares this strategy may be about to send it.
        if (state.held) state.held->isRefused = true;
        return true;
    }

    Headers headersBy(TimePoint /*deadline*/, const CancelToken& /*cancel*/) override { return headers(); }

    internal::Renewal refreshBy(const Headers& refused, TimePoint /*deadline*/,
                                const CancelToken& /*cancel*/) override {
        State& state = this->state();
        const std::lock_guard<std::mutex> lock(state.mutex);
        const bool isHeld = state.held && !refused.empty() && refused.front().value == valueOf(*state.held);
        if (state.held && !isHeld) return internal::Renewal::replaced;
        if (isHeld) state.held->isRefused = true;
        return internal::Renewal::renewed;
    }

    std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const override {
        return sessionTokenFor(key_, linkedAccountId);
    }

    std::string issuingKey() const override { return key_; }

  private:
    /// How long a token is young.
    static constexpr std::chrono::minutes youth{1};

    /// The lock guards a strategy shared by several clients, whose turns are independent.
    struct State {
        std::mutex mutex;
        std::optional<HeldToken> held;
    };

    static std::string valueOf(const HeldToken& held) { return std::string(internal::bearerPrefix) + held.text; }

    State& state() {
        return state_.get([] { return std::make_unique<State>(); });
    }

    std::optional<HeldToken> current() {
        State& state = this->state();
        const std::lock_guard<std::mutex> lock(state.mutex);
        return state.held;
    }

    /// Returns false if the server hands out `refused`.
    bool request(SessionTokenIssuer& issuer, TimePoint now, const SessionTokenOptions& options,
                 const std::string& refused = {}) {
        SessionToken issued = issuer.issue(key_, linkedAccountId_, options);
        if (issued.token == refused) return false;
        take(std::move(issued), now, options.forceRefresh);
        return true;
    }

    /// The token in use is still valid, so errors do not end the call, except for its cancellation.
    void renewAhead(SessionTokenIssuer& issuer, TimePoint now) {
        try {
            take(issuer.renewAhead(key_, linkedAccountId_), now, true);
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            // Wait before the next renewal, or an outage of the token endpoint would delay every call.
            constexpr milliseconds shortest = std::chrono::seconds(1);
            const TimePoint failedAt = issuer.now();
            State& state = this->state();
            const std::lock_guard<std::mutex> lock(state.mutex);
            if (state.held) state.held->renewAt = failedAt + std::max(state.held->window / 10, shortest);
        }
    }

    /// `requestedAt` is a time before the request; the token's lifetime began then or later.
    void take(SessionToken issued, TimePoint requestedAt, bool isForced) {
        HeldToken held{std::move(issued.token)};
        held.issuedAt = requestedAt;
        held.isForced = isForced;
        if (issued.expiresIn) {
            held.window = renewalWindow(*issued.expiresIn);
            held.expiresAt = requestedAt + *issued.expiresIn;
            held.renewAt = held.expiresAt - held.window;
        }
        State& state = this->state();
        const std::lock_guard<std::mutex> lock(state.mutex);
        state.held = std::move(held);
    }

    const std::string key_;
    const std::string linkedAccountId_;
    internal::PerProcess<State> state_{std::make_unique<State>()};
};

}  // namespace

std::shared_ptr<AuthStrategy> sessionTokenFor(std::string apiKey, std::string linkedAccountId) {
    internal::checkSecret("apiKey", apiKey);
    internal::checkSecret("linkedAccountId", linkedAccountId);
    static_cast<void>(internal::encodeSessionTokenRequest(linkedAccountId));
    return std::make_shared<IssuedTokenStrategy>(std::move(apiKey), std::move(linkedAccountId));
}

}  // namespace v0
}  // namespace refold
