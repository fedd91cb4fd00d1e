// Reads why runs failed from their details. Used by `list`, `errors` and `history --why`.
#ifndef REFOLD_EXECUTIONS_RUN_REASONS_HPP
#define REFOLD_EXECUTIONS_RUN_REASONS_HPP

#include "failure_reason.hpp"

#include <refold/client.hpp>

#include <cstddef>
#include <functional>
#include <vector>

namespace cli {

enum class ReasonsOf {
    failedRuns,
    /// Includes runs that have not failed, but of which a node has.
    allRuns
};

/// Returns the reason of each run's failure; empty for a run that has not failed, is not read, or no longer exists.
/// \param onRead  as of `readDetails`
std::vector<FailureReason> readReasons(const refold::Client& client, const std::vector<refold::Execution>& runs,
                                       const refold::CallOptions& call,
                                       const std::function<void(std::size_t)>& onRead = {},
                                       ReasonsOf which = ReasonsOf::failedRuns);

}  // namespace cli

#endif
