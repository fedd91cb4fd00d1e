// Where the auth gate gets session tokens from on behalf of a strategy. Implemented above the pipeline, by TokenRequests; the tests
// have one without a wire.
#ifndef REFOLD_AUTH_TOKEN_SOURCE_HPP
#define REFOLD_AUTH_TOKEN_SOURCE_HPP

#include <refold/cancel.hpp>
#include <refold/session_token.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace refold::internal {

class TokenSource {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    TokenSource() = default;
    TokenSource(const TokenSource&) = delete;
    TokenSource& operator=(const TokenSource&) = delete;

    virtual TimePoint now() const = 0;
    /// Throws what any operation throws.
    /// \param known  secrets from before, such as the token to be replaced, that the answer may repeat
    virtual SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                               const SessionTokenOptions& options, const std::vector<std::string>& known,
                               TimePoint deadline, const CancelToken& cancel) = 0;

  protected:
    ~TokenSource() = default;
};

}  // namespace refold::internal

#endif
