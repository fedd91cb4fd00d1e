// Computes the widths of a table's columns: as wide as their texts, fitted into a line. Used by the table of runs.
#ifndef REFOLD_EXECUTIONS_TABLE_LAYOUT_HPP
#define REFOLD_EXECUTIONS_TABLE_LAYOUT_HPP

#include "run_columns.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace cli {

/// The treatment of columns that do not fit a line.
enum class Overflow {
    leaveOut,  ///< columns that were not asked for are left out, the least important one first
    exceed     ///< all are shown, and the line exceeds its width if it must; an error moves to lines of its own
};

struct TableLayout {
    /// Of each column; 0 for one that is not in the line.
    std::vector<std::size_t> widths = {};
    /// Columns that are not shown.
    std::vector<RunColumn> leftOut = {};
    /// The error is shown on lines of its own, below the run's.
    bool errorBelow = false;
};

/// The longest text of a column that is shown whole.
std::size_t widestOf(RunColumn column) noexcept;

/// Texts that may be cut share what the others leave; the id, dates and durations are never cut.
/// \param natural    the widest text of each column; 0 for one that is not to be shown
/// \param lineWidth  none: a line has no limit
TableLayout fitColumns(const std::vector<RunColumn>& columns, const std::vector<std::size_t>& natural,
                       std::optional<std::size_t> lineWidth, Overflow overflow = Overflow::leaveOut);

}  // namespace cli

#endif
