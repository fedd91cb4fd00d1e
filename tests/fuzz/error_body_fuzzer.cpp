// Any error body gives short UTF-8 texts of one line, which occur in the body if it is JSON.
#include "codec/error_body_codec.hpp"
#include "fuzz/require.hpp"
#include "text/clean_text.hpp"

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
    require(text.size() <= maxText, "a bounded text");
    require(refold::fuzz::isOneLine(text), "a text on one line");
    require(nlohmann::json(text).dump().size() >= text.size(), "a text in UTF-8");
    require(cleanText(text, maxText) == text, "a clean text stays as it is");
}

std::string stringAt(const nlohmann::json& object, const char* name) {
    const auto field = object.find(name);
    return field != object.end() && field->is_string() ? cleanText(field->get<std::string>(), maxText) : std::string();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = refold::fuzz::textOf(data, size);
    const refold::ApiErrorDetails details = refold::internal::decodeErrorBody(500, body);
    require(details.status == 500 && details.body == body.substr(0, 65536), "status and body as given");
    for (const std::string& text : {details.code, details.type, details.serverMessage, details.requestId})
        checkText(text);

    const auto dom = nlohmann::json::parse(body, nullptr, false);
    if (dom.is_object()) {
        require(details.serverMessage == stringAt(dom, "message"), "the message");
        require(details.type == stringAt(dom, "http_error_type"), "the type");
        require(details.requestId == stringAt(dom, "request_id"), "the request id");
        const std::string code = stringAt(dom, "error_code");
        require(details.code == (code.empty() ? stringAt(dom, "error") : code), "the code");
    }
    if (size > 0) {
        const std::size_t limit = data[0];
        const std::string cut = cleanText(body.substr(1), limit);
        require(cut.size() <= limit, "no longer than allowed");
        require(refold::fuzz::isOneLine(cut), "a cut text on one line");
        require(nlohmann::json(cut).dump().size() >= cut.size(), "a cut text in UTF-8");
    }
    return 0;
}
