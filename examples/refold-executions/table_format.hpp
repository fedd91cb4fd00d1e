// Writes executions as a table: a coloured status with its sign and the other columns, aligned by display width and
// fitted into the width of the terminal.
#ifndef REFOLD_EXECUTIONS_TABLE_FORMAT_HPP
#define REFOLD_EXECUTIONS_TABLE_FORMAT_HPP

#include "console.hpp"
#include "execution_writer.hpp"
#include "run_columns.hpp"
#include "table_layout.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

class TableFormat final : public ExecutionWriter {
  public:
    /// \param now      what ages are reckoned from
    /// \param columns  empty: status, age, workflow, application and id, and the account if there are several
    TableFormat(Output& output, const Terminal& terminal, refold::Timestamp now, std::vector<RunColumn> columns = {});

    void begin(bool resumed) override;
    void write(const ShownRun& shown) override;
    void settle() override;
    void end() override { settle(); }
    std::vector<RunColumn> leftOut() const override;

  private:
    struct Row {
        std::vector<std::string> cells;
        Colour colour = Colour::none;
    };

    std::string cellOf(RunColumn column, const ShownRun& shown) const;
    void layOut();
    bool hasSeveralAccounts() const;
    void writeHeader();
    void writeRow(const Row& row);
    /// On lines of its own.
    void writeError(const Row& row);

    Output& output_;
    Terminal terminal_;
    refold::Timestamp now_;
    /// No columns were asked for: the account is shown only if the first rows are of several.
    bool byDefault_;
    std::vector<RunColumn> columns_;
    std::vector<Row> rows_;
    /// Determined by the first rows and then kept, so that the columns do not move during a listing.
    std::optional<TableLayout> layout_;
    bool headerWanted_ = false;
};

/// Names the columns that had no room on the terminal, and says how to see them.
/// \param remedy  beside a wider terminal, such as `choose with --columns`
void reportLeftOut(const std::vector<RunColumn>& columns, const Console& console, const std::string& remedy);

}  // namespace cli

#endif
