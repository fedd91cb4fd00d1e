// Errors that the user's own code throws through the library, such as a transport's or a strategy's: thrown on without the secrets
// in their texts. Used by the pipeline and by the auth gate.
#ifndef REFOLD_AUTH_REDACTED_ERROR_HPP
#define REFOLD_AUTH_REDACTED_ERROR_HPP

#include <refold/error.hpp>

#include <functional>
#include <string>

namespace refold::internal {

/// To be called while `error` is being handled. Throws it on; where `redact` has something to take out of its texts, another of
/// the class that the library knows it by. Its message comes out on one line.
[[noreturn]] void rethrowRedacted(const Error& error, const std::function<std::string(std::string)>& redact);

}  // namespace refold::internal

#endif
