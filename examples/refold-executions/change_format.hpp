// A change of a run as a line: for people, and for machines. Used by `watch`.
#ifndef REFOLD_EXECUTIONS_CHANGE_FORMAT_HPP
#define REFOLD_EXECUTIONS_CHANGE_FORMAT_HPP

#include "terminal.hpp"

#include <refold/execution_watch.hpp>
#include <refold/timestamp.hpp>

#include <string>

namespace cli {

/// How a watch shows its lines.
struct ChangeLayout {
    Terminal terminal = {};
    /// The day is shown as well: lines tell of what was before today, or go to a file.
    bool withDay = false;
};

/// The names of the columns.
std::string changeHeader(const ChangeLayout& layout);

/// When, the status before and after with its sign, workflow, application and id, and why it failed; cut to the
/// terminal's width, the reason on a line of its own where there is no room for it.
/// \param reason  empty for none
std::string changeLine(const refold::ExecutionChange& change, refold::Timestamp time, const ChangeLayout& layout,
                       const std::string& reason);

/// When it happened: the run's creation where it is new, its end where it has ended and the server says when; else
/// `seen`.
refold::Timestamp timeOf(const refold::ExecutionChange& change, refold::Timestamp seen);

/// `{"previousStatus":…,"execution":…}`, the run as the server sent it.
/// \param forTerminal  spell characters that would act on a terminal as \uXXXX
std::string changeJson(const refold::ExecutionChange& change, bool forTerminal);

/// Now, by this machine's clock.
refold::Timestamp currentTime();

}  // namespace cli

#endif
