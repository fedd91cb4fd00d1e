// A session token as the server issues it. What `Client::issueSessionToken` returns, and what strategies get that renew
// their tokens themselves.
#ifndef REFOLD_SESSION_TOKEN_HPP
#define REFOLD_SESSION_TOKEN_HPP

#include <chrono>
#include <optional>
#include <string>

namespace refold {
inline namespace v0 {

/// Both texts are secrets; the library never shows them. Whether the lifetimes are there is up to the server; they are empty
/// too where what it says cannot be (zero, negative, more than ten years).
struct SessionToken {
    /// For `Authorization: Bearer`; a frontend passes it on as it is.
    std::string token = {};
    /// Empty where the server gives none.
    std::string refreshToken = {};
    /// How long `token` is good for, from the moment of its issue.
    std::optional<std::chrono::seconds> expiresIn = {};
    /// The same of `refreshToken`.
    std::optional<std::chrono::seconds> refreshExpiresIn = {};
};

}  // namespace v0
}  // namespace refold

#endif
