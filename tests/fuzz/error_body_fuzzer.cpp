// Any error body gives short UTF-8 texts of one line, which occur in the body if it is JSON.
#include "codec/error_body_codec.hpp"
#include "fuzz/require.hpp"
#include "text/clean_text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace {

using refold::fuzz::require;
using refold::internal::cleanText;

constexpr std::size_t maxText = 2000;

void checkText(const std::string& text) {
    require(text.size() <= maxText, "a text has a limited length");
    require(refold::fuzz::isOneLine(text), "a text is one line");
    require(nlohmann::json(text).dump().size() >= text.size(), "a text is UTF-8");
    require(cleanText(text, maxText) == text, "cleaning a text again does not change it");
}

std::string stringAt(const nlohmann::json& object, const char* name) {
    const auto field = object.find(name);
    return field != object.end() && field->is_string() ? cleanText(field->get<std::string>(), maxText) : std::string();
}

/// True if there may be texts at deeper levels, which the decoder uses too.
bool holdsNested(const nlohmann::json& object) {
    return std::any_of(object.begin(), object.end(), [](const nlohmann::json& value) { return value.is_structured(); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = refold::fuzz::textOf(data, size);
    const refold::ApiErrorDetails details = refold::internal::decodeErrorBody(500, body);
    require(details.status == 500 && details.body == body.substr(0, 65536), "status and body are kept");
    for (const std::string& text : {details.code, details.type, details.serverMessage, details.requestId})
        checkText(text);

    const auto dom = nlohmann::json::parse(body, nullptr, false);
    if (dom.is_object()) {
        const std::string message = stringAt(dom, "message");
        require(details.serverMessage.substr(0, message.size()) == message, "the text begins with the message");
        // Other shapes may contain more: a code in an object under "error", a request id under its other name.
        const std::string code =
            stringAt(dom, "error_code").empty() ? stringAt(dom, "error") : stringAt(dom, "error_code");
        const std::string type = stringAt(dom, "http_error_type");
        const auto holds = [&](const std::string& text) { return details.code == text || details.type == text; };
        require(holdsNested(dom) || (holds(code) && holds(type)), "code and type are found, possibly swapped");
        require(holdsNested(dom) || dom.contains("requestId") || details.requestId == stringAt(dom, "request_id"),
                "the request id is found");
        const bool isSilent = details.code.empty() && details.type.empty();
        require(!isSilent || !details.serverMessage.empty() || dom.empty(), "an object of any shape yields a text");
    }
    if (size > 0) {
        const std::size_t limit = data[0];
        const std::string cut = cleanText(body.substr(1), limit);
        require(cut.size() <= limit, "a cut text respects its limit");
        require(refold::fuzz::isOneLine(cut), "a cut text is one line");
        require(nlohmann::json(cut).dump().size() >= cut.size(), "a cut text is UTF-8");
    }
    return 0;
}
