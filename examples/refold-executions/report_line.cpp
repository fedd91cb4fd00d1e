// Blanks wait until something follows, so that no line ends in them.
#include "report_line.hpp"

#include "display_text.hpp"

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

std::vector<std::string> wrapText(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    while (displayWidth(text) > width && width > 1) {
        std::size_t end = 0;
        std::size_t lastBlank = 0;
        while (true) {
            const std::size_t next = end + decodeUtf8(text, end).length;
            if (displayWidth(text.substr(0, next)) > width) break;
            if (text[end] == ' ') lastBlank = end;
            end = next;
        }
        if (end < text.size() && text[end] == ' ') lastBlank = end;
        const std::size_t cut = lastBlank > 0 ? lastBlank : end;
        lines.emplace_back(text.substr(0, cut));
        text.remove_prefix(lastBlank > 0 ? cut + 1 : cut);
    }
    lines.emplace_back(text);
    return lines;
}

}  // namespace cli
