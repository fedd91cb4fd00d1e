// Authentication of a client: with an API key and a linked account, with a session token (fixed, from a provider, or
// issued and renewed by the client), or with a strategy of your own. Passed to `Client`.
#ifndef REFOLD_AUTH_HPP
#define REFOLD_AUTH_HPP

#include <refold/export.hpp>
#include <refold/session_token.hpp>
#include <refold/transport.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {

/// Turns credentials into the headers of a request. A client calls `headers()`, `refresh()` and
/// `TokenIssuingStrategy::prepare()` one at a time, on the thread that carries out the request; a strategy that serves
/// one client needs no lock for them. They should not block for long: other calls of the client wait, and the library
/// cannot interrupt them. An exception ends the call: a `refold::Error` keeps its class among those of the library, any
/// other becomes `AuthenticationError`. Texts that look like secrets are removed from the message.
///
/// Derive from `MultiAccountStrategy` or `TokenIssuingStrategy` (or from both) to support what they add.
class REFOLD_EXPORT AuthStrategy {
  public:
    AuthStrategy() = default;
    AuthStrategy(const AuthStrategy&) = delete;
    AuthStrategy& operator=(const AuthStrategy&) = delete;
    virtual ~AuthStrategy();

    /// Returns the headers that authenticate a request, without CR, LF and NUL. Called before each attempt. The values
    /// are secrets: the library keeps them out of errors and events.
    virtual std::vector<HttpHeader> headers() = 0;

    /// Called after a 401, before the request is sent again. Obtain new credentials and return true, or return false to
    /// let the 401 stand. The default returns false.
    virtual bool refresh();
};

/// A strategy whose credentials serve several linked accounts: an organisation's API key. The members declared here may
/// be called at any time and must be thread-safe.
class REFOLD_EXPORT MultiAccountStrategy : public virtual AuthStrategy {
  public:
    ~MultiAccountStrategy() override;

    /// Returns a strategy for another linked account; called by `Client::withLinkedAccount`.
    virtual std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const = 0;

    /// Returns the API key with which `Client::issueSessionToken` issues tokens, a secret. The default has none and
    /// returns an empty text.
    virtual std::string issuingKey() const;
};

/// Requests session tokens from the server that a client talks to, through the client's connections, pacing, retries
/// and redaction. Valid during the call of `TokenIssuingStrategy::prepare` that it is passed to.
///
/// A request ends by the deadline of the call that it serves, or when that call is cancelled. It throws what any
/// operation throws. Let these errors propagate: the call then ends with an error of the same class. Keys, accounts and
/// tokens passed through here are kept out of errors and events.
class REFOLD_EXPORT SessionTokenIssuer {
  public:
    SessionTokenIssuer() = default;
    SessionTokenIssuer(const SessionTokenIssuer&) = delete;
    SessionTokenIssuer& operator=(const SessionTokenIssuer&) = delete;
    virtual ~SessionTokenIssuer();

    /// Returns the current time on the client's monotonic clock.
    virtual std::chrono::steady_clock::time_point now() const = 0;

    /// Requests a token: `POST /api/v2/public/session-token`. Set `forceRefresh` to replace a token, after a 401 for
    /// example: without it the server hands out the existing one again. Calls of other threads wait.
    virtual SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId,
                               const SessionTokenOptions& options) = 0;

    /// Requests a new token (with `forceRefresh`) while the one that `headers()` returned last is still valid. Calls of
    /// other threads continue with that one. The request ends within a quarter of the call's remaining time and within
    /// 10 s, so that a failure leaves time for the call itself.
    virtual SessionToken renewAhead(const std::string& apiKey, const std::string& linkedAccountId) = 0;
};

/// A strategy that requests session tokens from the client's own server.
class REFOLD_EXPORT TokenIssuingStrategy : public virtual AuthStrategy {
  public:
    ~TokenIssuingStrategy() override;

    /// Called before the client waits for its rate limit, and again right before `headers()`: request a token here if
    /// one is needed.
    virtual void prepare(SessionTokenIssuer& issuer) = 0;
};

/// Supplies session tokens to `sessionToken(provider)`.
class REFOLD_EXPORT TokenProvider {
  public:
    TokenProvider() = default;
    TokenProvider(const TokenProvider&) = delete;
    TokenProvider& operator=(const TokenProvider&) = delete;
    virtual ~TokenProvider();

    /// Returns a valid token, without `Bearer`. Called before the first request and after a 401, by one thread at a
    /// time; other calls wait. Give it a time limit: the library cannot interrupt it. An exception or an empty token
    /// ends the call with `AuthenticationError`. Texts that look like secrets are removed from its message.
    virtual std::string newToken() = 0;
};

/// Sends the headers `x-api-key` and `linked_account_id`. Throws `InvalidArgument` if either is empty or has a control
/// character.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> apiKey(std::string key, std::string linkedAccountId);

/// Sends the header `Authorization: Bearer <token>` with a fixed token. Throws `InvalidArgument` if the token is empty
/// or has a control character.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> sessionToken(std::string token);

/// Sends `Authorization: Bearer <token>` with tokens from a provider.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> sessionToken(std::shared_ptr<TokenProvider> provider);

/// Sends `Authorization: Bearer <token>` with tokens from a callable: `sessionToken([] { return askMyBackend(); })`.
template <class Callable, class = std::enable_if_t<std::is_invocable_r_v<std::string, std::decay_t<Callable>&>>>
std::shared_ptr<AuthStrategy> sessionToken(Callable&& callable) {
    class CallableProvider final : public TokenProvider {
      public:
        explicit CallableProvider(Callable&& source) : callable_(std::forward<Callable>(source)) {}
        std::string newToken() override { return callable_(); }

      private:
        std::decay_t<Callable> callable_;
    };
    return sessionToken(
        std::shared_ptr<TokenProvider>(std::make_shared<CallableProvider>(std::forward<Callable>(callable))));
}

/// Sends `Authorization: Bearer <token>` with tokens that the client itself requests for the account, from `POST
/// /api/v2/public/session-token` of its base URL: before the first request, ahead of expiry (by a tenth of the token's
/// lifetime, at most five minutes) and after a 401, once for all threads. A renewal ahead of expiry that fails leaves
/// the current token in use. The key is sent to the token endpoint only. Throws `InvalidArgument` if either is empty or
/// has a control character, or if the account is not UTF-8.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> sessionTokenFor(std::string apiKey, std::string linkedAccountId);

}  // namespace v0
}  // namespace refold

#endif
