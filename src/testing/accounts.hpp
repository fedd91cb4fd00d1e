// The embedded server's linked accounts, each with a history of its own, and their session tokens. Not synchronised:
// FakeServer locks around it.
#ifndef REFOLD_TESTING_ACCOUNTS_HPP
#define REFOLD_TESTING_ACCOUNTS_HPP

#include "testing/history.hpp"

#include <refold/testing/fake_server.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace refold::internal::fake {

class Accounts {
  public:
    /// Starts with the account and the session token of `options`, which must outlive it.
    explicit Accounts(const refold::testing::FakeServerOptions& options);

    /// Throws std::invalid_argument if the account exists.
    void add(const std::string& id, std::size_t runs);
    bool has(std::string_view id) const;

    /// Returns the refusal (400 or 401) of a request without valid credentials.
    std::optional<refold::testing::FakeAnswer> refuse(const refold::testing::FakeRequest& request,
                                                      std::uint64_t requestNumber) const;
    /// Returns the history of the request's account, or of the options' account if the request names none.
    History& historyFor(const refold::testing::FakeRequest& request);

    /// An empty id means the options' account. Throws std::invalid_argument for an unknown id.
    History& history(std::string_view id);
    const History& history(std::string_view id) const;
    /// Returns the history that has the run, or null.
    History* historyWith(std::string_view run);
    std::size_t runCount() const;

    /// A token, with or without an end.
    void acceptToken(const std::string& token, std::string_view account,
                     std::optional<std::chrono::seconds> lifetime = {});
    void revokeToken(const std::string& token);

  private:
    using Clock = std::chrono::steady_clock;

    struct Account {
        std::string id;
        History history;
    };
    struct Token {
        std::string account;
        Clock::time_point end;
    };

    const Account* find(std::string_view id) const;
    /// Empty if the request has no valid token.
    std::string accountOfToken(const refold::testing::FakeRequest& request) const;

    const refold::testing::FakeServerOptions& options_;
    std::deque<Account> accounts_;
    std::map<std::string, Token> tokens_;
};

}  // namespace refold::internal::fake

#endif
