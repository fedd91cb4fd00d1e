// Secrets in texts: the known ones by value, the unknown ones by their looks.
#include "auth/redactor.hpp"

#include <gtest/gtest.h>

namespace {

using refold::internal::Redactor;
using refold::internal::withoutSecretLookalikes;

TEST(Redactor, BlotsOutEveryKnownSecret) {
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
}

TEST(Redactor, TakesALongSecretBeforeTheShortOneInIt) {
    Redactor redact;
    redact.learn({{"a", "abcd"}, {"b", "abcd-efgh"}});
    EXPECT_EQ(redact("abcd-efgh abcd"), "*** ***");
}

TEST(Redactor, LeavesValuesAloneThatAreTooShortToBeSecrets) {
    Redactor redact;
    redact.learn({{"linked_account_id", "1"}, {"x-api-key", ""}});
    EXPECT_EQ(redact("1 of 1"), "1 of 1");
}

TEST(Redactor, LookalikesGo) {
    EXPECT_EQ(withoutSecretLookalikes("connection refused by auth.example.com"),
              "connection refused by auth.example.com");
    EXPECT_EQ(withoutSecretLookalikes("the token is too old"), "the token is too old");
    EXPECT_EQ(withoutSecretLookalikes("HTTP 503 from the vault"), "HTTP 503 from the vault");
    EXPECT_EQ(withoutSecretLookalikes("refresh_token=abc"), "refresh_token=***");
    EXPECT_EQ(withoutSecretLookalikes("client_secret: hunter2, retry"), "client_secret: ***, retry");
    EXPECT_EQ(withoutSecretLookalikes("{\"password\":\"hunter\"}"), "{\"password\":\"***\"}");
    EXPECT_EQ(withoutSecretLookalikes("rejected eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"), "rejected ***");
    EXPECT_EQ(withoutSecretLookalikes("Authorization: Bearer abcdef"), "Authorization: Bearer ***");
    EXPECT_EQ(withoutSecretLookalikes("bad key tk_test_0123456789abcdef"), "bad key ***");
}

}  // namespace
