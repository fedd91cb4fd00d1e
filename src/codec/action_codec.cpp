// See action_codec.hpp.
#include "codec/action_codec.hpp"

#include "codec/decode_error.hpp"
#include "codec/object_reader.hpp"

#include <optional>
#include <utility>

namespace refold::internal {

void checkStopAnswer(std::string_view body) {
    // What a server says with success matters less than that it is this API that says it, not some login page.
    if (!body.empty()) static_cast<void>(readDocument<ActionDocument>(body));
}

std::string decodeRerunAnswer(std::string_view body) {
    auto document = readDocument<ActionDocument>(body);
    std::string& id = document.id.empty() ? document.otherId : document.id;
    if (id.empty()) {
        const std::string said = quoteWords(document.words);
        throw DecodeError("the answer does not name the new run" + (said.empty() ? said : ", but says " + said), "/id",
                          std::nullopt, false);
    }
    return std::move(id);
}

}  // namespace refold::internal
