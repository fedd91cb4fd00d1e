// The interface through which the auth gate requests session tokens for a strategy. Implemented by TokenRequests, above
// the pipeline, and by tests.
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
    /// Throws like any operation. `known` are older secrets that the answer may repeat, such as the token to be
    /// replaced.
    virtual SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                               const SessionTokenOptions& options, const std::vector<std::string>& known,
                               TimePoint deadline, const CancelToken& cancel) = 0;

  protected:
    ~TokenSource() = default;
};

}  // namespace refold::internal

#endif
