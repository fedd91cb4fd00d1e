// The templates of pages, embedded when the program is built. Used by whatever fills them.
#ifndef REFOLD_EXECUTIONS_PAGE_SOURCES_HPP
#define REFOLD_EXECUTIONS_PAGE_SOURCES_HPP

#include <string_view>

namespace cli {

/// history_page.html with its style sheet and its script.
std::string_view historyPageTemplate() noexcept;

}  // namespace cli

#endif
