// See execution_page_codec.hpp.
#include "codec/execution_page_codec.hpp"

#include "codec/execution_page_handler.hpp"
#include "codec/json_failure.hpp"
#include "codec/json_input.hpp"
#include "codec/json_text.hpp"

#include <algorithm>
#include <cstddef>

namespace refold::internal {
namespace {

/// How many documents to make room for at once: as many as asked for, but no more than the body can hold.
std::size_t expectedDocs(std::string_view body, std::optional<std::int64_t> askedLimit) {
    constexpr std::int64_t most = 1000;
    constexpr std::size_t smallestDoc = 64;
    const auto asked = static_cast<std::size_t>(std::clamp(askedLimit.value_or(10), std::int64_t{1}, most));
    return std::min(asked, body.size() / smallestDoc + 1);
}

/// nlohmann's parser takes a NUL for the end of the text, and is asked to stop behind the envelope; what follows it is for us
/// to look at.
void requireEnd(std::string_view body, std::size_t position) {
    const std::size_t garbage = body.find_first_not_of(" \t\r\n", position);
    if (garbage == std::string_view::npos) return;
    throw DecodeError("the JSON is followed by something else", {}, garbage, false);
}

}  // namespace

Page<Execution> decodeExecutionPage(std::string_view body, std::optional<std::int64_t> askedPage,
                                    std::optional<std::int64_t> askedLimit) {
    std::string replacement;
    std::string_view text = body;
    for (;;) {
        JsonInput input(text);
        ExecutionPageHandler handler(body, input, expectedDocs(body, askedLimit));
        constexpr bool strict = false;
        if (nlohmann::json::sax_parse(JsonInputIterator(input), JsonInputIterator(), &handler,
                                      nlohmann::json::input_format_t::json, strict)) {
            requireEnd(text, input.position());
            return handler.takePage(askedPage, askedLimit);
        }
        if (!handler.hasOverflowed() || !replacement.empty()) throw DecodeError(*handler.failure());
        replacement = withoutHugeNumbers(body);
        text = replacement;
    }
}

}  // namespace refold::internal
