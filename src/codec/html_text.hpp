// Extracts the visible words of a page that a proxy or load balancer sent instead of the API's answer, for error
// messages.
#ifndef REFOLD_CODEC_HTML_TEXT_HPP
#define REFOLD_CODEC_HTML_TEXT_HPP

#include "text/clean_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

/// Returns the first words of a text, cleaned by `clean`. A text that begins with a tag is read as HTML: tags,
/// comments, scripts and styles are omitted, and the title too unless there is nothing else.
std::string firstWords(std::string_view text, std::size_t maxBytes, const TextCleaner& clean = cleanText);

}  // namespace refold::internal

#endif
