// The columns are an interface: new ones are added at the end.
#include "csv_format.hpp"

#include "display_text.hpp"

#include <algorithm>

namespace cli {
namespace {

using refold::Execution;

struct Column {
    std::string_view name;
    std::string (*value)(const Execution&);
};

std::string createdAt(const Execution& execution) {
    return execution.createdAt ? refold::formatTimestamp(*execution.createdAt) : std::string();
}

const Column columns[] = {
    {"id", [](const Execution& e) { return e.id; }},
    {"createdAt", createdAt},
    {"status", [](const Execution& e) { return e.status.value(); }},
    {"workflow", [](const Execution& e) { return e.associatedWorkflow.name; }},
    {"workflowId", [](const Execution& e) { return e.associatedWorkflow.id; }},
    {"application", [](const Execution& e) { return e.associatedApplication.name; }},
    {"applicationId", [](const Execution& e) { return e.associatedApplication.id; }},
    {"type", [](const Execution& e) { return e.typeOfExecution.value(); }},
    {"trigger", [](const Execution& e) { return e.triggerApplicationEvent; }},
    {"environment", [](const Execution& e) { return e.environment.value(); }},
    {"name", [](const Execution& e) { return e.name; }},
    {"linkedAccountId", [](const Execution& e) { return e.linkedAccountId; }},
    {"configId", [](const Execution& e) { return e.configId; }},
    {"orgId", [](const Execution& e) { return e.orgId; }},
};

/// What a spreadsheet takes for the beginning of a formula; full-width forms are formulas in some.
bool looksLikeFormula(std::string_view text) noexcept {
    if (text.empty()) return false;
    constexpr std::string_view starts = "=+-@\t\r\n";
    if (starts.find(text.front()) != std::string_view::npos) return true;
    const std::uint32_t first = decodeUtf8(text, 0).codePoint;
    return first == 0xFF1D || first == 0xFF0B || first == 0xFF0D || first == 0xFF20;
}

bool needsQuotes(std::string_view text) noexcept {
    if (text.empty()) return false;
    const auto special = [](char c) {
        return c == '"' || c == ',' || c == ';' || static_cast<unsigned char>(c) < 0x20;
    };
    return text.front() == ' ' || text.back() == ' ' || std::any_of(text.begin(), text.end(), special);
}

}  // namespace

std::string csvCell(std::string_view text) {
    std::string cell = looksLikeFormula(text) ? "'" : "";
    cell += text;
    if (!needsQuotes(cell)) return cell;
    std::string out = "\"";
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
    return out;
}

void CsvFormat::begin(bool resumed) {
    if (resumed) return;
    for (const Column& column : columns) {
        if (&column != columns) output_.append(",");
        output_.append(column.name);
    }
    output_.append("\r\n");
}

void CsvFormat::write(const Execution& execution) {
    for (const Column& column : columns) {
        if (&column != columns) output_.append(",");
        const std::string value = column.value(execution);
        output_.append(csvCell(forTerminal_ ? forDisplay(value, Charset::utf8).text : value));
    }
    output_.append("\r\n");
}

void CsvFormat::end() {
}

}  // namespace cli
