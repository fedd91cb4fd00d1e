// Quotes texts as JSON strings that are safe in a file, on a terminal and in a script element of a page. Used by the
// JSON formats and the page of `history`.
#ifndef REFOLD_EXECUTIONS_JSON_TEXT_HPP
#define REFOLD_EXECUTIONS_JSON_TEXT_HPP

#include <string>
#include <string_view>

namespace cli {

/// `text` in quotes. Controls, marks that turn the reading direction and `<` are spelt \uXXXX, which is the same text;
/// bytes that are not UTF-8 become U+FFFD.
std::string quoteJson(std::string_view text);

/// `null`, or the number with six digits.
std::string jsonNumber(double number);

}  // namespace cli

#endif
