// Wraps long texts into lines for a terminal: error messages and the output of nodes, which are not cut. Used by tables
// and reports.
#ifndef REFOLD_EXECUTIONS_WRAPPED_TEXT_HPP
#define REFOLD_EXECUTIONS_WRAPPED_TEXT_HPP

#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The lines of a text of at most `width` columns each, broken at blanks, and inside of a word that is longer. Not yet
/// safe for a terminal.
std::vector<std::string> wrapText(std::string_view text, std::size_t width);

/// Lines that are safe for the terminal, behind `indent` blanks, with their ends; one line where the terminal has no
/// width.
std::string indentedText(std::string_view text, const Terminal& terminal, std::size_t indent,
                         Colour colour = Colour::none);

}  // namespace cli

#endif
