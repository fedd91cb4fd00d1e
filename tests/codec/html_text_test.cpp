// Tests the visible words of a proxy's error page.
#include "codec/html_text.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace refold::internal {
namespace {

TEST(FirstWords, AreTheVisibleOnes) {
    struct Case {
        std::string text;
        std::string expected;
    };
    const std::vector<Case> cases{
        {"", ""},
        {" \r\n\t", ""},
        {"upstream connect error", "upstream connect error"},
        {"two\nlines <b>and no HTML</b>", "two lines <b>and no HTML</b>"},
        {"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
         "Gateway</h1></center>\r\n"
         "<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n",
         "502 Bad Gateway nginx/1.22.1"},
        {"<html><head><title>Only a title</title></head><body></body></html>", "Only a title"},
        {"<!DOCTYPE html><script type='x'>var a = '<p>no</p>';</script><STYLE>p { }</STYLE><p>yes</p>", "yes"},
        {"<!-- <p>no</p> --><p>yes</p>", "yes"},
        {"<p>a</p><!-- never closed <p>b</p>", "a"},
        {"<p>a</p><script>never closed", "a"},
        {"<p>a</p><never closed", "a"},
        {"<p>one</p><p>two</p>", "one two"},
        {"<styled>visible</styled>", "visible"},
        {"<p>a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&apos; f&nbsp;g &unknown; &",
         "a & b <c> \"d\" 'e' f g &unknown; &"},
        {"\xEF\xBB\xBF <p>behind a mark</p>", "behind a mark"},
        {"<p>\x1b[31mred\x07</p>", "red"},
        {"<", ""},
        {"<>", ""},
        {"<><!", ""},
    };
    for (const Case& c : cases) EXPECT_EQ(firstWords(c.text, 200), c.expected) << c.text;
}

TEST(FirstWords, AreCut) {
    EXPECT_EQ(firstWords("<p>" + std::string(500, 'x') + "</p>", 20), std::string(17, 'x') + "...");
    EXPECT_EQ(firstWords(std::string(500, 'x'), 20), std::string(17, 'x') + "...");
}

TEST(FirstWords, TakeLinearTime) {
    // Each of these would take quadratic time if the reader rescanned the text.
    for (const char* part : {"<", "<script>", "<!--", "</", "<script></", "&", "&amp", "<p"}) {
        std::string text;
        while (text.size() < 4'000'000) text += part;
        firstWords(text, 200);
    }
}

}  // namespace
}  // namespace refold::internal
