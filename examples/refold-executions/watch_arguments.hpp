// Holds the checked arguments of `watch`.
#ifndef REFOLD_EXECUTIONS_WATCH_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_WATCH_ARGUMENTS_HPP

#include "filters.hpp"

#include <refold/client_options.hpp>
#include <refold/execution_watch.hpp>

#include <optional>
#include <string>

namespace cli {

enum class WatchFormat { table, ndjson };

struct WatchArguments {
    /// The statuses and `since` are not part of the query of the watch.
    Filters filters = {};
    refold::ClientOptions client = {};
    refold::WatchOptions watch = {};
    /// Unset: chosen by the kind of stdout.
    std::optional<WatchFormat> format = {};
    /// End at the first run that failed.
    bool exitStatus = false;
    std::optional<std::string> checkpoint = {};
    /// A command line for the shell, run at each change.
    std::optional<std::string> exec = {};
};

}  // namespace cli

#endif
