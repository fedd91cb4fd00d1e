// Executions as CSV by RFC 4180: a header row, CRLF, quotes where needed. Text that a spreadsheet would take for a
// formula gets an apostrophe in front, since names come from outside; also after every character that a spreadsheet
// may treat as a separator. ndjson and json keep texts unchanged.
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
