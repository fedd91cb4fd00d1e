// The interface between commands and formats: takes executions one by one and writes text to an `Output`. Each
// format is a class in a file of its own.
#ifndef REFOLD_EXECUTIONS_EXECUTION_WRITER_HPP
#define REFOLD_EXECUTIONS_EXECUTION_WRITER_HPP

#include "output.hpp"
#include "run_columns.hpp"
#include "terminal.hpp"

#include <refold/execution.hpp>
#include <refold/page.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace cli {

enum class Format { table, ndjson, json, csv };

std::string_view nameOf(Format format) noexcept;
std::optional<Format> formatNamed(std::string_view name) noexcept;

class ExecutionWriter {
  public:
    ExecutionWriter() = default;
    ExecutionWriter(const ExecutionWriter&) = delete;
    ExecutionWriter& operator=(const ExecutionWriter&) = delete;
    virtual ~ExecutionWriter() = default;

    /// Writes what precedes the first execution. \param resumed  the stream already holds it, and executions too
    virtual void begin(bool resumed) = 0;
    virtual void write(const ShownRun& shown) = 0;
    /// Writes executions that were held back for layout.
    virtual void settle() {}
    /// Writes what follows the last execution.
    virtual void end() = 0;
    /// Columns that did not fit.
    virtual std::vector<RunColumn> leftOut() const { return {}; }

    /// Writes a single page, with its numbers if the format has a place for them.
    virtual void writePage(const refold::Page<refold::Execution>& page) {
        begin(false);
        for (const refold::Execution& execution : page) write(execution);
        end();
    }
};

/// Options of the formats.
struct WriterOptions {
    /// For a table and for CSV; empty: the usual ones.
    std::vector<RunColumn> columns = {};
    /// Begins CSV with a byte order mark, so that Excel reads it as UTF-8.
    bool byteOrderMark = false;
};

/// \param terminal  what `output` leads to
std::unique_ptr<ExecutionWriter> makeWriter(Format format, Output& output, const Terminal& terminal,
                                            const WriterOptions& options = {});

}  // namespace cli

#endif
