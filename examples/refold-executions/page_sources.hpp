// Provides the page templates that are embedded when the program is built. Used by HistoryPage.
#ifndef REFOLD_EXECUTIONS_PAGE_SOURCES_HPP
#define REFOLD_EXECUTIONS_PAGE_SOURCES_HPP

#include <string_view>

namespace cli {

/// history_page.html with its style sheet and its script.
std::string_view historyPageTemplate() noexcept;

}  // namespace cli

#endif
