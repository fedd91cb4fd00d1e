#include "transport/https_proxy.hpp"

#include "text/ascii_case.hpp"

#include <cstdlib>
#include <string_view>

namespace refold::internal {
namespace {

std::string_view environmentProxy() {
    for (const char* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): libcurl reads it, too
        if (value != nullptr && *value != '\0') return value;
    }
    return {};
}

}  // namespace

bool isHttpsProxy(const std::optional<std::string>& option) {
    const std::string_view proxy = option ? std::string_view(*option) : environmentProxy();
    return equalsIgnoringCase(proxy.substr(0, 8), "https://");
}

}  // namespace refold::internal
