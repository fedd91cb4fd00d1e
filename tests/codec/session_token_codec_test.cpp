// Tests the token endpoint's JSON, and that no message quotes an answer that may hold a token.
#include "codec/session_token_codec.hpp"

#include <refold/error.hpp>

#include "codec/decode_error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
using refold::SessionToken;
using refold::internal::DecodeError;
using refold::internal::decodeSessionToken;
using refold::internal::encodeSessionTokenRequest;

TEST(SessionTokenCodec, WritesTheAccountAsJson) {
    EXPECT_EQ(encodeSessionTokenRequest("user_12345"), R"({"linked_account_id":"user_12345"})");
    EXPECT_EQ(encodeSessionTokenRequest("a \"b\"\\Ü"), R"({"linked_account_id":"a \"b\"\\Ü"})");
    EXPECT_THROW(encodeSessionTokenRequest("\xff"), refold::InvalidArgument);
}

TEST(SessionTokenCodec, ReadsTheDocumentedAnswer) {
    const SessionToken token =
        decodeSessionToken(R"({"token":"t","refresh_token":"r","expires_in":86400,"refresh_expires_in":2592000})");
    EXPECT_EQ(token.token, "t");
    EXPECT_EQ(token.refreshToken, "r");
    EXPECT_EQ(token.expiresIn, 86400s);
    EXPECT_EQ(token.refreshExpiresIn, 2592000s);
}

TEST(SessionTokenCodec, RequiresOnlyTheToken) {
    const SessionToken token = decodeSessionToken(R"({"token":"t","refresh_token":null,"new":{"a":[1]}})");
    EXPECT_EQ(token.token, "t");
    EXPECT_EQ(token.refreshToken, "");
    EXPECT_FALSE(token.expiresIn);
    EXPECT_FALSE(token.refreshExpiresIn);
}

TEST(SessionTokenCodec, InvalidLifetimeIsIgnored) {
    const auto lifetime = [](const std::string& text) {
        return decodeSessionToken(R"({"token":"t","expires_in":)" + text + "}").expiresIn;
    };
    for (const char* const absurd : {"0", "-1", "null", "true", "[]", "\"soon\"", "\"\"", "\"-5\"", "1e999", "-1e999",
                                     "18446744073709551615", "1781615700", "0.5", "\"99999999999999999999\""}) {
        EXPECT_FALSE(lifetime(absurd)) << absurd;
    }
    EXPECT_EQ(lifetime("1"), 1s);
    EXPECT_EQ(lifetime("3599.9"), 3599s);
    EXPECT_EQ(lifetime("\"3600\""), 3600s);
    EXPECT_EQ(lifetime("8.64e4"), 86400s);
}

TEST(SessionTokenCodec, RefusesOtherShapesWithoutQuotingThem) {
    const std::string secret = "made-up-token-not-real";
    for (const std::string& body :
         {secret, "\"" + secret + "\"", "[\"" + secret + "\"]", "{\"token\":[\"" + secret + "\"]}",
          "{\"refresh_token\":\"" + secret + "\"}", "{\"token\":\"\",\"x\":\"" + secret + "\"}",
          "{\"token\":\"" + secret, "{\"token\":\"" + secret + "\"} x", "{\"token\":\"" + secret + "\n\"}",
          "{\"token\":\"" + secret + "\xff\"}", "{\"" + secret + "\":1,}"}) {
        try {
            decodeSessionToken(body);
            ADD_FAILURE() << "accepted: " << body;
        } catch (const DecodeError& error) {
            EXPECT_EQ(std::string(error.what()).find("made-up"), std::string::npos) << error.what();
            EXPECT_EQ(error.pointer().find("made-up"), std::string::npos) << error.pointer();
        }
    }
}

TEST(SessionTokenCodec, DistinguishesTruncatedFromWrongAnswers) {
    const auto endsEarly = [](const std::string& body) {
        try {
            decodeSessionToken(body);
        } catch (const DecodeError& error) {
            return error.endedEarly();
        }
        return false;
    };
    const std::string whole = R"({"token":"t","expires_in":86400})";
    for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_TRUE(endsEarly(whole.substr(0, size))) << size;
    EXPECT_TRUE(endsEarly(" \n"));
    EXPECT_FALSE(endsEarly(whole));
    EXPECT_FALSE(endsEarly(whole + "}"));
    EXPECT_FALSE(endsEarly("<html>"));
}

}  // namespace
