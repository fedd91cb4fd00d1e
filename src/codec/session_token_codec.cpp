// Encodes token requests and reads their answers.
#include "codec/session_token_codec.hpp"

#include <refold/error.hpp>

#include "codec/decode_error.hpp"
#include "codec/json_text.hpp"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace refold::internal {
namespace {

using nlohmann::json;

/// nlohmann's documented error code for text that is not UTF-8.
constexpr int invalidUtf8 = 316;
constexpr std::chrono::seconds maxLifetime = std::chrono::hours(24) * 3653;

std::optional<double> numberIn(const json& value) {
    if (value.is_number()) return value.get<double>();
    if (!value.is_string()) return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t digits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return static_cast<double>(digits);
}

std::optional<std::chrono::seconds> lifetime(const json& answer, const char* member) {
    const auto found = answer.find(member);
    if (found == answer.end()) return std::nullopt;
    const std::optional<double> number = numberIn(*found);
    // NaN fails too.
    if (!number || !(*number >= 1 && *number <= static_cast<double>(maxLifetime.count()))) return std::nullopt;
    return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(*number));
}

json parse(const std::string& text) {
    try {
        return json::parse(text);
    } catch (const json::parse_error& error) {
        // Its message would quote the token.
        const bool endedEarly = text.find_first_not_of(" \t\r\n") == std::string::npos || error.byte > text.size();
        throw DecodeError(endedEarly ? "the JSON stops in the middle" : "the body is not JSON", {},
                          endedEarly ? text.size() : error.byte - 1, endedEarly);
    }
}

}  // namespace

std::string encodeSessionTokenRequest(const std::string& linkedAccountId) {
    try {
        return json{{"linked_account_id", linkedAccountId}}.dump();
    } catch (const json::type_error& error) {
        if (error.id != invalidUtf8) throw;
        throw InvalidArgument("linkedAccountId",
                              "linkedAccountId is not UTF-8 (its value is not shown, being private); convert it first");
    }
}

SessionToken decodeSessionToken(std::string_view body) {
    const json answer = parse(withoutHugeNumbers(body));
    if (!answer.is_object()) throw DecodeError("the answer is not a JSON object", {}, {}, false);
    const auto token = answer.find("token");
    if (token == answer.end() || !token->is_string() || token->get_ref<const std::string&>().empty()) {
        throw DecodeError("the answer holds no token (a string that is not empty)", "/token", {}, false);
    }
    SessionToken result;
    result.token = token->get<std::string>();
    if (const auto refresh = answer.find("refresh_token"); refresh != answer.end() && refresh->is_string()) {
        result.refreshToken = refresh->get<std::string>();
    }
    result.expiresIn = lifetime(answer, "expires_in");
    result.refreshExpiresIn = lifetime(answer, "refresh_expires_in");
    return result;
}

}  // namespace refold::internal
