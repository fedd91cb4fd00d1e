// The linked accounts that the embedded server knows, each with a history of its own, and the session tokens that speak for
// them. Not synchronised: FakeServer holds a lock around it.
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
    /// With the one account of the options, and its session token. `options` must outlive it.
    explicit Accounts(const refold::testing::FakeServerOptions& options);

    /// Throws std::invalid_argument if the account is there already.
    void add(const std::string& id, std::size_t runs);
    bool has(std::string_view id) const;

    /// Why the request may not pass, if so; 400 or 401.
    std::optional<refold::testing::FakeAnswer> refuse(const refold::testing::FakeRequest& request,
                                                      std::uint64_t requestNumber) const;
    /// The history of the account that the request speaks for; that of the options' account where it speaks for none.
    History& historyFor(const refold::testing::FakeRequest& request);

    /// An empty id is the options' account. Throws std::invalid_argument if there is none of that id.
    History& history(std::string_view id);
    const History& history(std::string_view id) const;
    /// The history that holds the run; null if none does.
    History* historyWith(std::string_view run);
    std::size_t runCount() const;

    /// A token for good, or for a time.
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
    /// Empty where the request has no token that is good.
    std::string accountOfToken(const refold::testing::FakeRequest& request) const;

    const refold::testing::FakeServerOptions& options_;
    std::deque<Account> accounts_;
    std::map<std::string, Token> tokens_;
};

}  // namespace refold::internal::fake

#endif
