// Tests the removal of known secrets.
#include "auth/redactor.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using refold::internal::Redactor;

TEST(Redactor, RemovesEveryKnownSecret) {
    Redactor redact;
    redact.learn({{"x-api-key", "tk_test_not_a_real_key"}, {"linked_account_id", "user_12345"}});
    EXPECT_EQ(redact("key tk_test_not_a_real_key of user_12345, again tk_test_not_a_real_key"),
              "key *** of ***, again ***");
    EXPECT_EQ(redact("nothing to hide"), "nothing to hide");
}

TEST(Redactor, KnowsATokenWithAndWithoutItsScheme) {
    Redactor redact;
    redact.learn({{"Authorization", "Bearer token-not-real"}});
    EXPECT_EQ(redact("sent Bearer token-not-real"), "sent ***");
    EXPECT_EQ(redact("token-not-real has expired"), "*** has expired");
}

TEST(Redactor, KnowsASecretInALink) {
    Redactor redact;
    redact.learn({{"linked_account_id", "made.up+account@example.com"}});
    EXPECT_EQ(redact("see https://x/?id=made.up%2Baccount%40example.com&a=1"), "see https://x/?id=***&a=1");
    EXPECT_EQ(redact("see https://x/?id=made.up%2baccount%40example.com&a=1"), "see https://x/?id=***&a=1");
}

TEST(Redactor, RemovesTheLongestSecretFirst) {
    Redactor redact;
    redact.learn({{"a", "abcd"}, {"b", "abcd-efgh"}});
    EXPECT_EQ(redact("abcd-efgh abcd"), "*** ***");
}

TEST(Redactor, KeepsValuesTooShortForSecrets) {
    Redactor redact;
    redact.learn({{"linked_account_id", "1"}, {"x-api-key", ""}});
    EXPECT_EQ(redact("1 of 1"), "1 of 1");
}

}  // namespace
