// Fills the parts of the page of `history`, one function for each section of history_page.html. Used by HistoryPage.
#ifndef REFOLD_EXECUTIONS_HISTORY_PAGE_PARTS_HPP
#define REFOLD_EXECUTIONS_HISTORY_PAGE_PARTS_HPP

#include "history.hpp"
#include "history_summary.hpp"
#include "page_template.hpp"

#include <refold/timestamp.hpp>

#include <cstddef>
#include <string>

namespace cli {

/// Text from the server, safe to show; `-` for an empty one.
std::string pageTextOrDash(const std::string& text);

/// A number for an attribute of a drawing, with two decimals.
std::string decimal(double value);

/// `3 failed, 12 completed`; `no runs`
std::string listOf(const OutcomeCounts& counts);

/// The number of named accounts; a run may have none.
std::size_t namedAccounts(const RunGroups& accounts);

/// Adds a round of `section` with `iso`, which the page's script reads, and `text`.
void fillTime(PageValues& page, const std::string& section, refold::Timestamp time, const std::string& text);

/// Headline, period, filters, the counts of outcomes, how the page was made.
void fillHead(PageValues& page, const History& history, const RunGroups& accounts);

/// The latest failures, at the top where an on-call reader looks first.
void fillFailures(PageValues& page, const HistorySummary& summary);

/// The most frequent errors, if requested.
void fillErrors(PageValues& page, const History& history);

/// The two periods side by side, if there is one before.
void fillComparison(PageValues& page, const History& history);

/// Outcomes over time.
void fillChart(PageValues& page, const History& history);

/// Workflows, applications and, if there are several, accounts by failure rate.
void fillRates(PageValues& page, const History& history, const RunGroups& accounts);

}  // namespace cli

#endif
