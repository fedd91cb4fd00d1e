// Holds a run to act on: its id, and what a listing or a lookup has told about it.
#ifndef REFOLD_EXECUTIONS_SELECTED_RUN_HPP
#define REFOLD_EXECUTIONS_SELECTED_RUN_HPP

#include <refold/execution.hpp>

#include <string>

namespace cli {

struct SelectedRun {
    std::string id = {};
    /// Workflow, status and date if the run was listed or looked up; otherwise only the id.
    refold::Execution known = {};
};

}  // namespace cli

#endif
