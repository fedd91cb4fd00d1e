// See error_body_codec.hpp.
#include "codec/error_body_codec.hpp"

#include "codec/html_text.hpp"
#include "codec/json_input.hpp"
#include "codec/json_text.hpp"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace refold::internal {
namespace {

/// One code point of UTF-8, or one byte that is none.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t length = 1;
    bool isValid = false;
};

CodePoint readCodePoint(std::string_view text) noexcept {
    const auto byteAt = [text](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t lead = byteAt(0);
    if (lead < 0x80U) return CodePoint{lead, 1, true};

    std::size_t length = 0;
    std::uint32_t value = 0;
    std::uint32_t smallest = 0;
    if ((lead & 0xE0U) == 0xC0U) {
        length = 2;
        value = lead & 0x1FU;
        smallest = 0x80U;
    } else if ((lead & 0xF0U) == 0xE0U) {
        length = 3;
        value = lead & 0x0FU;
        smallest = 0x800U;
    } else if ((lead & 0xF8U) == 0xF0U) {
        length = 4;
        value = lead & 0x07U;
        smallest = 0x10000U;
    }
    if (length == 0 || text.size() < length) return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xC0U) != 0x80U) return {};
        value = (value << 6U) | (byteAt(i) & 0x3FU);
    }
    const bool isSurrogate = value >= 0xD800U && value <= 0xDFFFU;
    if (value < smallest || value > 0x10FFFFU || isSurrogate) return {};
    return CodePoint{value, length, true};
}

/// Characters that turn the direction of the text around them, by which a server could make a log line read as another.
bool isBidirectionalControl(std::uint32_t c) noexcept {
    return c == 0x061CU || c == 0x200EU || c == 0x200FU || (c >= 0x202AU && c <= 0x202EU) ||
           (c >= 0x2066U && c <= 0x2069U);
}

bool isSpace(const CodePoint& c) noexcept {
    constexpr std::uint32_t lineSeparator = 0x2028U;
    constexpr std::uint32_t paragraphSeparator = 0x2029U;
    return !c.isValid || c.value <= 0x20U || (c.value >= 0x7FU && c.value <= 0x9FU) || c.value == lineSeparator ||
           c.value == paragraphSeparator;
}

/// Collects the texts of the outermost object; everything inside of it is passed over.
class ErrorEnvelope {
  public:
    using Json = nlohmann::json;

    explicit ErrorEnvelope(const JsonInput& input) : input_(input) {}

    std::string code;
    std::string error;
    std::string type;
    std::string message;
    std::string requestId;

    bool isObject() const noexcept { return isObject_; }
    bool canBeMended() const noexcept { return canBeMended_; }

    bool null() { return value({}); }
    bool boolean(bool /*unused*/) { return value({}); }
    bool number_integer(Json::number_integer_t /*unused*/) { return value({}); }
    bool number_unsigned(Json::number_unsigned_t /*unused*/) { return value({}); }
    bool number_float(Json::number_float_t /*unused*/, const Json::string_t& /*unused*/) { return value({}); }
    bool string(Json::string_t& decoded) { return value(input_.text(decoded)); }
    bool binary(Json::binary_t& /*unused*/) { return value({}); }
    bool start_object(std::size_t /*unused*/) {
        if (depth_ == 0) isObject_ = true;
        return start();
    }
    bool start_array(std::size_t /*unused*/) { return start(); }
    bool end_object() { return end(); }
    bool end_array() { return end(); }
    bool key(Json::string_t& decoded) {
        if (depth_ == 1) member_ = memberNamed(input_.text(decoded));
        return true;
    }
    bool parse_error(std::size_t /*unused*/, const std::string& /*unused*/, const Json::exception& problem) {
        constexpr int numberOverflow = 406;
        canBeMended_ = problem.id == numberOverflow || hasLoneSurrogate(input_.source());
        return false;
    }

  private:
    std::string* memberNamed(std::string_view name) {
        if (name == "error_code") return &code;
        if (name == "error") return &error;
        if (name == "http_error_type") return &type;
        if (name == "message") return &message;
        if (name == "request_id") return &requestId;
        return nullptr;
    }

    bool value(std::string_view text) {
        if (depth_ == 1 && member_ != nullptr) {
            // Far above what an error says, far below what would hurt a log.
            constexpr std::size_t maxText = 2000;
            *member_ = cleanText(text, maxText);
        }
        return true;
    }
    bool start() {
        value({});
        ++depth_;
        return true;
    }
    bool end() {
        --depth_;
        return true;
    }

    const JsonInput& input_;
    std::string* member_ = nullptr;
    std::size_t depth_ = 0;
    bool isObject_ = false;
    bool canBeMended_ = false;
};

enum class Outcome { understood, notJson, mendable };

/// Fills what the body names, if it is a JSON object as a whole.
Outcome readEnvelope(std::string_view body, ApiErrorDetails& details) {
    JsonInput input(body);
    ErrorEnvelope envelope(input);
    if (!nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &envelope)) {
        return envelope.canBeMended() ? Outcome::mendable : Outcome::notJson;
    }
    if (!envelope.isObject()) return Outcome::notJson;
    details.code = envelope.code.empty() ? envelope.error : envelope.code;
    details.type = envelope.type;
    details.serverMessage = envelope.message;
    details.requestId = envelope.requestId;
    return Outcome::understood;
}

constexpr std::uint32_t escape = 0x1B;

/// What belongs to an escape character in front of `text`: "[31m" of a terminal's colours.
std::size_t controlSequenceLength(std::string_view text) {
    if (text.empty() || text.front() != '[') return 0;
    const auto isParameter = [](char c) { return c >= 0x20 && c <= 0x3F; };
    std::size_t length = 1;
    while (length < text.size() && isParameter(text[length])) ++length;
    return length < text.size() && text[length] >= 0x40 && text[length] <= 0x7E ? length + 1 : 0;
}

}  // namespace

std::string cleanText(std::string_view text, std::size_t maxBytes) {
    constexpr std::string_view ellipsis = "...";
    std::string result;
    std::size_t cut = 0;  // where the ellipsis goes if there turns out to be more than fits
    bool pendingSpace = false;
    while (!text.empty()) {
        const CodePoint c = readCodePoint(text);
        const std::string_view bytes = text.substr(0, c.length);
        text.remove_prefix(c.length);
        if (c.value == escape) text.remove_prefix(controlSequenceLength(text));
        if (isSpace(c)) {
            pendingSpace = !result.empty();
            continue;
        }
        if (isBidirectionalControl(c.value)) continue;
        const std::size_t size = result.size() + (pendingSpace ? 1 : 0) + bytes.size();
        if (size > maxBytes) {
            result.resize(cut);
            result += ellipsis.substr(0, maxBytes);
            return result;
        }
        if (pendingSpace) result += ' ';
        pendingSpace = false;
        result += bytes;
        if (size + ellipsis.size() <= maxBytes) cut = size;
    }
    return result;
}

ApiErrorDetails decodeErrorBody(int status, std::string_view body) {
    constexpr std::size_t maxKept = std::size_t{64} * 1024;
    constexpr std::size_t maxWords = 200;
    ApiErrorDetails details;
    details.status = status;
    details.body = body.substr(0, maxKept);

    Outcome outcome = readEnvelope(body, details);
    if (outcome == Outcome::mendable) outcome = readEnvelope(mendJson(body), details);
    if (outcome != Outcome::understood) details.serverMessage = firstWords(body, maxWords);
    return details;
}

}  // namespace refold::internal
