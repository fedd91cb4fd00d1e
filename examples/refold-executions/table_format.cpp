// Rows are kept until settle(), since a column's width is only known from its texts.
#include "table_format.hpp"

#include "display_text.hpp"
#include "report_line.hpp"
#include "status_style.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cli {
namespace {

/// The longest text that is not cut where a line has no limit.
constexpr std::size_t widestText = 64;
constexpr std::size_t widestError = 200;
/// A sign, a blank and COMPLETED, or another of the documented ones.
constexpr std::size_t knownStatus = 11;
/// A narrower name tells nothing.
constexpr std::size_t narrowestText = 6;

std::size_t widestOf(RunColumn column) noexcept {
    return column == RunColumn::error ? widestError : widestText;
}

std::size_t lineWidthOf(const std::vector<std::size_t>& widths) noexcept {
    std::size_t sum = 0;
    for (const std::size_t width : widths) {
        if (width > 0) sum += width + (sum > 0 ? columnGap : 0);
    }
    return sum;
}

/// Fits the columns of a table into a line.
class Fitting {
  public:
    Fitting(const std::vector<RunColumn>& columns, std::vector<std::size_t> widths, std::size_t lineWidth)
        : columns_(columns), whole_(std::move(widths)), widths_(whole_), lineWidth_(lineWidth) {}

    std::vector<std::size_t> fit() {
        // A status that is longer than the known ones gives way before anything else does.
        shrink(RunColumn::status, knownStatus);
        whole_ = widths_;
        while (!cutTexts()) {
            widths_ = whole_;
            if (!leaveOutNext()) break;
            whole_ = widths_;
        }
        shrink(RunColumn::id, 1);
        shrink(RunColumn::status, 1);
        for (std::size_t i = columns_.size(); i-- > 0 && lineWidthOf(widths_) > lineWidth_;) widths_[i] = 0;
        return std::move(widths_);
    }

  private:
    bool fits() const noexcept { return lineWidthOf(widths_) <= lineWidth_; }

    /// Narrows a column by the excess, down to `floor`.
    void shrink(RunColumn column, std::size_t floor) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::size_t line = lineWidthOf(widths_);
            if (columns_[i] != column || line <= lineWidth_ || widths_[i] <= floor) continue;
            widths_[i] -= std::min(line - lineWidth_, widths_[i] - floor);
        }
    }

    /// Cuts texts until the line fits: each gets its share of the width, and what one does not need goes to the others.
    /// False if one would become too narrow.
    bool cutTexts() {
        if (fits()) return true;
        std::vector<std::size_t> open;
        std::size_t room = lineWidth_;
        std::size_t taken = lineWidthOf(widths_);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (widths_[i] == 0 || layoutOf(columns_[i]).share == 0) continue;
            open.push_back(i);
            taken -= widths_[i];
        }
        if (taken >= room) return false;
        room -= taken;
        while (!open.empty()) {
            std::size_t shares = 0;
            for (const std::size_t i : open) shares += layoutOf(columns_[i]).share;
            const auto isContent = [&](std::size_t i) {
                return widths_[i] * shares <= room * layoutOf(columns_[i]).share;
            };
            const auto content = std::find_if(open.begin(), open.end(), isContent);
            if (content != open.end()) {
                room -= widths_[*content];
                open.erase(content);
                continue;
            }
            // The first one gets what rounding leaves.
            std::size_t left = room;
            for (const std::size_t i : open) left -= room * layoutOf(columns_[i]).share / shares;
            for (const std::size_t i : open) {
                const std::size_t narrowest = std::min(narrowestText, widths_[i]);
                widths_[i] = room * layoutOf(columns_[i]).share / shares + std::exchange(left, 0);
                if (widths_[i] < narrowest) return false;
            }
            break;
        }
        return fits();
    }

    bool leaveOutNext() {
        std::size_t next = columns_.size();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const int rank = layoutOf(columns_[i]).leftOut;
            if (rank == 0 || widths_[i] == 0) continue;
            if (next == columns_.size() || rank < layoutOf(columns_[next]).leftOut) next = i;
        }
        if (next == columns_.size()) return false;
        widths_[next] = 0;
        return true;
    }

    const std::vector<RunColumn>& columns_;
    std::vector<std::size_t> whole_;
    std::vector<std::size_t> widths_;
    std::size_t lineWidth_;
};

std::vector<RunColumn> defaultColumns(const Terminal& terminal) {
    return {RunColumn::status,   terminal.isTerminal ? RunColumn::age : RunColumn::createdAt,
            RunColumn::workflow, RunColumn::application,
            RunColumn::account,  RunColumn::id};
}

}  // namespace

std::vector<std::size_t> fitColumns(const std::vector<RunColumn>& columns, const std::vector<std::size_t>& natural,
                                    std::optional<std::size_t> lineWidth) {
    std::vector<std::size_t> widths = natural;
    for (std::size_t i = 0; i < columns.size(); ++i) widths[i] = std::min(widths[i], widestOf(columns[i]));
    if (!lineWidth) return widths;
    return Fitting(columns, std::move(widths), *lineWidth).fit();
}

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
    return forDisplay(value, terminal_.charset, terminal_.width.value_or(widestOf(column))).text;
}

void TableFormat::write(const ShownRun& shown) {
    Row row;
    row.colour = styleOf(shown.run.status, terminal_.charset).colour;
    for (const RunColumn column : columns_) row.cells.push_back(cellOf(column, shown));
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

/// Leaves the account out of the default columns, unless the rows are of several.
void TableFormat::hideSingleAccount() {
    const auto column = std::find(columns_.begin(), columns_.end(), RunColumn::account);
    if (!byDefault_ || column == columns_.end()) return;
    const auto at = static_cast<std::size_t>(column - columns_.begin());
    std::set<std::string> accounts;
    for (const Row& row : rows_) {
        if (row.cells[at] != "-") accounts.insert(row.cells[at]);
    }
    if (accounts.size() < 2) widths_->at(at) = 0;
}

void TableFormat::layOut() {
    std::vector<std::size_t> natural;
    for (const RunColumn column : columns_) natural.push_back(layoutOf(column).usual);
    for (const Row& row : rows_) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            natural[i] = std::max(natural[i], displayWidth(row.cells[i]));
        }
    }
    widths_ = natural;
    hideSingleAccount();
    widths_ = fitColumns(columns_, *widths_, terminal_.width);
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
        const std::size_t width = widths_->at(i);
        if (width == 0) continue;
        const DisplayText cell = forDisplay(row.cells[i], terminal_.charset, width);
        output_.append(std::string(padding, ' '));
        const Colour colour = columns_[i] == RunColumn::status || isHeader ? row.colour : Colour::none;
        output_.append(coloured(cell.text, colour, terminal_.colour));
        padding = width - cell.width + columnGap;
    }
    output_.append("\n");
}

}  // namespace cli
