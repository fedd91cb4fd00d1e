// Tests URLs: parsing, recognition of loopback, and resolution of redirects.
#include "transport/url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using refold::internal::Url;

struct ResolveCase {
    const char* base;
    const char* reference;
    const char* expected;  // empty: refused
};

TEST(Url, SplitsBaseUrls) {
    const auto url = Url::parse("HTTPS://App.Refold.AI:8443/base/path?x=1#top");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->isHttps());
    EXPECT_EQ(url->host(), "app.refold.ai");
    EXPECT_EQ(url->port(), 8443);
    EXPECT_EQ(url->path(), "/base/path");
    EXPECT_EQ(url->query(), "?x=1");
    EXPECT_TRUE(url->hasFragment());
    EXPECT_EQ(url->text(), "https://app.refold.ai:8443/base/path?x=1");
}

TEST(Url, KnowsTheDefaultPorts) {
    EXPECT_EQ(Url::parse("http://a")->port(), 80);
    EXPECT_EQ(Url::parse("https://a")->port(), 443);
    EXPECT_EQ(Url::parse("https://a:443")->text(), "https://a/");
    EXPECT_TRUE(Url::parse("https://a:443/x")->sameOrigin(*Url::parse("https://A/y")));
    EXPECT_FALSE(Url::parse("https://a")->sameOrigin(*Url::parse("http://a")));
    EXPECT_FALSE(Url::parse("https://a")->sameOrigin(*Url::parse("https://a:444")));
    EXPECT_FALSE(Url::parse("https://a")->sameOrigin(*Url::parse("https://b")));
}

TEST(Url, DetectsCredentials) {
    EXPECT_TRUE(Url::parse("https://user:pass@host/")->hasCredentials());
    EXPECT_EQ(Url::parse("https://user:pass@host/")->text(), "https://host/");
    EXPECT_EQ(Url::parse("https://good.example@evil.example/")->host(), "evil.example");
}

TEST(Url, RefusesAnythingButAbsoluteHttpUrls) {
    for (const char* text :
         {"", "app.refold.ai", "//host", "ftp://host", "file:///etc/passwd", "http://", "http:///x", "http://host:0",
          "http://host:65536", "http://host:", "http://host:80x", "http://ho st", "http://host\r\nX: y", "http://[::1",
          "http://[zz]", "http://a\\b", "javascript://x", "http://a%2eb", "http://\x7f"}) {
        EXPECT_FALSE(Url::parse(text)) << text;
    }
    EXPECT_FALSE(Url::parse(std::string("http://a\0b", 10)));
}

TEST(Url, RecognisesLoopback) {
    for (const char* text : {"http://localhost", "http://LOCALHOST:1", "http://127.0.0.1", "http://127.255.3.4",
                             "http://[::1]:80", "http://api.localhost"}) {
        EXPECT_TRUE(Url::parse(text)->isLoopback()) << text;
    }
    for (const char* text : {"http://127.0.0.1.example", "http://localhost.example", "http://127.1", "http://128.0.0.1",
                             "http://notlocalhost", "http://127.0.0.256", "http://127.0.0.", "http://127.0.0.1.",
                             "http://[::2]", "http://0.0.0.0", "http://127.0.0.0001", "http://localhost."}) {
        EXPECT_FALSE(Url::parse(text)->isLoopback()) << text;
    }
}

TEST(Url, ResolvesReferences) {
    const ResolveCase cases[] = {
        {"https://a/b/c?q", "https://x/y", "https://x/y"},
        {"https://a/b/c?q", "//x/y", "https://x/y"},
        {"https://a/b/c?q", "/y?z=1", "https://a/y?z=1"},
        {"https://a/b/c?q", "y", "https://a/b/y"},
        {"https://a/b/c?q", "?n=2", "https://a/b/c?n=2"},
        {"https://a/b/c?q", "#f", "https://a/b/c?q"},
        {"https://a/b/c", "../y", "https://a/y"},
        {"https://a/b/c", "../../../y", "https://a/y"},
        {"https://a/b/c", "./", "https://a/b/"},
        {"https://a/b/c", "..", "https://a/"},
        {"https://u:p@a/b", "/y", "https://a/y"},
        {"https://a/b", "ftp://x/", ""},
        {"https://a/b", "javascript:alert(1)", ""},
        {"https://a/b", "file:///etc/passwd", ""},
        {"https://a/b", "", ""},
        {"https://a/b", "/x\ty", ""},
    };
    for (const ResolveCase& example : cases) {
        const auto resolved = Url::parse(example.base)->resolve(example.reference);
        EXPECT_EQ(resolved ? resolved->text() : "", example.expected) << example.base << " + " << example.reference;
    }
    EXPECT_FALSE(Url::parse("https://u:p@a/b")->resolve("/y")->hasCredentials());
}

}  // namespace
