// Hashes with FNV-1a.
#include "account_source.hpp"

#include "ascii_text.hpp"

#include <refold/json.hpp>

#include <cstdlib>
#include <string>
#include <string_view>

namespace cli {
namespace {

/// Up to the first character that base64url does not have.
std::string decoded(std::string_view base64url) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : base64url) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) break;
        bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
    return bytes;
}

/// The claims of a JWT that stay the same when it is renewed, and differ from account to account; empty for any other
/// token.
std::string accountClaims(const std::string& token) {
    const std::size_t dot = token.find('.');
    if (dot == std::string::npos) return {};
    const std::string payload = decoded(std::string_view(token).substr(dot + 1));
    const nlohmann::json claims = nlohmann::json::parse(payload, nullptr, false);
    std::string text;
    if (!claims.is_object() || claims.empty()) return text;
    const nlohmann::json flat = claims.flatten();
    for (const auto& [path, value] : flat.items()) {
        const std::string name = lowered(path);
        for (const char* const part : {"org", "account", "env"}) {
            if (name.find(part) == std::string::npos) continue;
            text += path + "=" + value.dump() + "\n";
            break;
        }
    }
    return text;
}

}  // namespace

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
    add(environment("REFOLD_API_KEY").substr(0, 2));
    add(accountClaims(environment("REFOLD_SESSION_TOKEN")));
    return hash;
}

}  // namespace cli
