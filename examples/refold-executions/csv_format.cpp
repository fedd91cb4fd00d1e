// The default columns are an interface: new ones are added at the end.
#include "csv_format.hpp"

#include "display_text.hpp"

#include <algorithm>

namespace cli {
namespace {

const std::vector<RunColumn>& defaultColumns() {
    static const std::vector<RunColumn> columns = {
        RunColumn::id,         RunColumn::createdAt,   RunColumn::status,        RunColumn::workflow,
        RunColumn::workflowId, RunColumn::application, RunColumn::applicationId, RunColumn::type,
        RunColumn::trigger,    RunColumn::environment, RunColumn::name,          RunColumn::account,
        RunColumn::configId,   RunColumn::orgId};
    return columns;
}

/// Characters that begin a formula in a spreadsheet; some accept full-width forms as well.
bool beginsFormula(std::string_view text, std::size_t position) noexcept {
    constexpr std::string_view starts = "=+-@";
    if (starts.find(text[position]) != std::string_view::npos) return true;
    const std::uint32_t first = decodeUtf8(text, position).codePoint;
    return first == 0xFF1D || first == 0xFF0B || first == 0xFF0D || first == 0xFF20;
}

/// Characters that separate cells in some spreadsheet: by its locale, by the user's choice, or as line breaks.
bool mayPartCells(char c) noexcept {
    return c == ',' || c == ';' || c == '\t' || c == '|' || c == '\r' || c == '\n' || c == '"';
}

/// `text` with an apostrophe before each character that would begin a formula, at the start of the cell or of what a
/// spreadsheet may take for another one. Leading blanks are skipped.
std::string withoutFormulas(std::string_view text) {
    std::string guarded;
    bool atStart = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (atStart && beginsFormula(text, i)) guarded += '\'';
        atStart = mayPartCells(text[i]) || (atStart && text[i] == ' ');
        guarded += text[i];
    }
    // Not all spreadsheets skip a leading tab or line break.
    const bool leads = !text.empty() && std::string_view("\t\r\n").find(text.front()) != std::string_view::npos;
    return leads ? "'" + guarded : guarded;
}

bool needsQuotes(std::string_view text) noexcept {
    if (text.empty()) return false;
    const auto special = [](char c) { return mayPartCells(c) || static_cast<unsigned char>(c) < 0x20; };
    return text.front() == ' ' || text.back() == ' ' || std::any_of(text.begin(), text.end(), special);
}

}  // namespace

std::string csvCell(std::string_view text) {
    const std::string cell = withoutFormulas(text);
    if (!needsQuotes(cell)) return cell;
    std::string out = "\"";
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
    return out;
}

CsvFormat::CsvFormat(Output& output, bool forTerminal, refold::Timestamp now, const WriterOptions& options)
    : output_(output),
      forTerminal_(forTerminal),
      now_(now),
      columns_(options.columns.empty() ? defaultColumns() : options.columns),
      byteOrderMark_(options.byteOrderMark) {
}

void CsvFormat::begin(bool resumed) {
    if (resumed) return;
    if (byteOrderMark_) output_.append("\xEF\xBB\xBF");
    const char* separator = "";
    for (const RunColumn column : columns_) {
        output_.append(separator);
        output_.append(nameOf(column));
        separator = ",";
    }
    output_.append("\r\n");
}

void CsvFormat::write(const ShownRun& shown) {
    const char* separator = "";
    for (const RunColumn column : columns_) {
        const std::string value = plainValue(column, shown, now_);
        output_.append(separator);
        output_.append(csvCell(forTerminal_ ? forDisplay(value, Charset::utf8).text : value));
        separator = ",";
    }
    output_.append("\r\n");
}

void CsvFormat::end() {
}

}  // namespace cli
