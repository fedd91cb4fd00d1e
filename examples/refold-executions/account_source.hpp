// Identifies the server and account that a command addresses, by a hash that reveals neither. Used by checkpoints, to
// check that they are resumed on the same history.
#ifndef REFOLD_EXECUTIONS_ACCOUNT_SOURCE_HPP
#define REFOLD_EXECUTIONS_ACCOUNT_SOURCE_HPP

#include <refold/client_options.hpp>

#include <cstdint>

namespace cli {

/// A hash of the base URL, the linked account, and what the credentials tell: the first two letters of a key, which
/// choose the environment, or the claims of a session token that name organisation, account and environment. Other
/// tokens than JWTs cannot be told apart.
std::uint64_t sourceOf(const refold::ClientOptions& options);

}  // namespace cli

#endif
