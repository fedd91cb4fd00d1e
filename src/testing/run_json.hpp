// Runs -> JSON text, without a JSON library: the embedded server's answers have to cost next to nothing. Used by History.
#ifndef REFOLD_TESTING_RUN_JSON_HPP
#define REFOLD_TESTING_RUN_JSON_HPP

#include "testing/run.hpp"

#include <string>
#include <string_view>

namespace refold::internal::fake {

/// Appends `text` as a JSON string with its quotes. With `asciiOnly` everything beyond ASCII goes out as `\u` escapes.
void appendJsonString(std::string& out, std::string_view text, bool asciiOnly = false);

/// Fills in the members of a workflow that are worked out.
void finishWorkflow(Workflow& workflow);

void appendRunJson(std::string& out, const Run& run, const RunTables& tables);

/// Names that break careless programs: quotes, newlines, escape sequences, right-to-left, emoji.
inline constexpr std::size_t unusualNameCount = 12;
std::string_view unusualName(std::size_t index);

}  // namespace refold::internal::fake

#endif
