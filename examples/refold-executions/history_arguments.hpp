// What `history` was asked to do, read and checked.
#ifndef REFOLD_EXECUTIONS_HISTORY_ARGUMENTS_HPP
#define REFOLD_EXECUTIONS_HISTORY_ARGUMENTS_HPP

#include "history.hpp"
#include "list_arguments.hpp"

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
    /// The filters as they were written, for the report.
    std::vector<AppliedFilter> applied = {};
    refold::ClientOptions client = {};
    int prefetch = 1;
    /// When the command was given.
    refold::Timestamp now = {};
    /// Unset: by where stdout leads to.
    std::optional<HistoryFormat> format = {};
    std::optional<std::string> html = {};
};

}  // namespace cli

#endif
