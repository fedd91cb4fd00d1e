// Writes the history as JSON. docs/run-history.md describes the format, which is part of the interface.
#ifndef REFOLD_EXECUTIONS_HISTORY_JSON_HPP
#define REFOLD_EXECUTIONS_HISTORY_JSON_HPP

#include "history.hpp"

#include <string>

namespace cli {

/// One JSON object, and a line break.
std::string writeHistoryJson(const History& history);

}  // namespace cli

#endif
