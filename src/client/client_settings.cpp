// Validates options and reads the environment. Each error says what to do.
#include "client/client_settings.hpp"

#include <refold/error.hpp>
#include <refold/version.hpp>

#include "auth/header_rules.hpp"
#include "auth/secret_rules.hpp"
#include "text/ascii_case.hpp"
#include "text/ascii_class.hpp"
#include "text/clean_text.hpp"
#include "transport/url.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

namespace refold::internal {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t maxValueInMessage = 200;

std::string shown(const std::string& value) {
    return "'" + cleanText(value, maxValueInMessage) + "'";
}

std::string shownUrl(const std::string& value) {
    if (value.find_first_of("@?") == std::string::npos) return shown(value);
    return "a text with '@' or '?' in it (not shown, it may hold credentials)";
}

void checkPositive(const char* name, milliseconds value) {
    if (value.count() > 0) return;
    throw InvalidArgument(name, std::string(name) + " is " + std::to_string(value.count()) + " ms; it must be above 0");
}

void checkAtLeast(const char* name, long long value, long long least) {
    if (value >= least) return;
    throw InvalidArgument(
        name, std::string(name) + " is " + std::to_string(value) + "; it must be at least " + std::to_string(least));
}

void checkRateLimit(const RateLimit& limit) {
    if (limit.perSecond == 0) return;  // RateLimit::none()
    if (!std::isfinite(limit.perSecond) || limit.perSecond < 0) {
        throw InvalidArgument("rateLimit.perSecond", "rateLimit.perSecond is " + std::to_string(limit.perSecond) +
                                                         "; it must be above 0, or use RateLimit::none()");
    }
    checkAtLeast("rateLimit.burst", limit.burst, 1);
}

void checkProxy(const ClientOptions& options, const Url& base) {
    if (!options.proxy || options.proxy->empty()) return;
    if (!isHeaderValue(*options.proxy)) {
        throw InvalidArgument("proxy",
                              "proxy has a control character (value not shown: it may hold a password); remove it");
    }
    const std::size_t scheme = options.proxy->find("://");
    const std::string name = scheme == std::string::npos ? "http" : toLower(options.proxy->substr(0, scheme));
    constexpr const char* names[] = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
    if (std::find(std::begin(names), std::end(names), name) == std::end(names)) {
        throw InvalidArgument("proxy",
                              "proxy has an unknown scheme (value not shown: it may hold a password); use http, https, "
                              "socks4, socks4a, socks5 or socks5h");
    }
    // Over plain http the proxy could read the credentials.
    const std::string address = scheme == std::string::npos ? *options.proxy : options.proxy->substr(scheme + 3);
    const std::optional<Url> proxy = Url::parse("http://" + address);
    if (!proxy) {
        throw InvalidArgument(
            "proxy",
            "proxy is not a URL such as http://proxy.example.com:3128 (value not shown: it may hold a "
            "password); write special characters of a password as %XX");
    }
    const bool isLocalProxy = proxy->isLoopback();
    if (!base.isHttps() && !isLocalProxy && !options.allowPlainHttp) {
        throw InvalidArgument(
            "proxy",
            "baseUrl is plain http, so the proxy could read the credentials; use https, or set allowPlainHttp to "
            "accept that");
    }
}

const char* environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read once, as documented
    return value != nullptr && *value != '\0' ? value : nullptr;
}

