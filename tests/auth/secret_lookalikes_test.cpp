// Tests which texts are removed because they look like secrets, and which words are kept.
#include "auth/secret_lookalikes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using refold::internal::withoutSecretLookalikes;

struct Lookalike {
    std::string text;
    std::string expected;
};

TEST(SecretLookalikes, AreRemoved) {
    const std::vector<Lookalike> cases{
        {"refresh_token=abc", "refresh_token=***"},
        {"refresh_token=abc&user=bob", "refresh_token=***&user=bob"},
        {"client_secret: hunter2, retry", "client_secret: ***, retry"},
        {"client_secret = x", "client_secret = ***"},
        {"client_secret\t:  x y", "client_secret\t:  *** y"},
        {"password=p!ss$w:rd", "password=***"},
        {"'password' => 'abc'", "'password' => '***'"},
        {"pwd := abc", "pwd := ***"},
        {"rejected eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "rejected ***"},
        {"bad key tk_test_0123456789abcdef", "bad key ***"},
        {"invalid token: secret: abc", "invalid token: secret: ***"},
        // Quoted.
        {R"({"password":"hunter"})", R"({"password":"***"})"},
        {R"({"password" : "two words"})", R"({"password" : "***"})"},
        {R"({"password":"a \" quote","user":"bob"})", R"({"password":"***","user":"bob"})"},
        {R"({"password":"a backslash \\","user":"bob"})", R"({"password":"***","user":"bob"})"},
        {R"("{\"password\" : \"two words\",\"user\":\"bob\"}")", R"("{\"password\" : \"***\",\"user\":\"bob\"}")"},
        {R"("{\"password\":\"a \\\" quote\",\"n\":1}")", R"("{\"password\":\"***\",\"n\":1}")"},
        {"token='it has blanks' was refused", "token='***' was refused"},
        {"token=`it's odd`", "token=`***`"},
        {"invalid token 'two words'", "invalid token '***'"},
        {"secret=\"cut in the mid", "secret=\"***"},
        {R"("password":)"
         "\n  \"two words\"",
         R"("password":)"
         "\n  \"***\""},
        // In brackets.
        {R"({"token":{"value":"abc"},"n":1})", R"({"token":{***},"n":1})"},
        {R"({"tokens":["a b",["c"]],"n":1})", R"({"tokens":[***],"n":1})"},
        {"token: (abc) is old", "token: (***) is old"},
        // Headers.
        {"Authorization: Bearer abcdef", "Authorization: Bearer ***"},
        {"Authorization: Basic dXNlcjpwYXNz==", "Authorization: Basic ***"},
        {"Authorization: Basic abcdefgh refused", "Authorization: Basic *** refused"},
        {"proxy-authorization:basic abc", "proxy-authorization:basic ***"},
        {"Authorization: token abc", "Authorization: token ***"},
        {"Authorization: Digest username=\"Mu fasa\", realm=\"r\", response=\"6629\" refused",
         "Authorization: Digest *** refused"},
        {"Authorization: hunter2", "Authorization: ***"},
        {"-H 'Authorization: Bearer abcdef' https://vault", "-H 'Authorization: Bearer ***' https://vault"},
        {R"({"Authorization":"Basic abc"})", R"({"Authorization":"***"})"},
        {"sent Bearer abcdef", "sent Bearer ***"},
        {"sent Basic YTpi", "sent Basic ***"},
        {"X-Api-Key: abc", "X-Api-Key: ***"},
        {"Cookie: sid=abc", "Cookie: ***"},
        {"Cookie: sid=abc; theme=dark; other=\"two words\" was refused", "Cookie: *** was refused"},
        {"-H 'Cookie: sid=abc' https://vault", "-H 'Cookie: ***' https://vault"},
        {"Set-Cookie: sid=abc; Path=/; HttpOnly\r\nServer: x", "Set-Cookie: ***\r\nServer: x"},
        {R"({"set-cookie": "sid=abc; Path=/"})", R"({"set-cookie": "***"})"},
    };
    for (const Lookalike& c : cases) EXPECT_EQ(withoutSecretLookalikes(c.text), c.expected) << c.text;
}

TEST(SecretLookalikes, KeepOrdinaryWords) {
    for (const char* const text : {
             "",
             "token",
             "token:",
             "password = ",
             "\"",
             "the token is too old",
             "the token's time is over",
             "connection refused by auth.example.com",
             "HTTP 503 from the vault",
             "unknown key \"name\" in config",
             "missing keys: a, b",
             "Basic auth is switched off",
             "the basic plan is over",
             "the bearer token is too old",
             "WWW-Authenticate: Basic realm=\"the vault\"",
             "Token::parse failed",
             "in vault::Secret::read()",
             "GET https://vault.example/oauth/token: 503 Service Unavailable",
             "cookies are switched off",
             "the session has ended; log in again",
             "tokenizer: unexpected end",
             "monkeys: 3",
             "make the client with refold::apiKey(...) or refold::sessionTokenFor(...), or derive "
             "your strategy from MultiAccountStrategy and implement forLinkedAccount",
         }) {
        EXPECT_EQ(withoutSecretLookalikes(text), text);
    }
}

}  // namespace
