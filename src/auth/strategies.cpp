// The strategies for an API key with a linked account, and for a session token, fixed or from a provider.
#include <refold/auth.hpp>
#include <refold/error.hpp>

#include "auth/secret_rules.hpp"
#include "types/per_process.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

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
        return {{"x-api-key", key_}, {"linked_account_id", linkedAccountId_}};
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

class ProvidedTokenStrategy final : public AuthStrategy {
  public:
    explicit ProvidedTokenStrategy(std::shared_ptr<TokenProvider> provider) : provider_(std::move(provider)) {}

    std::vector<HttpHeader> headers() override {
        std::string token = current();
        if (token.empty()) token = fetch();
        return {{"Authorization", "Bearer " + std::move(token)}};
    }

    bool refresh() override {
        fetch();
        return true;
    }

  private:
    /// The locks guard a strategy shared by several clients, whose turns are independent.
    struct State {
        std::mutex asking;
        std::mutex mutex;
        std::string token;
    };

    State& state() { return state_.get([] { return std::make_unique<State>(); }); }

    std::string current() {
        State& state = this->state();
        const std::lock_guard<std::mutex> lock(state.mutex);
        return state.token;
    }

    std::string fetch() {
        State& state = this->state();
        const std::lock_guard<std::mutex> turn(state.asking);
        std::string token = provider_->newToken();
        checkToken("token", token);
        const std::lock_guard<std::mutex> lock(state.mutex);
        return state.token = std::move(token);
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
