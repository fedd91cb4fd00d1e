// Tells whether two commands ask the same server for the same account, without writing either down. Used by
// checkpoints.
#ifndef REFOLD_EXECUTIONS_ACCOUNT_SOURCE_HPP
#define REFOLD_EXECUTIONS_ACCOUNT_SOURCE_HPP

#include <refold/client_options.hpp>

#include <cstdint>

namespace cli {

/// A hash of the base URL and the linked account, as far as they are known: session tokens name their account only to
/// the server.
std::uint64_t sourceOf(const refold::ClientOptions& options);

}  // namespace cli

#endif
