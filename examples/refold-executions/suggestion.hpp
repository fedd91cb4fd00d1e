// Finds the known word most similar to a mistyped one: a command, a flag or a status. Used by the command line.
#ifndef REFOLD_EXECUTIONS_SUGGESTION_HPP
#define REFOLD_EXECUTIONS_SUGGESTION_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The fewest insertions, deletions, substitutions and swaps of neighbours that make `b` of `a`.
std::size_t editDistance(std::string_view a, std::string_view b);

/// The candidate that is nearest to `word`, in any case of letters; none where all of them are too far away to be
/// meant.
std::optional<std::string> nearestTo(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace cli

#endif
