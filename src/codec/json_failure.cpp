// Shortens nlohmann/json's parse errors.
#include "codec/json_failure.hpp"

#include "codec/error_body_codec.hpp"
#include "text/clean_text.hpp"

#include <algorithm>

namespace refold::internal {
namespace {

/// Keeps "invalid literal" of "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while
/// parsing value - invalid literal; last read: 'x'": the position is reported as an offset, and the text may be
/// private.
std::string_view coreOf(std::string_view detail) {
    detail = detail.substr(0, detail.find("; last read:"));
    if (const auto dash = detail.find(" - "); dash != std::string_view::npos) detail.remove_prefix(dash + 3);
    return detail;
}

}  // namespace

DecodeError malformedJson(std::string_view body, std::size_t read, std::string_view detail) {
    constexpr std::string_view space = " \t\r\n";
    const auto first = body.find_first_not_of(space);
    if (first == std::string_view::npos) return DecodeError("the body is empty", {}, body.size(), true);
    if (read > body.size()) {
        return DecodeError("the JSON stops in the middle", {}, body.size(), true);
    }
    const std::size_t offset = read == 0 ? 0 : read - 1;
    if (offset <= first) {
        const std::string words = quote(Quotation::beginning, body);
        if (words.empty()) return DecodeError("the body is not JSON", {}, offset, false);
        return DecodeError("the body is not JSON; it begins with ", {}, offset, false, Quotation::beginning, words);
    }
    constexpr std::size_t maxDetail = 200;
    return DecodeError("malformed JSON, " + cleanText(coreOf(detail), maxDetail), {}, offset, false);
}

}  // namespace refold::internal
