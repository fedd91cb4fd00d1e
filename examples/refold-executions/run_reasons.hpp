// Reads why runs failed from their details. Used by `list`, `errors` and `history --why`.
#ifndef REFOLD_EXECUTIONS_RUN_REASONS_HPP
#define REFOLD_EXECUTIONS_RUN_REASONS_HPP

#include "failure_reason.hpp"

#include <refold/client.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace cli {

/// Returns the reason of each run's failure; empty for a run that has not failed or no longer exists.
/// \param onRead  as of `readDetails`
std::vector<FailureReason> readReasons(const refold::Client& client, const std::vector<refold::Execution>& runs,
                                       const refold::CallOptions& call,
                                       const std::function<void(std::size_t)>& onRead = {});

}  // namespace cli

#endif
