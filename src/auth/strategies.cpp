// The strategies for an API key with a linked account, and for a session token, fixed or from a provider.
#include <refold/auth.hpp>
#include <refold/error.hpp>

#include "auth/secret_rules.hpp"
#include "auth/waiting_strategy.hpp"
#include "transport/http_header.hpp"
#include "types/cancel_state.hpp"
#include "types/per_process.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {

namespace {

using internal::checkSecret;
using internal::checkToken;

class ApiKeyStrategy final : public MultiAccountStrategy {
  public:
    ApiKeyStrategy(std::string key, std::string linkedAccountId)
        : key_(std::move(key)), linkedAccountId_(std::move(linkedAccountId)) {}

    std::vector<HttpHeader> headers() override {
        std::vector<HttpHeader> headers;
        headers.reserve(2);
        headers.push_back(internal::httpHeader("x-api-key", key_));
        headers.push_back(internal::httpHeader("linked_account_id", linkedAccountId_));
        return headers;
    }
    std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const override {
        return apiKey(key_, linkedAccountId);
    }
    std::string issuingKey() const override { return key_; }

  private:
    const std::string key_;
    const std::string linkedAccountId_;
};

class FixedTokenStrategy final : public AuthStrategy {
  public:
    explicit FixedTokenStrategy(std::string token) : value_("Bearer " + std::move(token)) {}

    std::vector<HttpHeader> headers() override { return {{"Authorization", value_}}; }

  private:
    const std::string value_;
};

/// Clients that share it ask the provider one at a time; the others use the token that it returns.
class ProvidedTokenStrategy final : public AuthStrategy, public internal::WaitingStrategy {
  public:
    explicit ProvidedTokenStrategy(std::shared_ptr<TokenProvider> provider) : provider_(std::move(provider)) {}

    Headers headers() override { return headersOf(obtain("", longestWait(), CancelToken(), Errors::asThrown)); }
    bool refresh() override {
        obtain(state().currentToken(), longestWait(), CancelToken(), Errors::asThrown);
        return true;
    }

    Headers headersBy(TimePoint deadline, const CancelToken& cancel) override {
        return headersOf(obtain("", deadline, cancel, Errors::ofStrategy));
    }
    internal::Renewal refreshBy(const Headers& refused, TimePoint deadline, const CancelToken& cancel) override {
        const std::string value = refused.empty() ? std::string() : refused.front().value;
        bool isNew = false;
        obtain(value.empty() ? value : value.substr(internal::bearerPrefix.size()), deadline, cancel,
               Errors::ofStrategy, &isNew);
        return isNew ? internal::Renewal::renewed : internal::Renewal::replaced;
    }

  private:
    /// The treatment of a `refold::Error` of the provider: as thrown, or as the strategy's own failure.
    enum class Errors { asThrown, ofStrategy };

    struct State {
        std::string currentToken() {
            const std::lock_guard<std::mutex> lock(mutex);
            return token;
        }

        std::mutex mutex;
        std::condition_variable turnEnded;
        bool isAsking = false;
        /// Number of tokens that the provider has returned.
        std::uint64_t tokens = 0;
        std::string token;
    };

    /// Wakes a waiting call when it is cancelled.
    class Waiter final : public internal::CancelListener {
      public:
        explicit Waiter(State& state) noexcept : state_(state) {}
        void onCancel() noexcept override {
            const std::lock_guard<std::mutex> lock(state_.mutex);
            state_.turnEnded.notify_all();
        }

      private:
        State& state_;
    };

    /// The turn to ask the provider.
    class Turn {
      public:
        explicit Turn(State& state) noexcept : state_(state) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            const std::lock_guard<std::mutex> lock(state_.mutex);
            state_.isAsking = false;
            state_.turnEnded.notify_all();
        }

      private:
        State& state_;
    };

    State& state() {
        return state_.get([] { return std::make_unique<State>(); });
    }

    static TimePoint longestWait() { return std::chrono::steady_clock::now() + std::chrono::hours(24 * 365); }

    static Headers headersOf(const std::string& token) {
        return {{"Authorization", std::string(internal::bearerPrefix) + token}};
    }

    /// Returns the current token if it is not `refused`, and otherwise a new one. Sets `isNew` if this call has asked
    /// the provider.
    std::string obtain(const std::string& refused, TimePoint deadline, const CancelToken& cancel, Errors errors,
                       bool* isNew = nullptr) {
        State& state = this->state();
        {
            Waiter waiter(state);
            const internal::CancelRegistration registration(cancel, waiter);
            std::unique_lock<std::mutex> lock(state.mutex);
            const std::uint64_t before = state.tokens;
            const auto isThere = [&] {
                return state.tokens != before || (!state.token.empty() && state.token != refused);
            };
            const auto ended = [&] { return isThere() || !state.isAsking || cancel.isCancelled(); };
            const bool inTime = state.turnEnded.wait_until(lock, deadline, ended);
            if (isThere()) return state.token;
            if (cancel.isCancelled()) throw Cancelled();
            if (!inTime) {
                throw TransportError(TransportError::Kind::timeout,
                                     "the call's timeout passed while another client obtained a token");
            }
            state.isAsking = true;
        }
        const Turn turn(state);
        std::string token = ask(errors);
        if (isNew != nullptr) *isNew = true;
        const std::lock_guard<std::mutex> lock(state.mutex);
        ++state.tokens;
        return state.token = std::move(token);
    }

    std::string ask(Errors errors) {
        try {
            std::string token = provider_->newToken();
            checkToken("token", token);
            return token;
        } catch (const Error& error) {
            if (errors == Errors::asThrown) throw;
            throw std::runtime_error(error.what());
        }
    }

    const std::shared_ptr<TokenProvider> provider_;
    internal::PerProcess<State> state_{std::make_unique<State>()};
};

}  // namespace

AuthStrategy::~AuthStrategy() = default;
bool AuthStrategy::refresh() {
    return false;
}

MultiAccountStrategy::~MultiAccountStrategy() = default;
std::string MultiAccountStrategy::issuingKey() const {
    return {};
}

SessionTokenIssuer::~SessionTokenIssuer() = default;
TokenIssuingStrategy::~TokenIssuingStrategy() = default;
TokenProvider::~TokenProvider() = default;

std::shared_ptr<AuthStrategy> apiKey(std::string key, std::string linkedAccountId) {
    checkSecret("key", key);
    checkSecret("linkedAccountId", linkedAccountId);
    return std::make_shared<ApiKeyStrategy>(std::move(key), std::move(linkedAccountId));
}

std::shared_ptr<AuthStrategy> sessionToken(std::string token) {
    checkToken("token", token);
    return std::make_shared<FixedTokenStrategy>(std::move(token));
}

std::shared_ptr<AuthStrategy> sessionToken(std::shared_ptr<TokenProvider> provider) {
    if (provider == nullptr) throw InvalidArgument("provider", "provider is null; pass one that returns a token");
    return std::make_shared<ProvidedTokenStrategy>(std::move(provider));
}

}  // namespace v0
}  // namespace refold
