// The text that replaces secrets. Used by the redactors of errors and events.
#ifndef REFOLD_AUTH_REDACTION_HPP
#define REFOLD_AUTH_REDACTION_HPP

#include "text/clean_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace refold::internal {

inline constexpr std::string_view redactionMark = "***";

/// Shorter values are not searched for: they would redact parts of ordinary words.
inline constexpr std::size_t minSecretLength = 4;

/// Returns a message of the user's code as one line without secrets. `redact` removes them before anything is cut,
/// because a part of a secret is not recognised; and after cleaning, because that may join the parts.
template <class Redact>
std::string redactedLine(const char* text, std::size_t maxBytes, const Redact& redact) {
    return cleanText(redact(cleanText(redact(text), uncut)), maxBytes);
}

}  // namespace refold::internal

#endif
