// The embedded server's token endpoint: `POST /api/v2/public/session-token`. Not synchronised: FakeServer locks around
// it.
#ifndef REFOLD_TESTING_SESSION_TOKEN_ENDPOINT_HPP
#define REFOLD_TESTING_SESSION_TOKEN_ENDPOINT_HPP

#include "testing/accounts.hpp"

#include <refold/testing/fake_server.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal::fake {

class SessionTokenEndpoint {
  public:
    explicit SessionTokenEndpoint(const refold::testing::FakeServerOptions& options);

    static bool isFor(const refold::testing::FakeRequest& request);
    refold::testing::FakeAnswer answer(const refold::testing::FakeRequest& request, Accounts& accounts,
                                       std::uint64_t requestNumber);

    void setLifetime(std::optional<std::chrono::seconds> lifetime) { lifetime_ = lifetime; }
    std::uint64_t issued() const noexcept { return issued_; }
    void revokeIssued(Accounts& accounts);

  private:
    using Clock = std::chrono::steady_clock;

    /// The latest token of an account.
    struct Issued {
        std::string token = {};
        std::string refreshToken = {};
        std::optional<std::chrono::seconds> lifetime = {};
        Clock::time_point end = {};
    };

    void issue(const std::string& account, Accounts& accounts);
    refold::testing::FakeAnswer unknownAccount(const std::string& account, std::uint64_t requestNumber) const;

    const refold::testing::FakeServerOptions& options_;
    std::optional<std::chrono::seconds> lifetime_;
    std::uint64_t issued_ = 0;
    /// All valid tokens, and the latest one of each account.
    std::vector<std::string> tokens_;
    std::map<std::string, Issued> live_;
};

}  // namespace refold::internal::fake

#endif
