// Parses by RFC 3986, as far as an API client needs it.
#include "transport/url.hpp"

#include "text/ascii_case.hpp"
#include "text/ascii_class.hpp"

#include <algorithm>
#include <vector>

namespace refold::internal {

namespace {

constexpr int httpPort = 80;
constexpr int httpsPort = 443;
constexpr int maxPort = 65535;

bool startsWith(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

bool endsWith(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool isUrlCharacter(char c) noexcept {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '\\';
}

bool isHostCharacter(char c) noexcept {
    constexpr std::string_view forbidden = "<>\"^`{|}%@/?#[]:;,=&+$!'()*~";
    return isUrlCharacter(c) && forbidden.find(c) == std::string_view::npos;
}

bool isIpv6Literal(std::string_view host) noexcept {
    return host.size() > 4 && host.front() == '[' && host.back() == ']' &&
           std::all_of(host.begin() + 1, host.end() - 1,
                       [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.'; });
}

bool isHost(std::string_view host) noexcept {
    if (host.empty()) return false;
    return isIpv6Literal(host) || std::all_of(host.begin(), host.end(), isHostCharacter);
}

std::optional<int> parsePort(std::string_view digits) noexcept {
    if (digits.empty() || digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), isDigit)) return std::nullopt;
    int port = 0;
    for (const char c : digits) port = port * 10 + (c - '0');
    if (port < 1 || port > maxPort) return std::nullopt;
    return port;
}

/// 127.x.y.z only, because resolvers read `127.1` in different ways.
bool isLoopbackQuad(std::string_view host) noexcept {
    if (!startsWith(host, "127.")) return false;
    int parts = 1;
    int value = 0;
    int digits = 0;
    for (const char c : host.substr(4)) {
        if (c == '.') {
            if (digits == 0) return false;
            ++parts;
            value = digits = 0;
            continue;
        }
        if (!isDigit(c)) return false;
        value = value * 10 + (c - '0');
        if (++digits > 3 || value > 255) return false;
    }
    return parts == 3 && digits > 0;
}

std::string withoutDotSegments(std::string_view path) {
    std::vector<std::string_view> kept;
    bool endsInDirectory = false;
    std::size_t start = 1;
    while (start <= path.size()) {
        const std::size_t slash = std::min(path.find('/', start), path.size());
        const std::string_view segment = path.substr(start, slash - start);
        endsInDirectory = segment == "." || segment == "..";
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (segment != ".") {
            kept.push_back(segment);
        }
        start = slash + 1;
    }
    std::string clean;
    for (const std::string_view segment : kept) clean.append("/").append(segment);
    if (endsInDirectory || clean.empty()) clean += '/';
    return clean;
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
    if (!std::all_of(text.begin(), text.end(), isUrlCharacter)) return std::nullopt;
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    Url url;
    url.scheme_ = toLower(text.substr(0, colon));
    if (url.scheme_ != "http" && url.scheme_ != "https") return std::nullopt;
    text.remove_prefix(colon + 3);
    const std::size_t authorityEnd = std::min(text.find_first_of("/?#"), text.size());
    if (!url.readAuthority(text.substr(0, authorityEnd))) return std::nullopt;
    url.readPath(text.substr(authorityEnd));
    return url;
}

bool Url::readAuthority(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at != std::string_view::npos) {
        hasCredentials_ = true;
        text.remove_prefix(at + 1);
    }
    port_ = isHttps() ? httpsPort : httpPort;
    const std::size_t hostEnd = startsWith(text, "[") ? text.find(']') : std::string_view::npos;
    const std::size_t colon = text.find(':', hostEnd == std::string_view::npos ? 0 : hostEnd);
    if (colon != std::string_view::npos) {
        const std::optional<int> port = parsePort(text.substr(colon + 1));
        if (!port) return false;
        port_ = *port;
    }
    host_ = toLower(text.substr(0, colon));
    return isHost(host_);
}

void Url::readPath(std::string_view text) {
    const std::size_t hash = text.find('#');
    hasFragment_ = hash != std::string_view::npos;
    text = text.substr(0, hash);
    const std::size_t mark = std::min(text.find('?'), text.size());
    path_ = mark == 0 ? "/" : std::string(text.substr(0, mark));
    query_ = std::string(text.substr(mark));
}

bool Url::isLoopback() const noexcept {
    return host_ == "localhost" || endsWith(host_, ".localhost") || host_ == "[::1]" || isLoopbackQuad(host_);
}

bool Url::sameOrigin(const Url& other) const noexcept {
    return scheme_ == other.scheme_ && host_ == other.host_ && port_ == other.port_;
}

std::string Url::origin() const {
    std::string text = scheme_ + "://" + host_;
    if (port_ != (isHttps() ? httpsPort : httpPort)) text += ":" + std::to_string(port_);
    return text;
}

std::string Url::text() const {
    return origin() + path_ + query_;
}

std::optional<Url> Url::resolve(std::string_view reference) const {
    if (!std::all_of(reference.begin(), reference.end(), isUrlCharacter)) return std::nullopt;
    if (reference.empty()) return std::nullopt;
    if (startsWith(reference, "//")) return parse(scheme_ + ":" + std::string(reference));
    const std::size_t colon = reference.find(':');
    if (colon < reference.find_first_of("/?#")) return parse(reference);

    Url resolved = *this;
    resolved.hasCredentials_ = false;
    const bool hasPath = reference.front() != '?' && reference.front() != '#';
    std::string target(reference);
    if (reference.front() == '#') {
        target = path_ + query_;
    } else if (!hasPath) {
        target = path_ + target;
    } else if (reference.front() != '/') {
        target = path_.substr(0, path_.rfind('/') + 1) + target;
    }
    resolved.readPath(target);
    resolved.path_ = withoutDotSegments(resolved.path_);
    return resolved;
}

}  // namespace refold::internal