/// With those that editors and web pages insert: the no-break space, the byte order mark and the zero-width space.
constexpr std::string_view blanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2\x80\x8B"};
constexpr std::string_view quotes[] = {"\"", "'", "`", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D"};

template <std::size_t count>
bool hasAtAnEnd(std::string_view text, const std::string_view (&parts)[count]) {
    return std::any_of(std::begin(parts), std::end(parts), [text](std::string_view part) {
        return text.size() >= part.size() &&
               (text.substr(0, part.size()) == part || text.substr(text.size() - part.size()) == part);
    });
}

bool beginsWith(std::string_view text, std::string_view prefix) {
    return equalsIgnoringCase(text.substr(0, prefix.size()), prefix);
}

std::string_view withoutLeadingBlanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// True for `name: value` with the name of a header that carries credentials.
bool isHeaderLine(std::string_view text) {
    constexpr std::string_view names[] = {"authorization", "x-api-key", "linked_account_id"};
    return std::any_of(std::begin(names), std::end(names), [text](std::string_view name) {
        const std::string_view rest = beginsWith(text, name) ? text.substr(name.size()) : std::string_view();
        return withoutLeadingBlanks(rest).substr(0, 1) == ":";
    });
}

/// True for an assignment copied from a shell or an .env file: `export NAME=value`, `REFOLD_…=value`. `anyName`: true
/// for `NAME=value` too.
bool isAssignment(std::string_view text, bool anyName) {
    constexpr std::string_view commands[] = {"export ", "set ", "setx ", "$env:"};
    const auto* const command = std::find_if(std::begin(commands), std::end(commands),
                                             [text](std::string_view word) { return beginsWith(text, word); });
    const bool isCommand = command != std::end(commands);
    if (isCommand) text = withoutLeadingBlanks(text.substr(command->size()));
    const auto isOfName = [](char c) { return isLetter(c) || isDigit(c) || c == '_'; };
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isOfName) - text.begin());
    const std::string_view name = text.substr(0, end);
    const std::string_view rest = withoutLeadingBlanks(text.substr(end));
    // A text in base64 may end with `=`.
    const bool assigns = rest.substr(0, 1) == "=" && rest.find_first_not_of('=') != std::string_view::npos;
    if (name.empty() || !assigns) return false;
    const auto isSmall = [](char c) { return isLetter(c) && !isUpper(c); };
    const bool isPlainName = !isDigit(name.front()) && std::none_of(name.begin(), name.end(), isSmall);
    return isCommand || beginsWith(name, "refold_") || (anyName && isPlainName);
}

/// Returns the credential in a variable. Refuses the remains of a shell, an .env file or a copied header line.
const char* credential(const char* name) {
    const char* const value = environment(name);
    if (value == nullptr) return nullptr;
    const std::string_view text(value);
    const auto refuse = [name](const std::string& what, const std::string& rule) -> InvalidArgument {
        return {name, std::string(name) + " " + what + " (value not shown: secret); " + rule};
    };
    if (hasAtAnEnd(text, blanks)) throw refuse("begins or ends with a blank or a line end", "set it without");
    if (hasAtAnEnd(text, quotes)) throw refuse("begins or ends with a quote", "set it without quotes");
    if (equalsIgnoringCase(text, "Bearer")) throw refuse("is the word \"Bearer\" alone", "set it to the token");
    if (beginsWith(text, bearerPrefix)) {
        throw refuse("begins with \"Bearer \"", "set it to the value that follows; the client adds the prefix itself");
    }
    if (isHeaderLine(text)) throw refuse("is a header line", "set it to the value alone, without the header's name");
    // The id of a linked account may be any text.
    if (isAssignment(text, std::string_view(name) != "REFOLD_LINKED_ACCOUNT_ID")) {
        throw refuse("is an assignment such as NAME=value", "set it to the value alone");
    }
    return value;
}

/// Returns the URL without the API's own path at its end, whole, in part or repeated; the client adds it itself. A
/// gateway may be mounted at `/api`.
std::string withoutApiPath(const Url& url) {
    constexpr std::string_view ends[] = {"/api/v2/public/executions",
                                         "/api/v2/public/execution",
                                         "/api/v2/public/session-token",
                                         "/api/v2/public",
                                         "/api/v2",
                                         "/"};
    std::string_view path = url.path();
    const auto isAtEnd = [&path](std::string_view end) {
        return path.size() >= end.size() && path.substr(path.size() - end.size()) == end;
    };
    for (const auto* end = std::begin(ends); end != std::end(ends);) {
        end = std::find_if(std::begin(ends), std::end(ends), isAtEnd);
        if (end != std::end(ends)) path.remove_suffix(end->size());
    }
    return url.origin() + std::string(path);
}

}  // namespace

