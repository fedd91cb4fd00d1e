// FNV-1a.
#include "account_source.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

namespace cli {

std::uint64_t sourceOf(const refold::ClientOptions& options) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&hash](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        hash = (hash ^ 0xFFU) * 0x100000001b3U;
    };
    const auto environment = [](const char* name) {
        const char* const value = std::getenv(name);
        return std::string(value != nullptr ? value : "");
    };
    const bool isDefault = options.baseUrl == refold::ClientOptions().baseUrl;
    add(isDefault ? environment("REFOLD_BASE_URL") : options.baseUrl);
    add(environment("REFOLD_LINKED_ACCOUNT_ID"));
    return hash;
}

}  // namespace cli
