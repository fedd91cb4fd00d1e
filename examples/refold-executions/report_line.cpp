// Writes blanks only when something follows, so that no line ends with them.
#include "report_line.hpp"

#include <algorithm>

namespace cli {

ReportLine& ReportLine::gap(std::size_t columns) {
    const std::size_t taken = std::min(columns, room_);
    blanks_ += taken;
    room_ -= taken;
    return *this;
}

ReportLine& ReportLine::text(std::string_view text, Colour colour) {
    return left(text, std::min(room_, displayWidth(text)), colour);
}

ReportLine& ReportLine::left(std::string_view text, std::size_t width, Colour colour) {
    const std::size_t column = std::min(width, room_);
    const DisplayText shown = forDisplay(text, terminal_.charset, column);
    if (shown.width > 0) {
        line_.append(blanks_, ' ');
        blanks_ = 0;
        line_ += coloured(shown.text, colour, terminal_.colour);
        room_ -= shown.width;
    }
    return gap(column - std::min(column, shown.width));
}

ReportLine& ReportLine::right(std::string_view text, std::size_t width, Colour colour) {
    const std::size_t column = std::min(width, room_);
    const DisplayText shown = forDisplay(text, terminal_.charset, column);
    gap(column - std::min(column, shown.width));
    return left(shown.text, shown.width, colour);
}

}  // namespace cli
