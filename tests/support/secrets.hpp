// The tests' made-up credentials, and the check that none of them appears. Used by tests of errors, events and URLs.
#ifndef REFOLD_TESTS_SUPPORT_SECRETS_HPP
#define REFOLD_TESTS_SUPPORT_SECRETS_HPP

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace refold::test {

inline constexpr const char* testKey = "tk_test_not_a_real_key";
inline constexpr const char* testAccount = "made.up+account@example.test";
inline constexpr const char* firstToken = "first-made-up-token.not-real";
inline constexpr const char* secondToken = "second-made-up-token.not-real";
/// Secrets that a careless token provider might put into its exception: shaped like a key, a bearer header and a JWT.
inline constexpr const char* providerKey = "pk_live_not_a_real_key_5c4b3a2918";
inline constexpr const char* providerJwt = "eyJhbGciOiJub25lIn0.eyJub3QiOiJhIHJlYWwgdG9rZW4ifQ.c2lnbmF0dXJl";

/// All of the above, and the account in its URL-encoded form.
inline constexpr std::array<std::string_view, 8> allSecrets = {testKey,
                                                               testAccount,
                                                               "made.up%2Baccount%40example.test",
                                                               "made.up+account%40example.test",
                                                               firstToken,
                                                               secondToken,
                                                               providerKey,
                                                               providerJwt};

inline void expectNoSecret(std::string_view text, std::string_view where) {
    for (const std::string_view secret : allSecrets) {
        EXPECT_EQ(text.find(secret), std::string_view::npos)
            << "the secret " << secret << " appears in " << where << ": " << text.substr(0, 2000);
    }
}

}  // namespace refold::test

#endif
