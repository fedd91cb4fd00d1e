// Tests the decoding of error bodies: the vendor's two envelopes and everything else.
#include "codec/error_body_codec.hpp"
#include "text/clean_text.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::string_literals;

TEST(ErrorBodyCodec, ReadsTheEnvelopes) {
    struct Case {
        std::string body;
        std::string code;
        std::string type;
        std::string message;
        std::string requestId;
    };
    const std::vector<Case> cases{
        {R"({"status_code":401,"http_error_type":"UNAUTHORIZED","error_code":"SERVER_ERROR",)"
         R"("message":"Invalid key","request_id":"r-1"})",
         "SERVER_ERROR", "UNAUTHORIZED", "Invalid key", "r-1"},
        {R"({"status_code":400,"http_error_type":"BAD_REQUEST","error":"SERVER_ERROR",)"
         R"("message":"linked_account_id missing"})",
         "SERVER_ERROR", "BAD_REQUEST", "linked_account_id missing", ""},
        {R"({"message":"Server Error","error":"Workflow ID and slug are required"})",
         "Workflow ID and slug are required", "", "Server Error", ""},
        {R"({"error":"second","error_code":"first"})", "first", "", "", ""},
        {R"({"error":"kept","error_code":null})", "kept", "", "", ""},
        // Odd types are empty.
        {R"({"error_code":5,"http_error_type":["X"],"message":7,"request_id":true})", "", "",
         R"({"error_code":5,"http_error_type":["X"],"message":7,"request_id":true})", ""},
        {R"({"message":null,"error":{"message":"inner","error_code":"CODE"},"data":[{"message":"data"}]})", "CODE", "",
         "inner", ""},
        {R"({"message":"first","message":"last"})", "", "", "last", ""},
        {R"({"message":"kept not","message":[],"error":"E"})", "E", "", "", ""},
        {R"({"mess\u0061ge":"\u00e4\n\u0007b"})", "", "", "ä b", ""},
        {R"({"n":1e999,"message":"behind a huge number"})", "", "", "behind a huge number", ""},
        {R"({"n":1e999,"message":"cut \ud83d","request_id":"\ude00"})", "", "", "cut \xEF\xBF\xBD", "\xEF\xBF\xBD"},
        {R"({"message":"cut \ud83d","error":"\x"})", "", "", R"({"message":"cut \ud83d","error":"\x"})", ""},
        {"\xEF\xBB\xBF {\"message\":\"behind a mark\"} \n", "", "", "behind a mark", ""},
        {"{}", "", "", "", ""},
        // Other shapes.
        {R"({"message":["limit must be a number","page must be positive"],"error":"Bad Request","statusCode":400})",
         "Bad Request", "", "limit must be a number; page must be positive", ""},
        {R"({"error":{"code":"INVALID_TOKEN","message":"Token expired","request_id":"r-2"}})", "INVALID_TOKEN", "",
         "Token expired", "r-2"},
        {R"({"error":{"error":{"message":"deep"}}})", "", "", "deep", ""},
        {R"({"errors":["first","second","first"]})", "", "", "first; second", ""},
        {R"({"errors":[{"field":"limit","message":"too large"},{"detail":"too late"}]})", "", "", "too large; too late",
         ""},
        {R"({"errors":{"limit":["must be a number"]}})", "", "", "limit: must be a number", ""},
        {R"({"message":"Validation failed","errors":{"status":["must be one of COMPLETED, ERRORED"]}})", "", "",
         "Validation failed; status: must be one of COMPLETED, ERRORED", ""},
        {R"({"code":"RESOURCE_NOT_FOUND","message":"no such run"})", "RESOURCE_NOT_FOUND", "", "no such run", ""},
        {R"({"code":"general","error_code":"exact"})", "exact", "", "", ""},
        {R"({"message":"Validation failed","errors":["limit is too large"]})", "", "",
         "Validation failed; limit is too large", ""},
        {R"({"detail":"Not authenticated"})", "", "", "Not authenticated", ""},
        {R"({"detail":[{"loc":["query","limit"],"msg":"value is not an integer","type":"int"}]})", "", "",
         "value is not an integer", ""},
        {R"({"msg":"no such tenant","requestId":"r-3"})", "", "", "no such tenant", "r-3"},
        {R"({"message":{"text":"inside"}})", "", "", "text: inside", ""},
        {R"({"error":{"a":{"b":{"c":{"d":{"e":{"message":"seven deep"}}}}}}})", "", "", "seven deep", ""},
        {R"({"error":"E","errors":[[[[[[{"msg":"in lists"}]]]]]]})", "E", "", "in lists", ""},
        // Words in other members, if there are none where they belong.
        {R"({"data":{"message":"in data"}})", "", "", "in data", ""},
        {R"({"error":"E","response":{"data":{"message":["one","two"]}}})", "E", "", "one; two", ""},
        {R"({"data":{"errors":[{"field":"limit","message":"too large"}]}})", "", "", "too large", ""},
        {R"({"result":{"error":{"code":"C","reason":"inner","request_id":"r-4"}}})", "C", "", "inner", "r-4"},
        {R"({"items":[{"message":"of an item"}]})", "", "", "of an item", ""},
        {R"({"message":"outer","data":{"message":"not repeated"}})", "", "", "outer", ""},
        {R"({"anything":"else"})", "", "", R"({"anything":"else"})", ""},
        // The legacy documentation swaps code and type.
        {R"({"error_code":"BAD_REQUEST","http_error_type":"INVALID_LINKED_ACCOUNT_ID","message":"No such account"})",
         "INVALID_LINKED_ACCOUNT_ID", "BAD_REQUEST", "No such account", ""},
        {R"({"error_code":"NOT_FOUND","http_error_type":"NOT_FOUND"})", "NOT_FOUND", "NOT_FOUND", "", ""},
        // No JSON object: the first words of the body.
        {"", "", "", "", ""},
        {"[]", "", "", "[]", ""},
        {R"("Too many requests")", "", "", R"("Too many requests")", ""},
        {"Too Many\r\nRequests\n", "", "", "Too Many Requests", ""},
        {"<html><head><title>x</title></head><body><h1>503 Service Unavailable</h1>\nNo server is available.</body>",
         "", "", "503 Service Unavailable No server is available.", ""},
        {R"({"message":"cut o)", "", "", R"({"message":"cut o)", ""},
        {R"({"message":"whole","request_id":"r)", "", "", R"({"message":"whole","request_id":"r)", ""},
        {R"({"message":"a"} {"message":"b"})", "", "", R"({"message":"a"} {"message":"b"})", ""},
        {"{\"message\":\"\xFF\"}", "", "", R"({"message":" "})", ""},
    };
    for (const Case& c : cases) {
        const ApiErrorDetails details = decodeErrorBody(418, c.body);
        EXPECT_EQ(details.status, 418);
        EXPECT_EQ(details.code, c.code) << c.body;
        EXPECT_EQ(details.type, c.type) << c.body;
        EXPECT_EQ(details.serverMessage, c.message) << c.body;
        EXPECT_EQ(details.requestId, c.requestId) << c.body;
        EXPECT_EQ(details.body, c.body);
        EXPECT_FALSE(details.retryAfter);
    }
}

TEST(ErrorBodyCodec, AnErrorSentAsASuccessIsQuotedFromOtherMembersToo) {
    EXPECT_EQ(quote(Quotation::error, R"({"data":{"message":"not in your plan"}})"), R"("not in your plan")");
    EXPECT_EQ(quote(Quotation::error, R"({"data":{"docs":[{"message":"of a run"}]}})"), "")
        << "the elements of a list may be items";
}

TEST(ErrorBodyCodec, KeepsTheFirst64KibibytesOfTheBody) {
    const std::string large = R"({"padding":")" + std::string(100'000, 'x') + R"(","message":"behind it"})";
    const ApiErrorDetails details = decodeErrorBody(500, large);
    EXPECT_EQ(details.body, large.substr(0, 65'536));
    EXPECT_EQ(details.serverMessage, "behind it");
}

TEST(ErrorBodyCodec, TextsAreBounded) {
    EXPECT_LE(decodeErrorBody(500, std::string(100'000, 'x')).serverMessage.size(), 200U);
    const ApiErrorDetails details = decodeErrorBody(
        500, nlohmann::json{{"message", std::string(100'000, 'x')}, {"error", std::string(100'000, 'y')}}.dump());
    EXPECT_EQ(details.serverMessage.size(), 2000U);
    EXPECT_EQ(details.code.size(), 2000U);
}

TEST(ErrorBodyCodec, DeepNestingDoesNotCrash) {
    constexpr std::size_t million = 1'000'000;
    std::string open;
    std::string close;
    for (std::size_t i = 0; i < million; ++i) {
        open += R"({"a":[)";
        close += "]}";
    }
    EXPECT_EQ(decodeErrorBody(500, R"({"x":)" + open + close + R"(,"message":"survived"})").serverMessage, "survived");
    EXPECT_EQ(decodeErrorBody(500, open).serverMessage.substr(0, 6), R"({"a":[)");
    EXPECT_EQ(decodeErrorBody(500, R"({"error":)" + open + R"("too deep")" + close + "}").serverMessage.substr(0, 9),
              R"({"error":)");
}

TEST(CleanText, MakesOneLine) {
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {"", ""},
        {"plain", "plain"},
        {"  around  ", "around"},
        {"a\r\nb\tc\0d"s, "a b c d"},
        {"a \n \n b", "a b"},
        // Removes terminal control sequences entirely; text that only begins like one stays readable.
        {"\x1b[2Jcleared\x7f.", "cleared ."},
        {"\x1b[1;31mred\x1b[0m and\x1b]0;title", "red and ]0;title"},
        {"\x1b[31", "[31"},
        {"grüße 顧客 🎉", "grüße 顧客 🎉"},
        // C1 controls and Unicode line separators.
        {"a\xC2\x85"
         "b\xC2\x9B"
         "c\xE2\x80\xA8"
         "d\xE2\x80\xA9"
         "e",
         "a b c d e"},
        // Removes bidirectional controls without a replacement.
        {"a\xE2\x80\xAE"
         "b\xE2\x80\xAC\xE2\x81\xA6"
         "c\xE2\x81\xA9\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C"
         "d",
         "abcd"},
        // Invalid UTF-8: stray, cut, overlong, surrogate, beyond the last character.
        {"a\xFF"
         "b",
         "a b"},
        {"a\xC3", "a"},
        {"a\xC0\xAF"
         "b",
         "a b"},
        {"a\xED\xA0\x80"
         "b",
         "a b"},
        {"a\xF4\x90\x80\x80"
         "b",
         "a b"},
        {"a\xE2\x82"
         "b",
         "a b"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(cleanText(c.text, 100), c.expected) << c.text;
        EXPECT_EQ(cleanText(c.expected, 100), c.expected);
    }
}

TEST(CleanText, CutsBetweenCharacters) {
    struct Case {
        std::string text;
        std::size_t maxBytes;
        std::string expected;
    };
    const std::vector<Case> cases{
        {"abcdef", 6, "abcdef"},  {"abcdefg", 6, "abc..."},
        {"ääää", 8, "ääää"},      {"äääää", 8, "ää..."},
        {"abc def", 6, "abc..."}, {"abcdef   \n", 6, "abcdef"},
        {"abcdef", 3, "..."},     {"abcdef", 2, ".."},
        {"abcdef", 0, ""},        {"", 0, ""},
        {"ab🎉🎉", 8, "ab..."},     {"abcdef\xE2\x80\xAE", 6, "abcdef"},
    };
    for (const Case& c : cases) EXPECT_EQ(cleanText(c.text, c.maxBytes), c.expected) << c.text;
    const std::string mixed = "a ä\n顧 🎉\xFF";
    for (std::size_t limit = 0; limit < 20; ++limit) {
        const std::string cleaned = cleanText(mixed + mixed + mixed, limit);
        EXPECT_LE(cleaned.size(), limit);
        EXPECT_TRUE(nlohmann::json::accept('"' + cleaned + '"')) << cleaned;
    }
}

}  // namespace
}  // namespace refold::internal
