// The visible words of a page that a proxy or a load balancer answered in the API's place, for error messages.
#ifndef REFOLD_CODEC_HTML_TEXT_HPP
#define REFOLD_CODEC_HTML_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

/// The first words of a text of any kind, cleaned as by `cleanText`. If the text begins with a tag it is taken for HTML:
/// tags, comments, scripts and styles are left out, and the title too unless there is nothing else.
std::string firstWords(std::string_view text, std::size_t maxBytes);

}  // namespace refold::internal

#endif
