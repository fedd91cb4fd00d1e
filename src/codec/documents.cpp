// The words in which messages speak of what an answer holds.
#include "codec/documents.hpp"

#include "text/clean_text.hpp"

namespace refold::internal {

namespace {

constexpr std::size_t maxQuote = 200;

}  // namespace

const char* nameOf(JsonKind kind) noexcept {
    switch (kind) {
        case JsonKind::null:
            return "null";
        case JsonKind::flag:
            return "a boolean";
        case JsonKind::integer:
        case JsonKind::real:
            return "a number";
        case JsonKind::text:
            return "a string";
        case JsonKind::array:
            return "an array";
        case JsonKind::object:
            break;
    }
    return "an object";
}

std::string quoteWords(const ErrorWords& words) {
    const std::string message = cleanText(words.message, maxQuote);
    const std::string error = cleanText(words.error, maxQuote);
    if (message.empty() && error.empty()) return {};
    const bool hasBoth = !message.empty() && !error.empty();
    return '"' + message + (hasBoth ? ": " : "") + error + '"';
}

}  // namespace refold::internal
