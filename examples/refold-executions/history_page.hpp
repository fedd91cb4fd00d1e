// Renders the page of `history --html FILE`, which needs no network. history_page.html and .css define its layout, and
// history_page.js, history_chart.js and history_runs.js its behaviour; this class supplies the values.
#ifndef REFOLD_EXECUTIONS_HISTORY_PAGE_HPP
#define REFOLD_EXECUTIONS_HISTORY_PAGE_HPP

#include "history.hpp"

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

class HistoryPage {
  public:
    /// The number of latest runs that are HTML rows, for browsers without scripts. The script has the data of all runs.
    static constexpr std::size_t maxRows = 200;

    /// Adds a run to the page's table.
    void add(const refold::Execution& run, const HistorySummary::RunIndices& indices);

    /// Returns the page. Sorts the added rows, latest first.
    std::string render(const History& history);

  private:
    struct Row {
        std::string id;
        std::optional<refold::Timestamp> createdAt;
        HistorySummary::RunIndices indices;
        /// An index into `accounts_`.
        std::size_t account = 0;
    };

    std::string data(const History& history) const;

    std::vector<Row> rows_;
    RunGroups accounts_;
};

}  // namespace cli

#endif
