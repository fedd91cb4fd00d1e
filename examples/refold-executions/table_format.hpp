// Executions as a table for people: a coloured status with its sign, the age, workflow, application and id, aligned by the
// columns that the texts take on a terminal, and cut to its width.
#ifndef REFOLD_EXECUTIONS_TABLE_FORMAT_HPP
#define REFOLD_EXECUTIONS_TABLE_FORMAT_HPP

#include "execution_writer.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The table's columns, from left to right.
enum class TableColumn : std::size_t { status, age, workflow, application, id };
inline constexpr std::size_t tableColumnCount = 5;

using TableWidths = std::array<std::size_t, tableColumnCount>;

/// Fits columns into a line: workflow and application give way first, then application and age are left out, the id is cut last.
/// \param natural  the widest text of each column
/// \return the width of each column; 0 for one that is left out
TableWidths fitColumns(const TableWidths& natural, std::optional<std::size_t> lineWidth);

class TableFormat final : public ExecutionWriter {
  public:
    /// \param now  what ages are reckoned from
    TableFormat(Output& output, const Terminal& terminal, refold::Timestamp now)
        : output_(output), terminal_(terminal), now_(now) {}

    void begin(bool resumed) override;
    void write(const refold::Execution& execution) override;
    void settle() override;
    void end() override { settle(); }

  private:
    struct Row {
        std::array<std::string, tableColumnCount> cells;
        Colour colour = Colour::none;
    };

    void layOut();
    void writeHeader();
    void writeRow(const Row& row);

    Output& output_;
    Terminal terminal_;
    refold::Timestamp now_;
    std::vector<Row> rows_;
    /// Chosen by the first rows and kept, so that the columns stand still while a listing goes on.
    std::optional<TableWidths> widths_;
    bool headerWanted_ = false;
};

}  // namespace cli

#endif
