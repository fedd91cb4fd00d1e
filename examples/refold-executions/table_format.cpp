// Rows are kept until settle(), since a column's width is only known from its texts.
#include "table_format.hpp"

#include "age.hpp"
#include "display_text.hpp"
#include "status_style.hpp"

#include <algorithm>
#include <numeric>

namespace cli {
namespace {

constexpr std::size_t gap = 2;
/// The longest text that is not cut where a line has no limit.
constexpr std::size_t widestText = 64;
/// A sign, a blank and COMPLETED, or another of the documented ones.
constexpr std::size_t knownStatus = 11;
/// Below this a name says nothing.
constexpr std::size_t narrowestText = 8;

constexpr std::size_t indexOf(TableColumn column) noexcept {
    return static_cast<std::size_t>(column);
}
constexpr std::size_t statusAt = indexOf(TableColumn::status);
constexpr std::size_t ageAt = indexOf(TableColumn::age);
constexpr std::size_t workflowAt = indexOf(TableColumn::workflow);
constexpr std::size_t applicationAt = indexOf(TableColumn::application);
constexpr std::size_t idAt = indexOf(TableColumn::id);

std::size_t lineWidthOf(const TableWidths& widths) noexcept {
    std::size_t sum = 0;
    for (const std::size_t width : widths) {
        if (width > 0) sum += width + (sum > 0 ? gap : 0);
    }
    return sum;
}

/// Takes what is too much from a column, down to `floor`.
void shrink(TableWidths& widths, std::size_t column, std::size_t floor, std::size_t lineWidth) noexcept {
    const std::size_t line = lineWidthOf(widths);
    if (line <= lineWidth || widths[column] <= floor) return;
    widths[column] -= std::min(line - lineWidth, widths[column] - floor);
}

/// Cuts the names until the line fits: the workflow gets two thirds, and what one does not need is the other's. False where not
/// even `narrowestText` is left for each.
bool fitNames(TableWidths& widths, std::size_t lineWidth) noexcept {
    const TableWidths natural = widths;
    const std::size_t line = lineWidthOf(widths);
    if (line <= lineWidth) return true;
    const std::size_t names = natural[workflowAt] + natural[applicationAt];
    if (line - lineWidth >= names) return false;
    const std::size_t room = names - (line - lineWidth);
    const std::size_t workflowLeaves = room - std::min(room, natural[workflowAt]);
    widths[applicationAt] = std::min(natural[applicationAt], std::max(room / 3, workflowLeaves));
    widths[workflowAt] = room - widths[applicationAt];
    return widths[workflowAt] >= std::min(narrowestText, natural[workflowAt]) &&
           widths[applicationAt] >= std::min(narrowestText, natural[applicationAt]);
}

std::string orDash(std::string_view text) {
    return text.empty() ? "-" : std::string(text);
}

}  // namespace

TableWidths fitColumns(const TableWidths& natural, std::optional<std::size_t> lineWidth) {
    TableWidths widths = natural;
    for (std::size_t& width : widths) width = std::min(width, widestText);
    if (!lineWidth) return widths;

    // A status that is longer than the known ones gives way before anything else does.
    shrink(widths, statusAt, knownStatus, *lineWidth);
    const TableWidths whole = widths;
    if (fitNames(widths, *lineWidth)) return widths;
    for (const std::size_t leftOut : {applicationAt, ageAt, workflowAt}) {
        widths = whole;
        for (const std::size_t column : {applicationAt, ageAt, workflowAt}) {
            widths[column] = 0;
            if (column == leftOut) break;
        }
        if (fitNames(widths, *lineWidth)) return widths;
    }
    shrink(widths, idAt, 1, *lineWidth);
    shrink(widths, statusAt, 1, *lineWidth);
    if (lineWidthOf(widths) > *lineWidth) widths[idAt] = 0;
    return widths;
}

void TableFormat::begin(bool resumed) {
    headerWanted_ = !resumed || terminal_.isTerminal;
}

void TableFormat::write(const refold::Execution& execution) {
    const StatusStyle style = styleOf(execution.status, terminal_.charset);
    Row row;
    row.colour = style.colour;
    row.cells[statusAt] = std::string(style.sign) + " " + orDash(execution.status.value());
    if (!execution.createdAt) {
        row.cells[ageAt] = "-";
    } else if (terminal_.isTerminal) {
        row.cells[ageAt] = formatAge(*execution.createdAt, now_);
    } else {
        row.cells[ageAt] = refold::formatTimestamp(*execution.createdAt);
    }
    row.cells[workflowAt] = orDash(execution.associatedWorkflow.name);
    row.cells[applicationAt] = orDash(execution.associatedApplication.name);
    row.cells[idAt] = orDash(execution.id);
    for (std::string& cell : row.cells) {
        cell = forDisplay(cell, terminal_.charset, terminal_.width.value_or(widestText)).text;
    }
    rows_.push_back(std::move(row));
}

void TableFormat::settle() {
    if (rows_.empty()) return;
    if (!widths_) layOut();
    if (headerWanted_) writeHeader();
    headerWanted_ = false;
    for (const Row& row : rows_) writeRow(row);
    rows_.clear();
}

void TableFormat::layOut() {
    // Widths that later rows will want too, whatever the first ones hold.
    TableWidths natural = {knownStatus, terminal_.isTerminal ? 8U : 24U, 12, 11, 2};
    for (const Row& row : rows_) {
        for (std::size_t i = 0; i < tableColumnCount; ++i)
            natural[i] = std::max(natural[i], displayWidth(row.cells[i]));
    }
    widths_ = fitColumns(natural, terminal_.width);
}

void TableFormat::writeHeader() {
    Row header;
    header.cells = {"STATUS", terminal_.isTerminal ? "AGE" : "CREATED", "WORKFLOW", "APPLICATION", "ID"};
    header.colour = Colour::bold;
    writeRow(header);
}

void TableFormat::writeRow(const Row& row) {
    const bool isHeader = row.colour == Colour::bold;
    std::size_t padding = 0;
    for (std::size_t i = 0; i < tableColumnCount; ++i) {
        const std::size_t width = widths_->at(i);
        if (width == 0) continue;
        const DisplayText cell = forDisplay(row.cells[i], terminal_.charset, width);
        output_.append(std::string(padding, ' '));
        const Colour colour = i == statusAt || isHeader ? row.colour : Colour::none;
        output_.append(coloured(cell.text, colour, terminal_.colour));
        padding = width - cell.width + gap;
    }
    output_.append("\n");
}

}  // namespace cli
