// The embedded server's token endpoint: `POST /api/v2/public/session-token`. Not synchronised: FakeServer holds a lock around
// it. Used by FakeServer.
#ifndef REFOLD_TESTING_SESSION_TOKEN_ENDPOINT_HPP
#define REFOLD_TESTING_SESSION_TOKEN_ENDPOINT_HPP

#include "testing/accounts.hpp"

#include <refold/testing/fake_server.hpp>

#include <chrono>
#include <cstdint>
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
    const refold::testing::FakeServerOptions& options_;
    std::optional<std::chrono::seconds> lifetime_;
    std::uint64_t issued_ = 0;
    std::vector<std::string> live_;
};

}  // namespace refold::internal::fake

#endif
