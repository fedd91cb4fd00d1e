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
    if (body.empty()) return;
    static_cast<void>(readDocument<ActionDocument>(body));
    if (reportsFailure(body)) {
        const std::string said = quoteError(body);
        throw DecodeError("the answer is an error instead of a confirmation" + (said.empty() ? said : ": " + said), {},
                          std::nullopt, false);
    }
}

std::string decodeRerunAnswer(std::string_view body) {
    auto document = readDocument<ActionDocument>(body);
    for (std::string& id : document.ids) {
        if (!id.empty()) return std::move(id);
    }
    const std::string said = quoteError(body);
    throw DecodeError("the answer does not name the new run" + (said.empty() ? said : ", but says " + said), "/id",
                      std::nullopt, false);
}

}  // namespace refold::internal
