// Tests bodies that are not pages: the error for each, and that none crashes the decoder.
#include "codec/decode_error.hpp"
#include "codec/execution_page_codec.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::string_literals;

/// Returns the error that decoding throws; fails the test if there is none.
DecodeError errorOf(std::string_view body) {
    try {
        decodeExecutionPage(body, std::nullopt, std::nullopt);
    } catch (const DecodeError& error) {
        for (const char c : std::string(error.what())) EXPECT_GE(static_cast<unsigned char>(c), 0x20U) << error.what();
        EXPECT_LT(std::string(error.what()).size(), 1000U);
        return error;
    }
    ADD_FAILURE() << "accepted as a page: " << body.substr(0, 200);
    return DecodeError("", "", std::nullopt, false);
}

std::string repeat(std::size_t count, std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i) result += text;
    return result;
}

TEST(ExecutionPageRefusal, NamesThePositionOfAWrongType) {
    struct Case {
        std::string body;
        std::string pointer;
        std::string reason;
    };
    const std::vector<Case> cases{
        {"[]", "", "the body is an array, not an object"},
        {R"([{"docs":[]}])", "", "the body is an array, not an object"},
        {"null", "", "the body is null, not an object"},
        {"true", "", "the body is a boolean, not an object"},
        {"17", "", "the body is a number, not an object"},
        {R"("docs")", "", "the body is a string, not an object"},
        {"{}", "/docs", "\"docs\" is missing"},
        {R"({"page":1,"data":{"docs":[]}})", "/docs", "\"docs\" is missing"},
        {R"({"docs":null})", "/docs", "\"docs\" is null, not an array"},
        {R"({"docs":{}})", "/docs", "\"docs\" is an object, not an array"},
        {R"({"docs":"[]"})", "/docs", "\"docs\" is a string, not an array"},
        {R"({"docs":3})", "/docs", "\"docs\" is a number, not an array"},
        {R"({"docs":[],"docs":false})", "/docs", "\"docs\" is a boolean, not an array"},
        {R"({"docs":[1]})", "/docs/0", "an element of \"docs\" is a number, not an object"},
        {R"({"docs":[{},{},{},null,"x"]})", "/docs/3", "an element of \"docs\" is null, not an object"},
        {R"({"docs":[{},[{}]],"page":1})", "/docs/1", "an element of \"docs\" is an array, not an object"},
        {R"({"docs":[{"docs":[]},"{}"]})", "/docs/1", "an element of \"docs\" is a string, not an object"},
        {R"({"docs":[[[]],{}]})", "/docs/0", "an element of \"docs\" is an array, not an object"},
    };
    for (const Case& c : cases) {
        const DecodeError error = errorOf(c.body);
        EXPECT_EQ(error.pointer(), c.pointer) << c.body;
        EXPECT_EQ(std::string(error.what()), c.reason) << c.body;
        EXPECT_FALSE(error.offset()) << c.body;
        EXPECT_FALSE(error.endedEarly()) << c.body;
    }
}

