// Any accepted URL reads back the same, and a redirect resolved from it is an acceptable URL.
#include "fuzz/require.hpp"
#include "transport/url.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using refold::fuzz::require;
using refold::internal::Url;

void check(const Url& url) {
    const std::string text = url.text();
    require(text.rfind("http://", 0) == 0 || text.rfind("https://", 0) == 0, "the scheme is http or https");
    for (const char c : text)
        require(static_cast<unsigned char>(c) > 0x20U && c != 0x7F, "a URL has no spaces and no control characters");
    require(!url.host().empty() && url.host().find_first_of("/@?#\\") == std::string::npos,
            "the host has no other parts of the URL");
    require(url.port() >= 1 && url.port() <= 65535, "the port is valid");
    require(!url.path().empty() && url.path().front() == '/', "the path begins with a slash");
    require(url.path().find_first_of("?#") == std::string::npos, "the path has no query and no fragment");
    require(url.query().empty() || url.query().front() == '?', "the query begins with a question mark");
    require(text.find('#') == std::string::npos, "text() has no fragment");

    const auto again = Url::parse(text);
    require(again.has_value(), "text() can be parsed");
    require(again->text() == text && again->sameOrigin(url) && again->path() == url.path() &&
                again->query() == url.query() && again->isLoopback() == url.isLoopback(),
            "text() parses to the same URL");
    require(!again->hasCredentials() && !again->hasFragment(), "text() has neither credentials nor fragment");
    require(Url::parse(url.origin())->sameOrigin(url), "origin() has the same origin");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The input is a URL up to the first line end, then a reference to resolve against it.
    const std::string_view input = refold::fuzz::textOf(data, size);
    const std::size_t end = input.find('\n');
    const std::optional<Url> url = Url::parse(input.substr(0, end));
    if (!url) return 0;
    check(*url);
    if (end == std::string_view::npos) return 0;
    const std::string_view reference = input.substr(end + 1);
    const std::optional<Url> resolved = url->resolve(reference);
    if (!resolved) return 0;
    check(*resolved);
    // A reference that names a host resolves to that host; any other stays at the same origin.
    const std::string scheme = url->isHttps() ? "https:" : "http:";
    const bool namesScheme = reference.find(':') < reference.find_first_of("/?#");
    const bool namesHost = reference.substr(0, 2) == "//";
    if (namesScheme || namesHost) {
        const auto named = Url::parse(std::string(namesHost ? scheme : std::string()).append(reference));
        require(named && named->text() == resolved->text(), "a reference with a host resolves to that host");
    } else {
        require(resolved->sameOrigin(*url), "a reference without a host keeps the origin");
    }
    return 0;
}
