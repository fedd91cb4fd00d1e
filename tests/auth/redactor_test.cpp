// Tests the removal of known secrets.
#include "auth/redactor.hpp"

#include <gtest/gtest.h>

#include <cstddef>
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

TEST(Redactor, FindsASecretInAnyCaseOfLetters) {
    Redactor redact;
    redact.learn({{"x-api-key", "pk_Made_Up_Key"}});
    EXPECT_EQ(redact("https://pk_made_up_key.evil.example and PK_MADE_UP_KEY"), "https://***.evil.example and ***");
}

TEST(Redactor, HidesOverlappingSecretsTogether) {
    Redactor redact;
    redact.learn({{"a", "abcd-efgh"}, {"b", "efgh-ijkl"}});
    EXPECT_EQ(redact("abcd-efgh-ijkl, abcd-efghabcd-efgh"), "***, ******");
}

TEST(Redactor, TakesOnePassForManySecrets) {
    Redactor redact;
    redact.learn({{"linked_account_id", "user_12345"}});
    std::string text;
    std::string expected;
    for (int i = 0; i < 400'000; ++i) {
        text += "user_12345 ";
        expected += "*** ";
    }
    // With a cost that grows with the square of the length, this takes minutes.
    EXPECT_EQ(redact(text), expected);
}

TEST(Redactor, ReadsToTheEndOfASecretThatBeginsInTime) {
    Redactor redact;
    redact.learn({{"x-api-key", "abcdefgh"}});
    EXPECT_EQ(redact("1234abcdefgh5678", 4), "1234");
    EXPECT_EQ(redact("1234abcdefgh5678", 5), "1234***");
    EXPECT_EQ(redact("1234abcdefgh5678", 13), "1234***5");
}

/// Returns the first four characters of the secret that the text shows, if any.
std::string shownPart(const std::string& text, const std::string& secret) {
    for (std::size_t i = 0; i + 4 <= secret.size(); ++i) {
        if (text.find(secret.substr(i, 4)) != std::string::npos) return secret.substr(i, 4);
    }
    return {};
}

TEST(Redactor, ALineEndsInNoPartOfASecret) {
    const std::string secret = "qzxj7wvkp4ybgh9fdlm2";
    Redactor redact;
    redact.learn({{"x-api-key", secret}});
    const std::string invisible = "\xE2\x80\xAE";
    const std::string parted = secret.substr(0, 10) + invisible + secret.substr(10);
    const std::string escaped = "\\u0071" + secret.substr(1);
    for (const std::string& spelt : {secret, parted, escaped}) {
        for (std::size_t before = 60; before < 130; ++before) {
            const std::string line = redact.line(std::string(before, '.') + spelt + " and more words", 100);
            EXPECT_EQ(shownPart(line, secret), "") << line;
            EXPECT_LE(line.size(), 100U);
        }
        // At the end of the excerpt of a large text, which blanks and other secrets shorten.
        for (std::size_t before = Redactor::maxExcerpt - 60; before < Redactor::maxExcerpt + 30; ++before) {
            const std::string line = redact.line(std::string(before, ' ') + spelt + " and more words", 100);
            EXPECT_EQ(shownPart(line, secret), "") << line;
            std::string text(before % secret.size(), ' ');
            while (text.size() < before) text += secret;
            EXPECT_EQ(shownPart(redact.line(text + spelt + " and more words", 20'000), secret), "") << before;
        }
    }
    EXPECT_EQ(redact.line("a\n" + parted + "\x1b[31m b", 100), "a *** b");
}

TEST(Redactor, KeepsValuesTooShortForSecrets) {
    Redactor redact;
    redact.learn({{"linked_account_id", "1"}, {"x-api-key", ""}});
    EXPECT_EQ(redact("1 of 1"), "1 of 1");
}

}  // namespace
