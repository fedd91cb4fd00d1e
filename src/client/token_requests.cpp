// Sends token requests, authenticated by the API key alone.
#include "client/token_requests.hpp"

#include "auth/auth_gate.hpp"
#include "auth/header_rules.hpp"
#include "codec/decode_error.hpp"
#include "codec/error_body_codec.hpp"
#include "codec/session_token_codec.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace refold::internal {

namespace {

class KeyAlone final : public AuthStrategy {
  public:
    explicit KeyAlone(std::string key) : key_(std::move(key)) {}
    std::vector<HttpHeader> headers() override { return {{"x-api-key", key_}}; }

  private:
    const std::string key_;
};

class SessionTokenReader final : public ResponseReader {
  public:
    void read(const HttpResponse& response) override {
        try {
            token = decodeSessionToken(response.body);
        } catch (const DecodeError& error) {
            // An error with a success status: what it says is the reason.
            const std::string said = quote(Quotation::error, response.body);
            if (said.empty()) throw;
            throw DecodeError(error.reason() + ", but says ", error.pointer(), error.offset(), error.endedEarly(),
                              Quotation::error, said);
        }
        if (!isHeaderValue(token.token)) {
            throw DecodeError("the token has a control character, which headers must not contain", "/token", {}, false);
        }
    }

    SessionToken token;
};

}  // namespace

TokenRequests::TokenRequests(const std::string& baseUrl, Pipeline& pipeline)
    : url_(baseUrl + "/api/v2/public/session-token"), pipeline_(pipeline) {
}

SessionToken TokenRequests::issue(const std::string& apiKey, const std::string& linkedAccountId,
                                  const SessionTokenOptions& options, const CallOptions& call) {
    return send(apiKey, linkedAccountId, options, {}, call);
}

SessionToken TokenRequests::issue(const std::string& apiKey, const std::string& linkedAccountId,
                                  const SessionTokenOptions& options, const std::vector<std::string>& known,
                                  TimePoint deadline, const CancelToken& cancel) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - now());
    return send(apiKey, linkedAccountId, options, known, CallOptions{std::max(left, milliseconds(0)), cancel});
}

SessionToken TokenRequests::send(const std::string& apiKey, const std::string& linkedAccountId,
                                 const SessionTokenOptions& options, std::vector<std::string> secrets,
                                 const CallOptions& call) {
    AuthGate gate(std::make_shared<KeyAlone>(apiKey));
    ApiRequest request;
    request.method = "POST";
    request.url = options.forceRefresh ? url_ + "?force_refresh=true" : url_;
    request.body = encodeSessionTokenRequest(linkedAccountId);
    request.idempotent = true;  // an additional token is harmless
    request.secrets = std::move(secrets);
    request.secrets.push_back(linkedAccountId);
    request.secretAnswer = true;
    SessionTokenReader reader;
    pipeline_.run(request, gate, call, reader);
    return std::move(reader.token);
}

}  // namespace refold::internal
