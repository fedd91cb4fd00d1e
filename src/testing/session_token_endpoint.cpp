// The embedded server's token endpoint.
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
    if (request.header("x-api-key") != options_.apiKey) return errorAnswer(401, "Invalid API key", requestNumber);
    const json body = json::parse(request.body, nullptr, false);
    const json* const member =
        body.is_object() && body.contains("linked_account_id") ? &body["linked_account_id"] : nullptr;
    if (member == nullptr || !member->is_string()) {
        return errorAnswer(400, "linked_account_id is required", requestNumber);
    }
    const std::string account = member->get<std::string>();
    if (!accounts.has(account)) return errorAnswer(404, "Linked account not found", requestNumber);

    const std::string number = std::to_string(++issued_);
    const std::string token = "issued-session-token-not-real-" + number;
    accounts.acceptToken(token, account, lifetime_);
    live_.push_back(token);
    json answer = {{"token", token}, {"refresh_token", "issued-refresh-token-not-real-" + number}};
    if (lifetime_) {
        constexpr int refreshLives = 30;
        answer["expires_in"] = lifetime_->count();
        answer["refresh_expires_in"] = lifetime_->count() * refreshLives;
    }
    FakeAnswer result;
    result.body = answer.dump();
    return result;
}

void SessionTokenEndpoint::revokeIssued(Accounts& accounts) {
    for (const std::string& token : live_) accounts.revokeToken(token);
    live_.clear();
}

}  // namespace refold::internal::fake
