// A session token as the server issues it, and the options of a request for one. Used by `Client::issueSessionToken`
// and by strategies that renew their tokens themselves.
#ifndef REFOLD_SESSION_TOKEN_HPP
#define REFOLD_SESSION_TOKEN_HPP

#include <refold/export.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace refold {
inline namespace v0 {

/// A session token and its lifetime. Both texts are secrets; the library never shows them. A lifetime has no value if
/// the server sends none, or one that cannot be right (zero, negative, more than ten years).
struct SessionToken {
    /// For `Authorization: Bearer`; a frontend passes it on unchanged.
    std::string token = {};
    /// Empty if the server sends none.
    std::string refreshToken = {};
    /// The lifetime of `token`. A token that the server hands out again may have less of it left.
    std::optional<std::chrono::seconds> expiresIn = {};
    /// The lifetime of `refreshToken`.
    std::optional<std::chrono::seconds> refreshExpiresIn = {};
};

/// Options of a request for a session token.
struct SessionTokenOptions {
    /// False: the server may hand out the account's existing token again while that is valid. True: it issues a new one
    /// (`force_refresh=true`), and may end the existing one.
    bool forceRefresh = false;
};

}  // namespace v0
}  // namespace refold

#endif
