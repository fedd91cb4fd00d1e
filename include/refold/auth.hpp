// How a client proves who it is: an API key with a linked account, or a session token (a fixed one, one from a provider, or one
// that the client gets and renews by itself), or a strategy of the user's own. Passed to `Client`.
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

/// A strategy's way to the server that its client talks to: asks for session tokens through the client's own connections, pacing,
/// retries and redaction. Valid for the one `AuthStrategy::prepare` that it is passed to.
///
/// A token request ends by the deadline of the call that it is made for, and with its cancel token. Its errors are those of any
/// operation; let them pass, and the call ends with an error of the same class. What has gone through here (key, account,
/// tokens) is kept out of the errors and events of the calls that follow.
class REFOLD_EXPORT SessionTokenIssuer {
  public:
    SessionTokenIssuer() = default;
    SessionTokenIssuer(const SessionTokenIssuer&) = delete;
    SessionTokenIssuer& operator=(const SessionTokenIssuer&) = delete;
    virtual ~SessionTokenIssuer();

    /// The time by which tokens age: monotonic, in the client's terms.
    /// \return the present
    virtual std::chrono::steady_clock::time_point now() const = 0;
    /// A new token: `POST /api/v2/public/session-token`.
    /// \param apiKey           the organisation's key
    /// \param linkedAccountId  whose token it is to be
    /// \return the token and its lifetime
    virtual SessionToken issue(const std::string& apiKey, const std::string& linkedAccountId) = 0;
    /// As above, for renewing while what `headers()` returned last is still good: other threads go on with that meanwhile, and
    /// at most a quarter of the call's time is spent (10 s at most), so that a failure leaves time for the call itself.
    /// \param apiKey           the organisation's key
    /// \param linkedAccountId  whose token it is to be
    /// \return the token and its lifetime
    virtual SessionToken issueAhead(const std::string& apiKey, const std::string& linkedAccountId) = 0;
};

/// Turns credentials into the headers of a request. The client calls one member at a time, from whichever thread makes a
/// call, so an implementation needs no lock against its client; one that is shared by several clients does. The `const`
/// members are the exception: they may be called while another member runs.
class REFOLD_EXPORT AuthStrategy {
  public:
    AuthStrategy() = default;
    AuthStrategy(const AuthStrategy&) = delete;
    AuthStrategy& operator=(const AuthStrategy&) = delete;
    virtual ~AuthStrategy();

    /// Called before the client waits for its pace, and again right before `headers()`: where a strategy may ask the client's
    /// own server for a token. The default does nothing.
    /// \param issuer  asks the client's server for tokens
    virtual void prepare(SessionTokenIssuer& issuer);

    /// The headers that authenticate a request. Their values are treated as secrets: kept out of errors and events.
    /// \return names and values, without CR, LF and NUL
    virtual std::vector<HttpHeader> headers() = 0;

    /// Called once after a 401, before the request is tried again: get new credentials (or drop the old ones, and get new
    /// ones in `prepare`), and say whether there may be any. The default has none, and the 401 stands.
    /// \return whether `headers()` may now answer others
    virtual bool refresh();

    /// The same credentials for another linked account: what `Client::withLinkedAccount` asks for. The default throws
    /// `InvalidArgument`, for it cannot know how.
    /// \param linkedAccountId  the other account
    /// \return a strategy of its own
    virtual std::shared_ptr<AuthStrategy> forLinkedAccount(const std::string& linkedAccountId) const;

    /// The API key that `Client::issueSessionToken` issues with. The default has none: an empty text.
    /// \return a secret, or an empty text
    virtual std::string issuingKey() const;
};

/// Where session tokens come from. Usually made from a callable by `sessionToken`.
class REFOLD_EXPORT TokenProvider {
  public:
    TokenProvider() = default;
    TokenProvider(const TokenProvider&) = delete;
    TokenProvider& operator=(const TokenProvider&) = delete;
    virtual ~TokenProvider();

    /// A token that is valid now. Called for the first request and after each 401, never by two threads at once. What it
    /// throws ends the call with `AuthenticationError`; whatever looks like a secret is taken out of the reason.
    /// \return the token alone, without `Bearer`
    virtual std::string newToken() = 0;
};

/// The headers `x-api-key` and `linked_account_id`. Throws `InvalidArgument` if either is empty or holds a control character.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> apiKey(std::string key, std::string linkedAccountId);

/// The header `Authorization: Bearer <token>`, the same for good. Throws `InvalidArgument` if the token is empty or holds a
/// control character.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> sessionToken(std::string token);

/// As above, with tokens from a provider: asked before the first request, and again after a 401.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> sessionToken(std::shared_ptr<TokenProvider> provider);

/// As above, with any callable that returns a token as a string:
/// `sessionToken([] { return askMyBackend(); })`.
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

/// The header `Authorization: Bearer <token>`, with tokens that the client gets for that account itself: it asks
/// `POST /api/v2/public/session-token` of its own base URL with `x-api-key` before the first request, renews ahead of
/// expiry (by a tenth of the token's life, at most five minutes), and again after a 401: one request for all threads.
/// A renewal ahead of expiry that fails leaves the call the token that it has. The key goes to the token endpoint only. Throws
/// `InvalidArgument` if either is empty, holds a control character, or (the account) is not UTF-8.
REFOLD_EXPORT std::shared_ptr<AuthStrategy> sessionTokenFor(std::string apiKey, std::string linkedAccountId);

}  // namespace v0
}  // namespace refold

#endif
