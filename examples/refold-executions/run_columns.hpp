// Defines the columns of tables and CSV: their names for `--columns`, titles, layout and values.
#ifndef REFOLD_EXECUTIONS_RUN_COLUMNS_HPP
#define REFOLD_EXECUTIONS_RUN_COLUMNS_HPP

#include "failure_reason.hpp"

#include <refold/execution.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

enum class RunColumn {
    status,
    age,
    createdAt,
    completedAt,
    duration,
    workflow,
    workflowId,
    application,
    applicationId,
    account,
    type,
    trigger,
    environment,
    name,
    configId,
    orgId,
    node,
    error,
    id
};

/// A run as it is shown, with the reason of its failure if that was requested.
struct ShownRun {
    ShownRun(const refold::Execution& shown)
        : run(shown) {}  // NOLINT(google-explicit-constructor): most have no reason
    ShownRun(const refold::Execution& shown, const FailureReason& failure) : run(shown), reason(&failure) {}

    const refold::Execution& run;
    const FailureReason* reason = nullptr;
};

/// Reads `age,status,error`: names in any case of letters, `-` and `_` left out. Throws `UsageError` with the names
/// that there are.
std::vector<RunColumn> parseColumns(std::string_view flag, std::string_view text);

/// The column's name, as CSV has it in its first line.
std::string_view nameOf(RunColumn column) noexcept;
/// As a table has it.
std::string_view titleOf(RunColumn column) noexcept;

/// The layout of a column in a table that is too wide.
struct ColumnLayout {
    /// The usual width of its texts, reserved even if the first rows are shorter.
    std::size_t usual = 0;
    /// The width to which its texts may be cut; 0: they are not cut.
    std::size_t narrowest = 0;
    /// Its share of the width that is left for texts that may be cut.
    std::size_t share = 0;
    /// The column with the lowest value is left out first; 0: never left out.
    int leftOut = 0;
};
ColumnLayout layoutOf(RunColumn column) noexcept;

/// True if the columns need the detail of each failed run.
bool needReasons(const std::vector<RunColumn>& columns) noexcept;

/// For machines: dates and durations in full, empty if there is no value.
std::string plainValue(RunColumn column, const ShownRun& shown, refold::Timestamp now);
/// For people: `3m20s`, `2h ago`; empty if there is no value.
std::string shownValue(RunColumn column, const ShownRun& shown, refold::Timestamp now);

/// From its creation to its completion; empty while it is in progress.
std::optional<std::chrono::milliseconds> durationOf(const refold::Execution& run);

}  // namespace cli

#endif