void checkOptions(const ClientOptions& options) {
    checkPositive("timeout", options.timeout);
    checkPositive("attemptTimeout", options.attemptTimeout);
    checkPositive("connectTimeout", options.connectTimeout);
    checkAtLeast("retry.maxAttempts", options.retry.maxAttempts, 1);
    checkAtLeast("retry.quota", options.retry.quota, 0);
    checkAtLeast("retry.initialBackoff", options.retry.initialBackoff.count(), 0);
    checkAtLeast("retry.maxBackoff", options.retry.maxBackoff.count(), 0);
    checkAtLeast("retry.maxRetryAfter", options.retry.maxRetryAfter.count(), 0);
    checkRateLimit(options.rateLimit);
    if (options.maxResponseBytes == 0) {
        throw InvalidArgument("maxResponseBytes", "maxResponseBytes is 0; it must be above 0");
    }
    if (!isHeaderValue(options.userAgent)) {
        throw InvalidArgument("userAgent",
                              "userAgent is " + shown(options.userAgent) + "; it must not contain control characters");
    }
    static_cast<void>(checkedBaseUrl(options));
}

void checkCall(const CallOptions& options) {
    if (options.timeout) checkPositive("timeout", *options.timeout);
}

std::string checkedBaseUrl(const ClientOptions& options) {
    const std::optional<Url> url = Url::parse(options.baseUrl);
    const auto refuse = [&](const std::string& value, const std::string& rule) -> InvalidArgument {
        return {"baseUrl", "baseUrl is " + value + "; " + rule};
    };
    // Would not be seen in a message.
    if (hasAtAnEnd(options.baseUrl, blanks)) throw refuse("a text that begins or ends with a blank", "remove it");
    if (hasAtAnEnd(options.baseUrl, quotes)) {
        throw refuse(shownUrl(options.baseUrl), "it begins or ends with a quote; set it without quotes");
    }
    if (url && url->hasCredentials()) {
        throw refuse("a URL with a user name or password (not shown)",
                     "pass credentials to refold::apiKey or refold::sessionToken");
    }
    if (!url) throw refuse(shownUrl(options.baseUrl), "it must be an absolute URL such as https://app.refold.ai");
    if (!url->query().empty() || url->hasFragment()) {
        throw refuse(shownUrl(options.baseUrl), "it must have neither query nor fragment");
    }
    if (!url->isHttps() && !url->isLoopback() && !options.allowPlainHttp) {
        throw refuse(shown(options.baseUrl),
                     "over plain http the credentials could be read on the way; use https, or set allowPlainHttp to "
                     "accept that");
    }
    checkProxy(options, *url);
    std::string base = withoutApiPath(*url);
    const std::size_t inside = base.find("/api/v2/public/", url->origin().size());
    if (inside != std::string::npos) {
        throw refuse(shown(options.baseUrl), "it names a resource of the API, whose path the client adds itself; use " +
                                                 base.substr(0, inside));
    }
    return base;
}

std::string userAgentOf(const ClientOptions& options) {
    return options.userAgent.empty() ? std::string("refold-cpp/") + version() : options.userAgent;
}

std::shared_ptr<AuthStrategy> authFromEnvironment() {
    const char* const key = credential("REFOLD_API_KEY");
    const char* const account = credential("REFOLD_LINKED_ACCOUNT_ID");
    const char* const token = credential("REFOLD_SESSION_TOKEN");
    if (token != nullptr && key != nullptr) {
        throw InvalidArgument("REFOLD_SESSION_TOKEN",
                              "both REFOLD_SESSION_TOKEN and REFOLD_API_KEY are set; unset one of them");
    }
    if (token != nullptr) return sessionToken(std::string(token));
    if (key == nullptr) {
        throw InvalidArgument("REFOLD_API_KEY",
                              "no credentials in the environment; set REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or "
                              "REFOLD_SESSION_TOKEN");
    }
    if (account == nullptr) {
        throw InvalidArgument(
            "REFOLD_LINKED_ACCOUNT_ID",
            "REFOLD_API_KEY is set but REFOLD_LINKED_ACCOUNT_ID is not; set it to the linked account whose "
            "runs to read");
    }
    return apiKey(key, account);
}

void takeBaseUrlFromEnvironment(ClientOptions& options) {
    const char* const url = environment("REFOLD_BASE_URL");
    if (url == nullptr || options.baseUrl != ClientOptions().baseUrl) return;
    options.baseUrl = url;
    try {
        static_cast<void>(checkedBaseUrl(options));
    } catch (const InvalidArgument& error) {
        if (error.argument() != "baseUrl") throw;
        throw InvalidArgument("baseUrl", std::string(error.what()) + " (it comes from REFOLD_BASE_URL)");
    }
}

}  // namespace refold::internal
