// Executions as a table for people: a coloured status with its sign, then the columns that were asked for, aligned by
// the columns that the texts take on a terminal, and cut to its width.
#ifndef REFOLD_EXECUTIONS_TABLE_FORMAT_HPP
#define REFOLD_EXECUTIONS_TABLE_FORMAT_HPP

#include "execution_writer.hpp"
#include "run_columns.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Fits columns into a line: texts that may be cut give way first, then columns are left out, and the id is cut last.
/// \param natural  the widest text of each column
/// \return the width of each column; 0 for one that is left out
std::vector<std::size_t> fitColumns(const std::vector<RunColumn>& columns, const std::vector<std::size_t>& natural,
                                    std::optional<std::size_t> lineWidth);

class TableFormat final : public ExecutionWriter {
  public:
    /// \param now      what ages are reckoned from
    /// \param columns  empty: status, age, workflow, application and id, and the account where there are several
    TableFormat(Output& output, const Terminal& terminal, refold::Timestamp now, std::vector<RunColumn> columns = {});

    void begin(bool resumed) override;
    void write(const ShownRun& shown) override;
    void settle() override;
    void end() override { settle(); }

  private:
    struct Row {
        std::vector<std::string> cells;
        Colour colour = Colour::none;
    };

    std::string cellOf(RunColumn column, const ShownRun& shown) const;
    void layOut();
    void hideSingleAccount();
    void writeHeader();
    void writeRow(const Row& row);

    Output& output_;
    Terminal terminal_;
    refold::Timestamp now_;
    /// No columns were asked for: the account is shown only if the first rows are of several.
    bool byDefault_;
    std::vector<RunColumn> columns_;
    std::vector<Row> rows_;
    /// Chosen by the first rows and kept, so that the columns stand still while a listing goes on.
    std::optional<std::vector<std::size_t>> widths_;
    bool headerWanted_ = false;
};

}  // namespace cli

#endif
