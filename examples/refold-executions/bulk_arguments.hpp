// Holds the checked arguments of `rerun` and `stop`.
#ifndef REFOLD_EXECUTIONS_BULK_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_BULK_ARGUMENTS_HPP

#include "execution_writer.hpp"
#include "filters.hpp"

#include <refold/client_options.hpp>
#include <refold/wait_options.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

enum class BulkAction { rerun, stop };

struct BulkArguments {
    BulkAction action = BulkAction::rerun;
    /// Empty: the runs that the filters select.
    std::vector<std::string> ids = {};
    /// Ids are also read from stdin, one per line; `runBulk` adds them to `ids` and to `selection`.
    bool readsStdin = false;
    Filters filters = {};
    std::optional<std::int64_t> max = {};
    /// Filters without dates and without a maximum select from all runs that the server has.
    bool coversHistory = false;
    /// The part of the command line that selects runs, to check that a checkpoint belongs to it.
    std::string selection = {};
    refold::ClientOptions client = {};
    /// Do not ask for confirmation.
    bool yes = false;
    /// Print the selection and do nothing.
    bool dryRun = false;
    std::optional<std::string> checkpoint = {};
    /// Unset: chosen by the kind of stdout.
    std::optional<Format> format = {};
    /// Set: wait until the new runs have ended.
    std::optional<refold::WaitOptions> wait = {};
    refold::Timestamp now = {};

    /// True for one run named on the command line: it has no line and no summary, only the new id, unless a format or a
    /// checkpoint asks for them.
    bool isSingle() const noexcept { return ids.size() == 1 && !readsStdin && !checkpoint && !format; }
};

}  // namespace cli

#endif
