// Rethrows errors of the user's code (a transport, a strategy) without the secrets in their texts. Used by the pipeline
// and by the auth gate.
#ifndef REFOLD_AUTH_REDACTED_ERROR_HPP
#define REFOLD_AUTH_REDACTED_ERROR_HPP

#include <refold/error.hpp>

#include <functional>
#include <string>

namespace refold::internal {

/// Must be called in a handler of `error`. Rethrows it; if `redact` changes one of its texts, throws a copy of the same
/// library class, whose message is one line.
[[noreturn]] void rethrowRedacted(const Error& error, const std::function<std::string(std::string)>& redact);

/// As above, but always throws a copy, except for an InvalidArgument: `Error::outcomeUnknown` is true, and `warning`
/// follows the message. An InvalidArgument says that nothing was sent.
[[noreturn]] void rethrowWithOutcomeUnknown(const Error& error, const std::function<std::string(std::string)>& redact,
                                            const std::string& warning);

}  // namespace refold::internal

#endif
