// Builds one line of a report for a terminal from texts, columns and colours, never wider than the terminal. Used by
// the reports of `history` and `errors`.
#ifndef REFOLD_EXECUTIONS_REPORT_LINE_HPP
#define REFOLD_EXECUTIONS_REPORT_LINE_HPP

#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

/// Columns between two columns of a table.
inline constexpr std::size_t columnGap = 2;

class ReportLine {
  public:
    explicit ReportLine(const Terminal& terminal) : terminal_(terminal), room_(terminal.width.value_or(anyWidth)) {}

    /// Text from anywhere; made safe, and cut where the line ends.
    ReportLine& text(std::string_view text, Colour colour = Colour::none);
    /// In a column of `width`, cut to it.
    ReportLine& left(std::string_view text, std::size_t width, Colour colour = Colour::none);
    ReportLine& right(std::string_view text, std::size_t width, Colour colour = Colour::none);
    ReportLine& gap(std::size_t columns);

    /// The line with its end; blanks at its end are left out.
    std::string end() const { return line_ + "\n"; }

  private:
    Terminal terminal_;
    std::size_t room_;
    /// Blanks that are written once something follows.
    std::size_t blanks_ = 0;
    std::string line_;
};

}  // namespace cli

#endif
