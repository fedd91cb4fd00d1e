// Recognises the API's answers, and refuses others.
#include "codec/action_codec.hpp"

#include "codec/decode_error.hpp"
#include "codec/error_body_codec.hpp"
#include "codec/object_reader.hpp"

#include <optional>
#include <utility>

namespace refold::internal {

void checkStopAnswer(std::string_view body) {
    // Any object will do; a login page, for example, is refused.
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    static_cast<void>(readDocument<ActionDocument>(body));
    if (!reportsFailure(body)) return;
    const std::string said = quote(Quotation::error, body);
    const std::string reason = "the answer is an error instead of a confirmation";
    if (said.empty()) throw DecodeError(reason, {}, std::nullopt, false);
    throw DecodeError(reason + ": ", {}, std::nullopt, false, Quotation::error, said);
}

std::string decodeRerunAnswer(std::string_view body) {
    auto document = readDocument<ActionDocument>(body);
    for (std::string& id : document.ids) {
        if (!id.empty()) return std::move(id);
    }
    const std::string said = quote(Quotation::error, body);
    const std::string reason = "the answer does not name the new run";
    if (said.empty()) throw DecodeError(reason, "/id", std::nullopt, false);
    throw DecodeError(reason + ", but says ", "/id", std::nullopt, false, Quotation::error, said);
}

}  // namespace refold::internal
