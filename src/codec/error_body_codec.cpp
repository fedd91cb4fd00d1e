// See error_body_codec.hpp.
#include "codec/error_body_codec.hpp"

#include "codec/html_text.hpp"
#include "codec/json_input.hpp"
#include "codec/json_text.hpp"
#include "text/clean_text.hpp"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace refold::internal {
namespace {

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

}  // namespace

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
