// Formats a change of a run as a line of a table or of ndjson. Used by `watch`.
#ifndef REFOLD_EXECUTIONS_CHANGE_FORMAT_HPP
#define REFOLD_EXECUTIONS_CHANGE_FORMAT_HPP

#include "run_columns.hpp"
#include "terminal.hpp"

#include <refold/execution_watch.hpp>
#include <refold/timestamp.hpp>

#include <string>
#include <vector>

namespace cli {

/// The layout of a watch's lines.
struct ChangeLayout {
    Terminal terminal = {};
    /// Also shows the day: for a backlog, or for lines in a file.
    bool withDay = false;
};

/// The names of the columns.
std::string changeHeader(const ChangeLayout& layout);

/// The columns that do not fit the terminal.
std::vector<RunColumn> columnsLeftOut(const ChangeLayout& layout);

/// Formats a change: time, status before and after with its sign, workflow, application, id and error. The line is cut
/// to the terminal's width; an error that does not fit follows on a separate line.
/// \param reason  empty for none
std::string changeLine(const refold::ExecutionChange& change, refold::Timestamp time, const ChangeLayout& layout,
                       const std::string& reason);

/// Returns the time of a change: the run's creation if it is new, its completion if the server sends it, otherwise
/// `seen`.
refold::Timestamp timeOf(const refold::ExecutionChange& change, refold::Timestamp seen);

/// The members of a line of ndjson beside the run.
struct ChangeFacts {
    refold::Timestamp time = {};
    /// True for a change before the watch began.
    bool isBacklog = false;
};

/// `{"previousStatus":…,"at":…,"backlog":…,"execution":…}`, the run as the server sent it.
/// \param forTerminal  spell characters that would act on a terminal as \uXXXX
std::string changeJson(const refold::ExecutionChange& change, const ChangeFacts& facts, bool forTerminal);

/// Now, by this machine's clock.
refold::Timestamp currentTime();

}  // namespace cli

#endif
