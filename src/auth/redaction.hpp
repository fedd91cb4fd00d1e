// How secrets look once they are redacted. Used by the redactors of errors and events.
#ifndef REFOLD_AUTH_REDACTION_HPP
#define REFOLD_AUTH_REDACTION_HPP

#include <cstddef>
#include <string_view>

namespace refold::internal {

inline constexpr std::string_view redactionMark = "***";

/// Shorter values are not searched for: they would redact parts of ordinary words.
inline constexpr std::size_t minSecretLength = 4;

}  // namespace refold::internal

#endif
