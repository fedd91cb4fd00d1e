// The history for machines. The shape is an interface, described in docs/run-history.md.
#ifndef REFOLD_EXECUTIONS_HISTORY_JSON_HPP
#define REFOLD_EXECUTIONS_HISTORY_JSON_HPP

#include "history.hpp"

#include <string>

namespace cli {

/// One JSON object, and a line break.
std::string writeHistoryJson(const History& history);

}  // namespace cli

#endif
