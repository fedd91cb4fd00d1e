// Creates the writer of a format.
#include "execution_writer.hpp"

#include "csv_format.hpp"
#include "json_format.hpp"
#include "ndjson_format.hpp"
#include "table_format.hpp"

#include <chrono>

namespace cli {
namespace {

struct NamedFormat {
    std::string_view name;
    Format format;
};

constexpr NamedFormat formats[] = {
    {"table", Format::table}, {"ndjson", Format::ndjson}, {"json", Format::json}, {"csv", Format::csv}};

}  // namespace

std::string_view nameOf(Format format) noexcept {
    for (const NamedFormat& known : formats) {
        if (known.format == format) return known.name;
    }
    return {};
}

std::optional<Format> formatNamed(std::string_view name) noexcept {
    for (const NamedFormat& known : formats) {
        if (known.name == name) return known.format;
    }
    return {};
}

std::unique_ptr<ExecutionWriter> makeWriter(Format format, Output& output, const Terminal& terminal,
                                            const WriterOptions& options) {
    const auto now = std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
    switch (format) {
        case Format::table:
            return std::make_unique<TableFormat>(output, terminal, now, options.columns);
        case Format::ndjson:
            return std::make_unique<NdjsonFormat>(output, terminal.isTerminal);
        case Format::json:
            return std::make_unique<JsonFormat>(output, terminal.isTerminal);
        case Format::csv:
            break;
    }
    return std::make_unique<CsvFormat>(output, terminal.isTerminal, now, options);
}

}  // namespace cli
