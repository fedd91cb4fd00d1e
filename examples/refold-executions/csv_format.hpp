// Executions as RFC 4180 has it: a header row, CRLF, quotes where they are needed. For spreadsheets: a cell that a
// spreadsheet would take for a formula gets an apostrophe in front, since the names in it are not ours to trust. Whoever
// needs the texts to the letter takes ndjson or json.
#ifndef REFOLD_EXECUTIONS_CSV_FORMAT_HPP
#define REFOLD_EXECUTIONS_CSV_FORMAT_HPP

#include "execution_writer.hpp"

#include <string>
#include <string_view>

namespace cli {

class CsvFormat final : public ExecutionWriter {
  public:
    CsvFormat(Output& output, bool forTerminal) noexcept : output_(output), forTerminal_(forTerminal) {}

    void begin(bool resumed) override;
    void write(const refold::Execution& execution) override;
    void end() override;

  private:
    Output& output_;
    bool forTerminal_;
};

/// One cell: guarded against formulas, and quoted if it has to be.
std::string csvCell(std::string_view text);

}  // namespace cli

#endif
