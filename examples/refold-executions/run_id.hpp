// Parses the ids of runs as users write them: in full, by the first letters, or as the address of a page of the
// dashboard. Used by every command that takes an id.
#ifndef REFOLD_EXECUTIONS_RUN_ID_HPP
#define REFOLD_EXECUTIONS_RUN_ID_HPP

#include <string>
#include <string_view>

namespace cli {

/// Returns the id in a URL, or `text` itself if it is not a URL. Throws `UsageError`, which names `flag`, for a text
/// that cannot be an id.
std::string runIdIn(std::string_view flag, std::string_view text);

/// True for letters, digits, `-` and `_`.
bool isPlainId(std::string_view text) noexcept;

/// True if a text may be the first letters of an id: hexadecimal, and shorter than an id.
bool mayBeIdPrefix(std::string_view text) noexcept;

}  // namespace cli

#endif
