// Keeps rows until settle(), because the width of a column depends on its texts.
#include "table_format.hpp"

#include "display_text.hpp"
#include "report_line.hpp"
#include "status_style.hpp"
#include "wrapped_text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cli {
namespace {

std::vector<RunColumn> defaultColumns(const Terminal& terminal) {
    return {RunColumn::status,   terminal.isTerminal ? RunColumn::age : RunColumn::createdAt,
            RunColumn::workflow, RunColumn::application,
            RunColumn::account,  RunColumn::id};
}

}  // namespace

TableFormat::TableFormat(Output& output, const Terminal& terminal, refold::Timestamp now,
                         std::vector<RunColumn> columns)
    : output_(output),
      terminal_(terminal),
      now_(now),
      byDefault_(columns.empty()),
      columns_(byDefault_ ? defaultColumns(terminal) : std::move(columns)) {
}

void TableFormat::begin(bool resumed) {
    headerWanted_ = !resumed || terminal_.isTerminal;
}

std::string TableFormat::cellOf(RunColumn column, const ShownRun& shown) const {
    // In a pipe a date is read by a program.
    const bool forMachine = column == RunColumn::createdAt && !terminal_.isTerminal;
    std::string value = forMachine ? plainValue(column, shown, now_) : shownValue(column, shown, now_);
    if (value.empty()) value = "-";
    if (column == RunColumn::status) {
        value.insert(0, std::string(styleOf(shown.run.status, terminal_.charset).sign) + " ");
    }
    return forDisplay(value, terminal_.charset, widestOf(column)).text;
}

void TableFormat::write(const ShownRun& shown) {
    Row row;
    row.colour = styleOf(shown.run.status, terminal_.charset).colour;
    for (const RunColumn column : columns_) row.cells.push_back(cellOf(column, shown));
    rows_.push_back(std::move(row));
}

void TableFormat::settle() {
    if (rows_.empty()) return;
    if (!layout_) layOut();
    if (headerWanted_) writeHeader();
    headerWanted_ = false;
    for (const Row& row : rows_) writeRow(row);
    rows_.clear();
}

bool TableFormat::hasSeveralAccounts() const {
    const auto column = std::find(columns_.begin(), columns_.end(), RunColumn::account);
    const auto at = static_cast<std::size_t>(column - columns_.begin());
    std::set<std::string> accounts;
    for (const Row& row : rows_) {
        if (row.cells[at] != "-") accounts.insert(row.cells[at]);
    }
    return accounts.size() > 1;
}

void TableFormat::layOut() {
    const bool withAccount = !byDefault_ || hasSeveralAccounts();
    std::vector<std::size_t> natural;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        natural.push_back(layoutOf(columns_[i]).usual);
        for (const Row& row : rows_) natural[i] = std::max(natural[i], displayWidth(row.cells[i]));
        if (columns_[i] == RunColumn::account && !withAccount) natural[i] = 0;
    }
    layout_ = fitColumns(columns_, natural, terminal_.width, byDefault_ ? Overflow::leaveOut : Overflow::exceed);
}

std::vector<RunColumn> TableFormat::leftOut() const {
    return layout_ ? layout_->leftOut : std::vector<RunColumn>();
}

void TableFormat::writeHeader() {
    Row header;
    for (const RunColumn column : columns_) header.cells.emplace_back(titleOf(column));
    header.colour = Colour::bold;
    writeRow(header);
}

void TableFormat::writeRow(const Row& row) {
    const bool isHeader = row.colour == Colour::bold;
    std::size_t padding = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const std::size_t width = layout_->widths[i];
        if (width == 0) continue;
        const DisplayText cell = forDisplay(row.cells[i], terminal_.charset, width);
        output_.append(std::string(padding, ' '));
        const Colour colour = columns_[i] == RunColumn::status || isHeader ? row.colour : Colour::none;
        output_.append(coloured(cell.text, colour, terminal_.colour));
        padding = width - cell.width + columnGap;
    }
    output_.append("\n");
    if (layout_->errorBelow && !isHeader) writeError(row);
}

void TableFormat::writeError(const Row& row) {
    const auto column = std::find(columns_.begin(), columns_.end(), RunColumn::error);
    const std::string& error = row.cells[static_cast<std::size_t>(column - columns_.begin())];
    constexpr std::size_t indent = 4;
    if (error != "-") output_.append(indentedText(error, terminal_, indent, Colour::red));
}

void reportLeftOut(const std::vector<RunColumn>& columns, const Console& console, const std::string& remedy) {
    const std::optional<std::size_t> width = console.dataTerminal().width;
    if (columns.empty() || !width || !console.messageTerminal().isTerminal) return;
    std::string names;
    for (const RunColumn column : columns) names += (names.empty() ? "" : ", ") + std::string(titleOf(column));
    console.say("no room for " + names + " in " + std::to_string(*width) + " columns; widen the terminal, or " +
                remedy);
}

}  // namespace cli
