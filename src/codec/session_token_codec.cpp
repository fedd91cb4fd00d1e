// Encodes token requests and reads their answers.
#include "codec/session_token_codec.hpp"

#include <refold/error.hpp>

#include "codec/decode_error.hpp"
#include "codec/json_text.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace refold::internal {
namespace {

using nlohmann::json;

/// nlohmann's documented error code for text that is not UTF-8.
constexpr int invalidUtf8 = 316;
constexpr std::chrono::seconds maxLifetime = std::chrono::hours(24) * 3653;

/// Takes the members of the root object; builds no tree.
class TokenReader {
  public:
    SessionToken answer;
    bool isObject = false;
    /// The reason that parsing failed, without the parser's message, which would quote the token.
    std::optional<DecodeError> failure;

    explicit TokenReader(std::string_view text) : text_(text) {}

    bool null() { return true; }
    bool boolean(bool /*unused*/) { return true; }
    bool number_integer(json::number_integer_t number) { return takeNumber(static_cast<double>(number)); }
    bool number_unsigned(json::number_unsigned_t number) { return takeNumber(static_cast<double>(number)); }
    bool number_float(json::number_float_t number, const json::string_t& /*text*/) { return takeNumber(number); }
    bool string(json::string_t& text) {
        if (depth_ != 1) return true;
        if (name_ == "token") answer.token = text;
        if (name_ == "refresh_token") answer.refreshToken = text;
        std::int64_t digits = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
        const bool isNumber = error == std::errc() && end == text.data() + text.size();
        return !isNumber || takeNumber(static_cast<double>(digits));
    }
    bool binary(json::binary_t& /*unused*/) { return true; }
    bool start_object(std::size_t /*elements*/) {
        if (depth_ == 0) isObject = true;
        ++depth_;
        return true;
    }
    bool start_array(std::size_t /*elements*/) {
        ++depth_;
        return true;
    }
    bool end_object() { return end_array(); }
    bool end_array() {
        --depth_;
        return true;
    }
    bool key(json::string_t& name) {
        if (depth_ != 1) return true;
        name_ = std::move(name);
        // The last value of a repeated member wins.
        if (name_ == "token") answer.token.clear();
        if (name_ == "refresh_token") answer.refreshToken.clear();
        if (auto* const lifetime = lifetimeNamed(name_)) lifetime->reset();
        return true;
    }
    bool parse_error(std::size_t position, const std::string& /*lastToken*/, const json::exception& /*problem*/) {
        const bool isBlank = text_.find_first_not_of(" \t\r\n") == std::string_view::npos;
        if (isBlank || position > text_.size()) {
            failure = DecodeError("the JSON stops in the middle", {}, text_.size(), true);
        } else {
            failure = DecodeError("the body is not JSON", {}, position - 1, false);
        }
        return false;
    }

  private:
    std::optional<std::chrono::seconds>* lifetimeNamed(std::string_view name) noexcept {
        if (name == "expires_in") return &answer.expiresIn;
        return name == "refresh_expires_in" ? &answer.refreshExpiresIn : nullptr;
    }

    bool takeNumber(double number) {
        auto* const lifetime = depth_ == 1 ? lifetimeNamed(name_) : nullptr;
        // False for NaN.
        const bool isLifetime = number >= 1 && number <= static_cast<double>(maxLifetime.count());
        if (lifetime != nullptr && isLifetime) {
            *lifetime = std::chrono::seconds(static_cast<std::chrono::seconds::rep>(number));
        }
        return true;
    }

    const std::string_view text_;
    std::size_t depth_ = 0;
    std::string name_;
};

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
    const std::string text = withoutHugeNumbers(body);
    TokenReader reader(text);
    if (!json::sax_parse(text, &reader)) throw DecodeError(*reader.failure);
    if (!reader.isObject) throw DecodeError("the answer is not a JSON object", {}, {}, false);
    if (reader.answer.token.empty()) {
        throw DecodeError("the answer holds no token (a string that is not empty)", "/token", {}, false);
    }
    return std::move(reader.answer);
}

}  // namespace refold::internal
