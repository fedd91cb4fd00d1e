// How a client proves who it is: an API key with a linked account, or a session token, or a strategy of the user's own.
// Passed to `Client`.
#ifndef REFOLD_AUTH_HPP
#define REFOLD_AUTH_HPP

#include <refold/export.hpp>
#include <refold/transport.hpp>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace refold {
inline namespace v0 {

/// Turns credentials into the headers of a request. The client calls one member at a time, from whichever thread makes a
/// call, so an implementation needs no lock against its client; one that is shared by several clients does.
class REFOLD_EXPORT AuthStrategy {
  public:
    AuthStrategy() = default;
    AuthStrategy(const AuthStrategy&) = delete;
    AuthStrategy& operator=(const AuthStrategy&) = delete;
    virtual ~AuthStrategy();

    /// The headers that authenticate a request. Their values are treated as secrets: kept out of errors and events.
    /// \return names and values, without CR, LF and NUL
    virtual std::vector<HttpHeader> headers() = 0;

    /// Called once after a 401, before the request is tried again: get new credentials, and say whether there may be
    /// any. The default has none, and the 401 stands.
    virtual bool refresh();
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

}  // namespace v0
}  // namespace refold

#endif
