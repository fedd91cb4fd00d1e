// Puts a run's JSON, as the server sent it, onto one line. Used by ndjson and json.
#ifndef REFOLD_EXECUTIONS_RAW_JSON_HPP
#define REFOLD_EXECUTIONS_RAW_JSON_HPP

#include <string>
#include <string_view>

namespace cli {

/// Leaves out the line breaks and tabs between tokens and touches nothing else: no digit, no string, no order.
/// \param forTerminal  spell characters that would act on a terminal as \uXXXX, which is the same JSON
std::string onOneLine(std::string_view json, bool forTerminal);

}  // namespace cli

#endif
