// Tests text widths on a terminal, and making text safe for a terminal.
#include "display_text.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

constexpr const char* replacement = "\xEF\xBF\xBD";

TEST(DisplayWidth, CountsColumnsNotBytes) {
    EXPECT_EQ(displayWidth(""), 0U);
    EXPECT_EQ(displayWidth("Daily Sync"), 10U);
    EXPECT_EQ(displayWidth("T\xC3\xA4glich"), 7U);
    EXPECT_EQ(displayWidth("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"), 6U) << "Japanese";
    EXPECT_EQ(displayWidth("\xED\x95\x9C\xEA\xB8\x80"), 4U) << "Korean";
    EXPECT_EQ(displayWidth("\xF0\x9F\x9A\x80"), 2U) << "rocket";
    EXPECT_EQ(displayWidth("e\xCC\x81"), 1U) << "e and a combining accent";
    EXPECT_EQ(displayWidth("\xE2\x9C\x94"), 1U) << "check mark";
    EXPECT_EQ(displayWidth("\xEF\xBC\xA1"), 2U) << "full-width A";
    EXPECT_EQ(displayWidth("\xE0\xA4\xA8\xE0\xA4\xBF"), 2U) << "Devanagari with a spacing vowel";
    EXPECT_EQ(displayWidth("\xE0\xB8\x81\xE0\xB8\xB4"), 1U) << "Thai with a vowel above";
}

TEST(DisplayText, LeavesOrdinaryTextAlone) {
    for (const char* const text : {"", "plain", "T\xC3\xA4glich & <b>", "\xE6\x97\xA5\xE6\x9C\xAC", "a\xCC\x81"}) {
        EXPECT_EQ(forDisplay(text, Charset::utf8).text, text);
    }
}

TEST(DisplayText, ShowsControlsByTheirPictures) {
    EXPECT_EQ(forDisplay("a\nb\tc\x1b[31m\x7f", Charset::utf8).text,
              "a\xE2\x90\x8A"
              "b\xE2\x90\x89"
              "c\xE2\x90\x9B[31m\xE2\x90\xA1");
    EXPECT_EQ(forDisplay(std::string_view("\0", 1), Charset::utf8).text, "\xE2\x90\x80");
    EXPECT_EQ(forDisplay("\xC2\x9B"
                         "31m",
                         Charset::utf8)
                  .text,
              replacement + std::string("31m"))
        << "C1 CSI";
}

TEST(DisplayText, ReplacesBidirectionalAndInvisibleCharacters) {
    for (const char* const text : {"\xE2\x80\xAE", "\xE2\x80\x8F", "\xE2\x81\xA6", "\xD8\x9C", "\xE2\x80\x8B",
                                   "\xEF\xBB\xBF", "\xE2\x80\xA8", "\xF3\xA0\x80\xA0"}) {
        EXPECT_EQ(forDisplay(text, Charset::utf8).text, replacement);
        EXPECT_EQ(forDisplay(text, Charset::utf8).width, 1U);
    }
}

TEST(DisplayText, ReplacesInvalidUtf8ByteByByte) {
    EXPECT_EQ(forDisplay("a\xFF"
                         "b",
                         Charset::utf8)
                  .text,
              std::string("a") + replacement + "b");
    EXPECT_EQ(forDisplay("\xC3", Charset::utf8).text, replacement) << "truncated";
    EXPECT_EQ(forDisplay("\xC0\xAF", Charset::utf8).width, 2U) << "overlong";
    EXPECT_EQ(forDisplay("\xED\xA0\x80", Charset::utf8).width, 3U) << "surrogate";
    EXPECT_EQ(forDisplay("\xF4\x90\x80\x80", Charset::utf8).width, 4U) << "beyond Unicode";
}

TEST(DisplayText, DropsEmojiJoiners) {
    // woman, joiner, laptop; victory hand with a variation selector and a skin tone
    EXPECT_EQ(forDisplay("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", Charset::utf8).width, 4U);
    EXPECT_EQ(forDisplay("\xE2\x9C\x8C\xEF\xB8\x8F", Charset::utf8).text, "\xE2\x9C\x8C");
    EXPECT_EQ(forDisplay("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", Charset::utf8).width, 2U);
}

TEST(DisplayText, LimitsCombiningMarksAndGivesThemALetter) {
    std::string zalgo = "a";
    for (int i = 0; i < 1000; ++i) zalgo += "\xCC\x81";
    EXPECT_LE(forDisplay(zalgo, Charset::utf8).text.size(), 20U);
    EXPECT_EQ(forDisplay("\xCC\x81", Charset::utf8).text, "\xE2\x97\x8C\xCC\x81");
}

TEST(DisplayText, IsCutWithAnEllipsis) {
    const auto cut = [](const char* text, std::size_t width) { return forDisplay(text, Charset::utf8, width); };
    EXPECT_EQ(cut("abcdef", 6).text, "abcdef");
    EXPECT_EQ(cut("abcdefg", 6).text, "abcde\xE2\x80\xA6");
    EXPECT_EQ(cut("abcdefg", 1).text, "\xE2\x80\xA6");
    EXPECT_EQ(cut("abcdefg", 0).text, "");
    // A letter of two columns is not cut in half.
    EXPECT_EQ(cut("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4).text, "\xE6\x97\xA5\xE2\x80\xA6");
    EXPECT_EQ(cut("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4).width, 3U);
    EXPECT_EQ(cut("ab\xCC\x81"
                  "cd",
                  3)
                  .text,
              "ab\xCC\x81\xE2\x80\xA6")
        << "a mark stays with its letter";
}

TEST(DisplayText, IsAsciiInAnAsciiLocale) {
    EXPECT_EQ(forDisplay("T\xC3\xA4glich\n\xE6\x97\xA5", Charset::ascii).text, "T?glich??");
    EXPECT_EQ(forDisplay("abcdefghij", Charset::ascii, 8).text, "abcde...");
    EXPECT_EQ(forDisplay("e\xCC\x81", Charset::ascii).text, "e");
}

TEST(DisplayText, IsStable) {
    for (const char* const text :
         {"a\nb", "\xC2\x9B", "\xFF", "\xCC\x81x", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"}) {
        const std::string once = forDisplay(text, Charset::utf8).text;
        EXPECT_EQ(forDisplay(once, Charset::utf8).text, once);
    }
}

}  // namespace
}  // namespace cli
