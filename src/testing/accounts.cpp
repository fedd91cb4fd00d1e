// The embedded server's accounts and tokens.
#include "testing/accounts.hpp"

#include "testing/execution_endpoint.hpp"
#include "testing/history_generator.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace refold::internal::fake {

using refold::testing::FakeAnswer;
using refold::testing::FakeRequest;
using refold::testing::FakeServerOptions;

Accounts::Accounts(const FakeServerOptions& options) : options_(options) {
    accounts_.push_back({options.linkedAccountId, generateHistory(options)});
    if (!options.sessionToken.empty()) acceptToken(options.sessionToken, options.linkedAccountId);
}

void Accounts::add(const std::string& id, std::size_t runs) {
    if (id.empty()) throw std::invalid_argument("FakeServer: a linked account needs an id");
    if (has(id)) throw std::invalid_argument("FakeServer: there is a linked account " + id + " already");
    FakeServerOptions options = options_;
    options.linkedAccountId = id;
    options.otherAccounts.clear();
    options.runs = runs;
    // Differs from the runs of the other accounts, also for the same number of runs.
    const auto number = static_cast<std::int64_t>(accounts_.size());
    options.seed += static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15U;
    constexpr const char* documented = "2026-06-16T13:15:00.887Z";
    options.now = options_.now.value_or(*parseTimestamp(documented)) - std::chrono::milliseconds(number);
    accounts_.push_back({id, generateHistory(options)});
}

bool Accounts::has(std::string_view id) const {
    return find(id) != nullptr;
}

std::optional<FakeAnswer> Accounts::refuse(const FakeRequest& request, std::uint64_t requestNumber) const {
    const bool withKey = request.hasHeader("x-api-key") || request.hasHeader("linked_account_id");
    const bool withToken = request.hasHeader("Authorization");
    if (withKey && withToken) {
        return errorAnswer(400, "Send either x-api-key with linked_account_id, or Authorization, not both",
                           requestNumber);
    }
    if (withKey) {
        if (request.header("x-api-key") != options_.apiKey)
            return errorAnswer(401, "Invalid Credentials", requestNumber);
        if (!has(request.header("linked_account_id"))) {
            return errorAnswer(401, "Invalid Credentials", requestNumber);
        }
        return std::nullopt;
    }
    if (!withToken) return errorAnswer(401, "Invalid Credentials", requestNumber);
    if (accountOfToken(request).empty()) return errorAnswer(401, "Invalid Credentials", requestNumber);
    return std::nullopt;
}

History& Accounts::historyFor(const FakeRequest& request) {
    const std::string ofToken = accountOfToken(request);
    const std::string_view id = ofToken.empty() ? request.header("linked_account_id") : std::string_view(ofToken);
    return history(has(id) ? id : std::string_view());
}

History& Accounts::history(std::string_view id) {
    return const_cast<History&>(std::as_const(*this).history(id));  // NOLINT(*-const-cast): the object is not const
}

const History& Accounts::history(std::string_view id) const {
    if (id.empty()) return accounts_.front().history;
    const Account* const account = find(id);
    if (account == nullptr) throw std::invalid_argument("FakeServer: there is no linked account " + std::string(id));
    return account->history;
}

History* Accounts::historyWith(std::string_view run) {
    const auto account = std::find_if(accounts_.begin(), accounts_.end(),
                                      [&](const Account& candidate) { return candidate.history.contains(run); });
    return account == accounts_.end() ? nullptr : &account->history;
}

std::size_t Accounts::runCount() const {
    std::size_t count = 0;
    for (const Account& account : accounts_) count += account.history.size();
    return count;
}

void Accounts::acceptToken(const std::string& token, std::string_view account,
                           std::optional<std::chrono::seconds> lifetime) {
    const Clock::time_point end = lifetime ? Clock::now() + *lifetime : Clock::time_point::max();
    tokens_[token] = Token{std::string(account), end};
}

void Accounts::revokeToken(const std::string& token) {
    tokens_.erase(token);
}

const Accounts::Account* Accounts::find(std::string_view id) const {
    const auto account =
        std::find_if(accounts_.begin(), accounts_.end(), [&](const Account& candidate) { return candidate.id == id; });
    return account == accounts_.end() ? nullptr : &*account;
}

std::string Accounts::accountOfToken(const FakeRequest& request) const {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view authorization = request.header("Authorization");
    if (authorization.substr(0, scheme.size()) != scheme) return {};
    const auto token = tokens_.find(std::string(authorization.substr(scheme.size())));
    if (token == tokens_.end() || token->second.end <= Clock::now()) return {};
    return token->second.account;
}

}  // namespace refold::internal::fake