TEST(ExecutionPageRefusal, QuotesAnErrorSentWithStatus200) {
    struct Case {
        std::string body;
        std::string reason;
    };
    const std::vector<Case> cases{
        {R"({"message":"Server Error","error":"Workflow ID and slug are required"})",
         R"(the answer is an error instead of a page: "Server Error: Workflow ID and slug are required")"},
        {R"({"status_code":401,"error":"UNAUTHORIZED"})",
         R"(the answer is an error instead of a page: "UNAUTHORIZED")"},
        {R"({"docs":null,"message":"line\r\none \u001b[31mred\u202e"})",
         R"(the answer is an error instead of a page: "line one red")"},
        {R"({"error":{"message":"Account suspended"},"request_id":"r-9"})",
         R"(the answer is an error instead of a page: "Account suspended" [request id r-9])"},
        {R"({"message":["first","second"]})", R"(the answer is an error instead of a page: "first; second")"},
    };
    for (const Case& c : cases) {
        const DecodeError error = errorOf(c.body);
        EXPECT_EQ(std::string(error.what()), c.reason);
        EXPECT_EQ(error.pointer(), "/docs");
        EXPECT_FALSE(error.endedEarly());
    }
    EXPECT_LT(std::string(errorOf(R"({"message":")" + std::string(10'000, 'x') + R"("})").what()).size(), 300U);
}

TEST(ExecutionPageRefusal, NamesTheWrongByte) {
    struct Case {
        std::string body;
        std::size_t offset;
    };
    const std::vector<Case> cases{
        {"x", 0},
        {"<html>", 0},
        {"  }", 2},
        {"{x}", 1},
        {R"({"docs":[}]})", 9},
        {R"({"docs":[{"a":tru"e"}]})", 17},
        {R"({"docs":[{"a" "b"}]})", 16},
        {R"({"docs":[{"a":"plain text"}},{}]})", 27},
        {R"({"docs":[{"a":01}]})", 15},
        {R"({"docs":[{"a":1.}]})", 16},
        {R"({"docs":[{"a":-}]})", 15},
        {R"({"docs":[{"a":+1}]})", 14},
        {R"({"docs":[{"a":NaN}]})", 14},
        {R"({"docs":[{"a":"plain","b":'c'}]})", 26},
        {R"({"docs":[{},]})", 12},
        {R"({"docs":[{"a":1,}]})", 16},
        {R"({"docs":[]/**/})", 10},
        {R"({"docs":["\x"]})", 11},
        {R"({"docs":[{"a":"\ud800x","b":"\x"}]})", 30},
        {R"({"docs":[{"a":"\ud800\ud8"}]})", 25},
        {R"({"docs":["\u12g4"]})", 14},
        {"{\"docs\":[\"tab\t\"]}", 13},
        {"{\"docs\":[\"plain\",\"12345678\n\"]}", 26},
        // A NUL does not end the text.
        {"{\"docs\":[\0]}"s, 9},
        {"\0"s, 0},
        {"{\"docs\":[]}\0"s, 11},
        // Data after the end.
        {R"({"docs":[]}x)", 11},
        {R"({"docs":[]} {"docs":[]})", 12},
        {R"({"docs":[]}})", 11},
        {"{\"docs\":[]}\n\xEF\xBB\xBF", 12},
        // Invalid UTF-8: truncated and overlong sequences, surrogates, code points beyond the last, stray bytes.
        {"{\"docs\":[{\"name\":\"\xFF\"}]}", 18},
        {"{\"docs\":[{\"name\":\"plain text \xC3\"}]}", 30},
        {"{\"docs\":[{\"name\":\"\xC0\xAF\"}]}", 18},
        {"{\"docs\":[{\"name\":\"\xE0\x80\xAF\"}]}", 19},
        {"{\"docs\":[{\"name\":\"\xED\xA0\x80\"}]}", 19},
        {"{\"docs\":[{\"name\":\"\xF4\x90\x80\x80\"}]}", 19},
        {"{\"docs\":[{\"name\":\"\x80\"}]}", 18},
        {"{\"docs\":[{\"n\xE9\":1}]}", 13},
        {"{\"docs\":[{\"a\":\"\\ud83d\",\"b\":\"\xED\xA0\x80\"}]}", 29},
        {"{\"docs\":[{\"unknown\":[{\"deep\":\"\xE2\x82\"}]}]}", 32},
        {"\xEF\xBB{}", 2},
        {"\xFE\xFF", 0},
    };
    for (const Case& c : cases) {
        const DecodeError error = errorOf(c.body);
        EXPECT_EQ(error.offset(), c.offset) << c.body << ": " << error.what();
        EXPECT_EQ(error.pointer(), "") << c.body;
        EXPECT_FALSE(error.endedEarly()) << c.body;
    }
}

TEST(ExecutionPageRefusal, NamesTheContentSentInsteadOfJson) {
    EXPECT_EQ(std::string(errorOf("<html><head><title>t</title></head><body><h1>Bad\nGateway</h1>").what()),
              "the body is not JSON; it begins with \"Bad Gateway\"");
    EXPECT_EQ(std::string(errorOf("upstream connect error").what()),
              "the body is not JSON; it begins with \"upstream connect error\"");
    EXPECT_EQ(std::string(errorOf(R"({"docs":[nope]})").what()), "malformed JSON, invalid literal");
}

TEST(ExecutionPageRefusal, EveryProperPrefixIsTruncated) {
    const std::string body =
        "\xEF\xBB\xBF {\"docs\" : [ {\"_id\":\"plain\", \"a\\\"b\\u00e4\":\"esc\\ud83d\\ude00 "
        "\xC3\xA4\xF0\x9F\x98\x80\","
        "\"n\":-12.5e+3,\"s\":\"\\ud83d\\n\\ude00\",\"t\":true,\"f\":false,\"z\":null,\"o\":{\"x\":[1,{}]}},{}], "
        "\"page\" : 1}";
    ASSERT_NO_THROW(decodeExecutionPage(body, std::nullopt, std::nullopt));
    for (std::size_t length = 0; length < body.size(); ++length) {
        const DecodeError error = errorOf(std::string_view(body).substr(0, length));
        EXPECT_TRUE(error.endedEarly()) << body.substr(0, length) << ": " << error.what();
        EXPECT_EQ(error.offset(), length);
        EXPECT_EQ(error.pointer(), "");
    }
    for (const std::string& blank : {""s, " "s, "\r\n\t"s}) {
        EXPECT_TRUE(errorOf(blank).endedEarly());
        EXPECT_EQ(std::string(errorOf(blank).what()), "the body is empty");
    }
}

TEST(ExecutionPageRefusal, ErrorAtTheEndIsNotTruncation) {
    for (const std::string& body :
         {"{\"docs\":[x"s, "{\"docs\":tru "s, "{\"docs\" 12"s, "{12"s, "{\"docs\":[1 2"s, "{\"docs\":[]}x"s,
          "{\"a\":\"\xFF"s, "{\"a\":\"\t"s, "{\"a\":1.x"s, "{\"a\":[}"s, "["s, "12"s}) {
        EXPECT_FALSE(errorOf(body).endedEarly()) << body;
    }
}

TEST(ExecutionPageRefusal, DeepTruncatedNestingDoesNotCrash) {
    constexpr std::size_t levels = 100'000;
    const std::vector<std::string> openings{"",         R"({"docs":)",       R"({"docs":[)",
                                            R"({"x":)", R"({"docs":[{"x":)", R"({"docs":[{"associated_workflow":)"};
    for (const std::string& opening : openings) {
        for (const std::string& level : {"["s, R"({"a":)"s, R"([{"associated_workflow":)"s}) {
            const DecodeError error = errorOf(opening + repeat(levels, level));
            const bool isNoObject = opening.empty() && level.front() == '[';
            EXPECT_EQ(std::string(error.what()),
                      isNoObject ? "the body is an array, not an object" : "the JSON stops in the middle");
        }
    }
}

TEST(ExecutionPageRefusal, OffsetsAreRightAfterAHugeNumber) {
    const DecodeError error = errorOf(R"({"docs":[{"n":-1e999,"x":2e999x}]})");
    EXPECT_EQ(error.offset(), 30U);
    EXPECT_FALSE(error.endedEarly());
    EXPECT_TRUE(errorOf(R"({"docs":[{"n":-1e999,"x":2e999)").endedEarly());
}

TEST(ExecutionPageRefusal, OffsetsAreRightAfterALoneSurrogate) {
    EXPECT_EQ(errorOf(R"({"docs":[{},{"a":"\ud83d"},7]})").pointer(), "/docs/2");
}

}  // namespace
}  // namespace refold::internal
