// Holds the checked arguments of `history`.
#ifndef REFOLD_EXECUTIONS_HISTORY_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_HISTORY_ARGUMENTS_HPP

#include "filters.hpp"
#include "history.hpp"

#include <refold/client_options.hpp>
#include <refold/timestamp.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cli {

enum class HistoryFormat { table, json };

struct HistoryArguments {
    /// The dates included: the last seven days where none was given.
    Filters filters = {};
    bool isDefaultPeriod = false;
    refold::ClientOptions client = {};
    int prefetch = 1;
    /// The time of the command.
    refold::Timestamp now = {};
    /// Unset: chosen by the kind of stdout.
    std::optional<HistoryFormat> format = {};
    /// `-` for stdout.
    std::optional<std::string> html = {};
    /// Read the period before, too.
    bool compare = false;
    /// Read why runs failed.
    bool why = false;
    std::vector<HistoryGrouping> groupings = {};
};

}  // namespace cli

#endif
