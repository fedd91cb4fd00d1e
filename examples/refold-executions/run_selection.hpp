// Selects the runs that `rerun` and `stop` act on: by ids on the command line or stdin, or by filters. The selection is
// complete before the first action, so that a rerun cannot be selected again.
#ifndef REFOLD_EXECUTIONS_RUN_SELECTION_HPP
#define REFOLD_EXECUTIONS_RUN_SELECTION_HPP

#include "bulk_arguments.hpp"
#include "console.hpp"
#include "interruption.hpp"
#include "selected_run.hpp"

#include <refold/client.hpp>

#include <cstddef>
#include <vector>

namespace cli {

/// Adds the ids on stdin, a line each or in ndjson, to `ids` and to `selection`. Throws `UsageError` for a line with
/// anything else, and `refold::Cancelled`.
void addIdsFromStdin(BulkArguments& arguments, const Interruption& interruption);

struct Selected {
    std::vector<SelectedRun> runs = {};
    /// How many runs that were named cannot be acted on: reported, and not among `runs`.
    std::size_t refused = 0;
};

/// Each run once; those that filters find with the oldest first. Throws where one that is named does not exist.
/// \param lookUp  ask the server about runs that are named, to show what they are, and to refuse to stop what has ended
Selected selectRuns(const BulkArguments& arguments, const refold::Client& client, bool lookUp, const Console& console,
                    const Interruption& interruption);

}  // namespace cli

#endif
