// Tests the repair of huge numbers and lone surrogates.
#include "codec/json_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace refold::internal {
namespace {

TEST(JsonText, HugeNumbersBecomeNull) {
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {"1e308", "null "},
        {"1e307", "1e307"},
        {"-1e999", "null  "},
        {"1E+999", "null  "},
        {"1e-999", "1e-999"},
        {"12.5e307", "null    "},
        {"1.5e307", "1.5e307"},
        {"0.1e0309", "null    "},
        {"[1e999,2,3e999]", "[null ,2,null ]"},
        {R"({"1e999":"2e999 \" 3e999","x":4e999})", R"({"1e999":"2e999 \" 3e999","x":null })"},
        {"1e99999999999999999999999999999", "null                           "},
        {"1e-99999999999999999999999999999", "1e-99999999999999999999999999999"},
        {std::string(309, '9'), "null" + std::string(305, ' ')},
        {std::string(308, '9'), std::string(308, '9')},
        {"-" + std::string(309, '9') + ".5", "null" + std::string(308, ' ')},
        // Invalid JSON is left unchanged, or at least does not become valid.
        {"", ""},
        {"-", "-"},
        {"1e", "1e"},
        {"1.", "1."},
        {"\"1e999", "\"1e999"},
        {"\"\\", "\"\\"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(withoutHugeNumbers(c.text), c.expected) << c.text;
        EXPECT_EQ(withoutHugeNumbers(c.text).size(), c.text.size());
    }
    for (const char* malformed :
         {"01e999", "1e999x", "1e9991e999", "x1e999", "1e999.5", "nul1e999", "--1e999", "{1e999:1}"}) {
        EXPECT_FALSE(nlohmann::json::accept(withoutHugeNumbers(malformed))) << malformed;
    }
}

TEST(JsonText, RemainingNumbersFitADouble) {
    for (int exponent = 280; exponent < 340; ++exponent) {
        for (const char* mantissa : {"1", "9", "1.7976931348623157", "99.9", "0.001", "17976931348623157", "-9.99"}) {
            const std::string text = '[' + std::string(mantissa) + 'e' + std::to_string(exponent) + ']';
            EXPECT_TRUE(nlohmann::json::accept(withoutHugeNumbers(text))) << text;
        }
    }
}

TEST(JsonText, LoneSurrogatesBecomeReplacementCharacters) {
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {R"("\ud83d")", R"("\ufffd")"},
        {R"("\uDE00")", R"("\ufffd")"},
        {R"("a\uD83Db")", R"("a\ufffdb")"},
        {R"("\ud83d\u0041")", R"("\ufffd\u0041")"},
        {R"("\ud83d\n")", R"("\ufffd\n")"},
        {R"("\ud83d\ud83d\ude00")", R"("\ufffd\ud83d\ude00")"},
        {R"("\ud83d\ude00\ude00")", R"("\ud83d\ude00\ufffd")"},
        {R"("\ude00\ud83d")", R"("\ufffd\ufffd")"},
        {R"({"\udbff":["\udc00","\udfff",1]})", R"({"\ufffd":["\ufffd","\ufffd",1]})"},
        // Pairs, code units next to the surrogate range, and escaped backslashes.
        {R"("\ud83d\ude00")", R"("\ud83d\ude00")"},
        {R"("\uDBFF\uDFFF")", R"("\uDBFF\uDFFF")"},
        {R"("\ud7ff\ue000\u00e4")", R"("\ud7ff\ue000\u00e4")"},
        {R"("\\ud83d")", R"("\\ud83d")"},
        {R"("\\\ud83d")", R"("\\\ufffd")"},
        {R"("\ud83d\\ude00")", R"("\ufffd\\ude00")"},
        {"", ""},
        // Invalid JSON is left unchanged, or at least does not become valid.
        {R"("\)", R"("\)"},
        {R"("\ud83)", R"("\ud83)"},
        {R"("\ud8 d")", R"("\ud8 d")"},
        {R"("\Ud83d")", R"("\Ud83d")"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(withoutLoneSurrogates(c.text), c.expected) << c.text;
        EXPECT_EQ(hasLoneSurrogate(c.text), c.text != c.expected) << c.text;
    }
    for (const char* malformed : {R"(\ud83d)", R"(["a"\ud83d])", R"("\ud83d\x")", R"("\ud83d\u12")", R"("\ud83d)"}) {
        EXPECT_FALSE(nlohmann::json::accept(withoutLoneSurrogates(malformed))) << malformed;
    }
    EXPECT_EQ(repairJson(R"(["\ud83d",1e999])"), R"(["\ufffd",null ])");
}

TEST(JsonText, EveryPairOfEscapesBecomesValid) {
    const std::vector<std::string> units{"\\u0041", "\\ud800", "\\udbff", "\\udc00", "\\uDFFF", "\\\\", "u"};
    for (const std::string& first : units) {
        for (const std::string& second : units) {
            for (const std::string& third : units) {
                std::string text = '"' + first;
                text += second + third + '"';
                const std::string repaired = withoutLoneSurrogates(text);
                EXPECT_TRUE(nlohmann::json::accept(repaired)) << text;
                EXPECT_EQ(repaired.size(), text.size()) << text;
                EXPECT_EQ(nlohmann::json::accept(text), !hasLoneSurrogate(text)) << text;
            }
        }
    }
}

}  // namespace
}  // namespace refold::internal
