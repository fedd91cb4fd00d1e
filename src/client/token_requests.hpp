// Sends requests to the token endpoint through a client's pipeline, for strategies that renew their tokens and for
// `Client::issueSessionToken`. Used by client.cpp.
#ifndef REFOLD_CLIENT_TOKEN_REQUESTS_HPP
#define REFOLD_CLIENT_TOKEN_REQUESTS_HPP

#include <refold/call_options.hpp>
#include <refold/session_token.hpp>

#include "auth/token_source.hpp"
#include "pipeline/pipeline.hpp"

#include <string>
#include <vector>

namespace refold::internal {

class TokenRequests final : public TokenSource {
  public:
    /// `pipeline` must outlive it.
    TokenRequests(const std::string& baseUrl, Pipeline& pipeline);

    SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                       const SessionTokenOptions& options, const CallOptions& call);

    TimePoint now() const override { return pipeline_.now(); }
    SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                       const SessionTokenOptions& options, const std::vector<std::string>& known, TimePoint deadline,
                       const CancelToken& cancel) override;

  private:
    SessionToken send(const std::string& apiKey, const std::string& linkedAccountId, const SessionTokenOptions& options,
                      std::vector<std::string> secrets, const CallOptions& call);

    const std::string url_;
    Pipeline& pipeline_;
};

}  // namespace refold::internal

#endif
