// Tests the parser's input: reading strings in one step gives the same result as reading byte by byte.
#include "codec/json_input.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {
namespace {

/// Records parser events; `input` is null when the parser reads for itself.
struct Recorder {
    using Json = nlohmann::json;

    const JsonInput* input = nullptr;
    std::vector<std::string> events = {};

    bool add(const std::string& event) {
        events.push_back(event);
        return true;
    }
    std::string textOf(const std::string& decoded) const {
        return input == nullptr ? decoded : std::string(input->text(decoded));
    }
    bool null() { return add("null"); }
    bool boolean(bool flag) { return add(flag ? "true" : "false"); }
    bool number_integer(Json::number_integer_t n) { return add(std::to_string(n)); }
    bool number_unsigned(Json::number_unsigned_t n) { return add(std::to_string(n)); }
    bool number_float(Json::number_float_t /*n*/, const Json::string_t& text) { return add(text); }
    bool string(Json::string_t& decoded) { return add("s:" + textOf(decoded)); }
    bool binary(Json::binary_t& /*unused*/) { return false; }
    bool start_object(std::size_t /*unused*/) { return add("{"); }
    bool key(Json::string_t& decoded) { return add("k:" + textOf(decoded)); }
    bool end_object() { return add("}"); }
    bool start_array(std::size_t /*unused*/) { return add("["); }
    bool end_array() { return add("]"); }
    bool parse_error(std::size_t position, const std::string& /*unused*/, const Json::exception& /*unused*/) {
        const std::size_t read = input == nullptr ? position : input->positionOf(position);
        return add("error at " + std::to_string(read)) && false;
    }
};

TEST(JsonInput, GivesTheSameEventsAsThePlainParser) {
    const std::string document =
        "{\"\":\"\",\"plain\":\"text of some "
        "length\",\"a\\\"b\":[\"\\\\\",\"x\\\\\",\"12345678\\n\",\"1234567\xC3\xA4\",-1,2.5,"
        "null,true,false,[],{}],\"\xE2\x82\xAC\":{\"k\":\"v\"}}";
    std::vector<std::string> texts{document, "", "\"", "\"\"", "\"a", "x\"y\"", "[\"a\"\"b\"]", "tr\"ue\"", "\"a\tb\""};
    for (std::size_t length = 0; length < document.size(); ++length) texts.push_back(document.substr(0, length));
    for (std::size_t i = 0; i < document.size(); ++i) {
        for (const char c : {'"', '\\', '\x01', '\xFF', '}', '1', ' '}) {
            texts.push_back(document);
            texts.back()[i] = c;
        }
    }
    for (const std::string& text : texts) {
        Recorder expected;
        const bool expectedResult = nlohmann::json::sax_parse(text.begin(), text.end(), &expected);
        JsonInput input(text);
        Recorder actual{&input};
        const bool result = nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &actual);
        EXPECT_EQ(result, expectedResult) << text;
        EXPECT_EQ(actual.events, expected.events) << text;
    }
}

TEST(JsonInput, FindsTheEndOfPlainTextAtEveryAlignment) {
    for (std::size_t before = 0; before < 20; ++before) {
        for (const char* special : {"", "\\n", "\\\"", "\xC3\xA4", "\x7F", "\\\\"}) {
            for (std::size_t after = 0; after < 20; ++after) {
                const std::string text = '"' + std::string(before, 'a') + special + std::string(after, '!') + '"';
                JsonInput input(text);
                Recorder recorder{&input};
                ASSERT_TRUE(nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &recorder))
                    << text;
                EXPECT_EQ(recorder.events.at(0), "s:" + nlohmann::json::parse(text).get<std::string>());
            }
        }
    }
}

TEST(JsonInput, DoesNotReadBeyondTheEnd) {
    // Plain text follows each of these ends.
    const std::string text = '"' + std::string(64, 'a') + '"';
    for (std::size_t length = 1; length < 64; ++length) {
        JsonInput input(std::string_view(text).substr(0, length));
        Recorder recorder{&input};
        EXPECT_FALSE(nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &recorder));
        EXPECT_EQ(recorder.events, std::vector<std::string>{"error at " + std::to_string(length + 1)});
    }
}

TEST(JsonInput, StopsAtEveryByteThatIsNotPlain) {
    for (int value = 0; value < 256; ++value) {
        for (std::size_t before = 0; before < 9; ++before) {
            const std::string text =
                '"' + std::string(before, 'a') + static_cast<char>(value) + std::string("bcdefghijk\"");
            JsonInput input(text);
            Recorder recorder{&input};
            const bool result = nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &recorder);
            EXPECT_EQ(result, nlohmann::json::accept(text)) << value;
        }
    }
}

}  // namespace
}  // namespace refold::internal
