// Session tokens that the client gets itself: when there is none, ahead of expiry, and after a 401.
#include <refold/auth.hpp>
#include <refold/error.hpp>

#include "auth/secret_rules.hpp"
#include "codec/session_token_codec.hpp"

#include <algorithm>
#include <chrono>
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

/// How long before its end a token is renewed: a tenth of its life, so that short lives are not all renewal, and enough of a
/// long one to outlast a short outage of the token endpoint.
milliseconds renewalWindow(milliseconds lifetime) {
    constexpr milliseconds longest = std::chrono::minutes(5);
    return std::min(lifetime / 10, longest);
}

/// What is known of the token in use.
struct HeldToken {
    std::string text;
    /// Empty where the server does not say how long it lives: it is used until it is refused.
    std::optional<TimePoint> renewAt = {};
    TimePoint expiresAt = {};
    milliseconds window{0};
};

class IssuedTokenStrategy final : public MultiAccountStrategy, public TokenIssuingStrategy {
  public:
    IssuedTokenStrategy(std::string apiKey, std::string linkedAccountId)
        : key_(std::move(apiKey)), linkedAccountId_(std::move(linkedAccountId)) {}

    void prepare(SessionTokenIssuer& issuer) override {
        const std::optional<HeldToken> held = current();
        const TimePoint now = issuer.now();
        if (!held) {
            take(issuer.issue(key_, linkedAccountId_, SessionTokenOptions{}), now);
        } else if (held->renewAt && now >= held->expiresAt) {
            take(issuer.issue(key_, linkedAccountId_, SessionTokenOptions{true}), now);
        } else if (held->renewAt && now >= *held->renewAt) {
            renewAhead(issuer, now);
        }
    }

    std::vector<HttpHeader> headers() override {
        const std::lock_guard<std::mutex> lock(mutex_);
        // Without `prepare` there is no token; a client that speaks to this strategy always calls it.
        if (!held_) throw InvalidArgument("auth", "no session token has been issued yet");
        return {{"Authorization", "Bearer " + held_->text}};
    }

    bool refresh() override {
        const std::lock_guard<std::mutex> lock(mutex_);
        // Kept, but due: another client that shares this strategy may be about to send it.
        if (held_) {
            held_->renewAt = TimePoint::min();
            held_->expiresAt = TimePoint::min();
        }
        return true;
    }

    std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const override {
        return sessionTokenFor(key_, linkedAccountId);
    }

    std::string issuingKey() const override { return key_; }

  private:
    std::optional<HeldToken> current() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return held_;
    }

    /// The token in use is still good: whatever goes wrong is no affair of the call's, unless it is given up itself.
    void renewAhead(SessionTokenIssuer& issuer, TimePoint now) {
        try {
            take(issuer.renewAhead(key_, linkedAccountId_), now);
        } catch (const Cancelled&) {
            throw;
        } catch (const Error&) {
            // Not at once again, or every call would bear the cost of an outage of the token endpoint.
            constexpr milliseconds shortest = std::chrono::seconds(1);
            const TimePoint failedAt = issuer.now();
            const std::lock_guard<std::mutex> lock(mutex_);
            if (held_) held_->renewAt = failedAt + std::max(held_->window / 10, shortest);
        }
    }

    /// \param askedAt  before the request was made: the token's life has begun then or later
    void take(SessionToken issued, TimePoint askedAt) {
        HeldToken held{std::move(issued.token)};
        if (issued.expiresIn) {
            held.window = renewalWindow(*issued.expiresIn);
            held.expiresAt = askedAt + *issued.expiresIn;
            held.renewAt = held.expiresAt - held.window;
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        held_ = std::move(held);
    }

    const std::string key_;
    const std::string linkedAccountId_;
    // A strategy may be shared by several clients, which do not know of each other's turns.
    mutable std::mutex mutex_;
    std::optional<HeldToken> held_;
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
