// Writes executions as CSV (RFC 4180): a header row, CRLF, quotes where needed. Puts an apostrophe before a text that a
// spreadsheet would run as a formula, also within a cell after a character that it may treat as a separator, since
// texts come from outside. ndjson and json keep texts unchanged.
#ifndef REFOLD_EXECUTIONS_CSV_FORMAT_HPP
#define REFOLD_EXECUTIONS_CSV_FORMAT_HPP

#include "execution_writer.hpp"
#include "run_columns.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

class CsvFormat final : public ExecutionWriter {
  public:
    CsvFormat(Output& output, bool forTerminal, refold::Timestamp now, const WriterOptions& options);

    void begin(bool resumed) override;
    void write(const ShownRun& shown) override;
    void end() override;

  private:
    Output& output_;
    bool forTerminal_;
    refold::Timestamp now_;
    std::vector<RunColumn> columns_;
    bool byteOrderMark_;
};

/// One cell: guarded against formulas, and quoted if it has to be.
std::string csvCell(std::string_view text);

}  // namespace cli

#endif
