// Issues session tokens.
#include "testing/session_token_endpoint.hpp"

#include "testing/execution_endpoint.hpp"

#include <nlohmann/json.hpp>

namespace refold::internal::fake {

using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServerOptions;

SessionTokenEndpoint::SessionTokenEndpoint(const FakeServerOptions& options)
    : options_(options), lifetime_(options.sessionTokenLifetime) {
}

bool SessionTokenEndpoint::isFor(const FakeRequest& request) {
    return request.method == "POST" && request.path == "/api/v2/public/session-token";
}

FakeAnswer SessionTokenEndpoint::answer(const FakeRequest& request, Accounts& accounts, std::uint64_t requestNumber) {
    using nlohmann::json;
    if (request.hasHeader("Authorization")) {
        return errorAnswer(400, "A session token is issued for x-api-key, not for Authorization", requestNumber);
    }
    if (request.header("x-api-key") != options_.apiKey) return errorAnswer(401, "Invalid Credentials", requestNumber);
    const json body = json::parse(request.body, nullptr, false);
    const json* const member =
        body.is_object() && body.contains("linked_account_id") ? &body["linked_account_id"] : nullptr;
    if (member == nullptr || !member->is_string()) {
        return errorAnswer(400, "linked_account_id is required", requestNumber);
    }
    const std::string account = member->get<std::string>();
    if (!accounts.has(account)) return unknownAccount(account, requestNumber);

    const bool isForced = request.parameter("force_refresh") == "true";
    const auto existing = live_.find(account);
    const bool isReused =
        options_.reusesSessionTokens && !isForced && existing != live_.end() && Clock::now() < existing->second.end;
    if (!isReused) issue(account, accounts);
    const Issued& issued = live_[account];
    json answer = {{"token", issued.token}, {"refresh_token", issued.refreshToken}};
    if (issued.lifetime) {
        constexpr int refreshLives = 30;
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(issued.end - Clock::now());
        answer["expires_in"] = isReused ? left.count() : issued.lifetime->count();
        answer["refresh_expires_in"] = issued.lifetime->count() * refreshLives;
    }
    FakeAnswer result;
    result.body = answer.dump();
    return result;
}

void SessionTokenEndpoint::issue(const std::string& account, Accounts& accounts) {
    const std::string number = std::to_string(++issued_);
    const auto previous = live_.find(account);
    if (options_.newTokenEndsOldOne && previous != live_.end()) accounts.revokeToken(previous->second.token);
    Issued issued;
    issued.token = "issued-session-token-not-real-" + number;
    issued.refreshToken = "issued-refresh-token-not-real-" + number;
    issued.lifetime = lifetime_;
    issued.end = lifetime_ ? Clock::now() + *lifetime_ : Clock::time_point::max();
    accounts.acceptToken(issued.token, account, lifetime_);
    tokens_.push_back(issued.token);
    live_[account] = std::move(issued);
}

FakeAnswer SessionTokenEndpoint::unknownAccount(const std::string& account, std::uint64_t requestNumber) const {
    if (options_.legacyAccountError) {
        return errorAnswer(500, "No linked account found for account id : " + account, requestNumber);
    }
    return errorAnswer(400, "Invalid linked account id", requestNumber, "INVALID_LINKED_ACCOUNT_ID");
}

void SessionTokenEndpoint::revokeIssued(Accounts& accounts) {
    for (const std::string& token : tokens_) accounts.revokeToken(token);
    tokens_.clear();
    live_.clear();
}

}  // namespace refold::internal::fake
