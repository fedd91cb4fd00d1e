// Writes runs as JSON text without a JSON library, because the embedded server must be fast. Used by History.
#ifndef REFOLD_TESTING_RUN_JSON_HPP
#define REFOLD_TESTING_RUN_JSON_HPP

#include "testing/run.hpp"

#include <string>
#include <string_view>

namespace refold::internal::fake {

/// Appends `text` as a JSON string with quotes. `asciiOnly` escapes everything else as `\u`.
void appendJsonString(std::string& out, std::string_view text, bool asciiOnly = false);

/// Sets the derived members of a workflow.
void finishWorkflow(Workflow& workflow);

void appendRunJson(std::string& out, const Run& run, const RunTables& tables);

/// Names that break careless programs: quotes, newlines, escape sequences, right-to-left text, emoji.
inline constexpr std::size_t unusualNameCount = 12;
std::string_view unusualName(std::size_t index);

}  // namespace refold::internal::fake

#endif
