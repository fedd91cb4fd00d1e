// Detects the properties of a stream: whether it is a terminal, its width, and its support for colours and UTF-8. Used
// to choose formats and to draw.
#ifndef REFOLD_EXECUTIONS_TERMINAL_HPP
#define REFOLD_EXECUTIONS_TERMINAL_HPP

#include "display_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// The properties of a stream that is written to.
struct Terminal {
    bool isTerminal = false;
    bool colour = false;
    /// True if the cursor can be moved: a terminal that is not dumb.
    bool canRedraw = false;
    Charset charset = Charset::ascii;
    /// Columns; empty if nothing limits a line.
    std::optional<std::size_t> width = {};
};

/// Inspects a descriptor and the environment: NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM for colour (in this
/// order), LC_ALL, LC_CTYPE and LANG for the charset, COLUMNS for the width where the descriptor has none.
Terminal inspectTerminal(int descriptor);

/// Returns the current width of the terminal at `descriptor`, since windows are resized; 80 if unknown.
std::size_t terminalWidth(int descriptor);

enum class Colour { none, red, green, yellow, blue, grey, bold };

/// Returns `text` in a colour, or unchanged if colours are disabled.
std::string coloured(std::string_view text, Colour colour, bool enabled);

}  // namespace cli

#endif
