// Decodes JSON string escapes anywhere in a text. Used by the redactors to find secrets however they are spelt.
#ifndef REFOLD_TEXT_JSON_ESCAPES_HPP
#define REFOLD_TEXT_JSON_ESCAPES_HPP

#include <string>
#include <string_view>

namespace refold::internal {

/// Replaces every JSON string escape by what it stands for. For searching a document, not for reading it: the result is
/// no JSON.
std::string withoutJsonEscapes(std::string_view text);

}  // namespace refold::internal

#endif
