// Formats the tables of `history` for a terminal: runs by workflow, application, account or environment, beside the
// period before if it was read. Used by the report.
#ifndef REFOLD_EXECUTIONS_HISTORY_GROUPS_HPP
#define REFOLD_EXECUTIONS_HISTORY_GROUPS_HPP

#include "history_summary.hpp"
#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

/// In columns: of the report's tables, from its left edge.
inline constexpr std::size_t margin = 2;
/// Of an id as the service makes them.
inline constexpr std::size_t idWidth = 24;
inline constexpr std::size_t widestName = 48;
inline constexpr std::size_t narrowestName = 12;

/// The width of the layout if `terminal` has none.
std::size_t widthOf(const Terminal& terminal) noexcept;

/// A blank line, a title and a remark beside it.
std::string heading(std::string_view title, std::string_view remark, const Terminal& terminal);

struct GroupTable {
    std::string_view title = {};
    std::string_view nameTitle = {};
    /// Shows failure rates; else counts of runs alone.
    bool hasRates = true;
};

/// \param before  the groups of the period before; null if it was not asked for
std::string writeGroups(const RunGroups& groups, const RunGroups* before, const GroupTable& table,
                        const Terminal& terminal);

}  // namespace cli

#endif
