// Finds a run by its id or the first letters of it, and reports a missing or ambiguous one. Used by the commands on
// runs.
#ifndef REFOLD_EXECUTIONS_RUN_LOOKUP_HPP
#define REFOLD_EXECUTIONS_RUN_LOOKUP_HPP

#include "console.hpp"
#include "filters.hpp"
#include "interruption.hpp"

#include <refold/client.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace cli {

/// The run. Where the server does not know it and `id` may be the first letters of one, looks for it among the latest
/// runs. Throws `CommandError` if there is no such run, or several.
refold::ExecutionDetail findRun(const refold::Client& client, const std::string& id, const refold::CallOptions& call);

/// Returns the full id of the run that `id` identifies. Sends nothing if `id` is a full id.
std::string wholeId(const refold::Client& client, const std::string& id, const refold::CallOptions& call);

/// As `wholeId`, but tolerates outages, as a wait and a watch do, until `limit` has passed; no value: for ever.
std::string wholeIdThroughOutages(const refold::Client& client, const std::string& id, refold::CallOptions call,
                                  std::optional<std::chrono::milliseconds> limit, const Console& console);

/// Makes a whole id of the one that the filters name, if they do.
void resolveExecutionId(const refold::Client& client, Filters& filters, const Interruption& interruption);

/// `no run "x" for account "user_12345"`
std::string noSuchRun(const std::string& id);

}  // namespace cli

#endif
