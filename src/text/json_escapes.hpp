// Decodes JSON string escapes anywhere in a text. Used by the redactors to find escaped secrets.
#ifndef REFOLD_TEXT_JSON_ESCAPES_HPP
#define REFOLD_TEXT_JSON_ESCAPES_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Replaces every JSON string escape by its character. The result, which is not JSON, serves to search a document.
std::string withoutJsonEscapes(std::string_view text);

}  // namespace refold::internal

#endif
