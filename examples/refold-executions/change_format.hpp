// A change of a run as a line: for people, and for machines. Used by `watch`.
#ifndef REFOLD_EXECUTIONS_CHANGE_FORMAT_HPP
#define REFOLD_EXECUTIONS_CHANGE_FORMAT_HPP

#include "terminal.hpp"

#include <refold/execution_watch.hpp>
#include <refold/timestamp.hpp>

#include <string>

namespace cli {

/// When, the status before and after with its sign, workflow, application and id; cut to the terminal's width.
std::string changeLine(const refold::ExecutionChange& change, refold::Timestamp seen, const Terminal& terminal);

/// `{"previousStatus":…,"execution":…}`, the run as the server sent it.
/// \param forTerminal  spell characters that would act on a terminal as \uXXXX
std::string changeJson(const refold::ExecutionChange& change, bool forTerminal);

/// Now, by this machine's clock.
refold::Timestamp currentTime();

}  // namespace cli

#endif
