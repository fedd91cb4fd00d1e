// Acts on many runs, one after the other: each request is sent once, each run has its line, and a server that cannot be
// reached is waited for. Used by `rerun` and `stop`.
#ifndef REFOLD_EXECUTIONS_ACTION_RUNNER_HPP
#define REFOLD_EXECUTIONS_ACTION_RUNNER_HPP

#include "action_journal.hpp"
#include "bulk_arguments.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "outage_pause.hpp"
#include "selected_run.hpp"

#include <refold/client.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cli {

class ActionRunner {
  public:
    /// \param journal     may be null
    /// \param wasReached  the server has answered this command before
    ActionRunner(const BulkArguments& arguments, const refold::Client& client, ActionJournal* journal, Console& console,
                 const Interruption& interruption, bool wasReached);

    /// Prints the summary even if it throws. Returns `done`, or the code of the first run that could not be acted on.
    ExitCode run(const std::vector<SelectedRun>& runs);

    /// The ids of new runs, including those of earlier attempts.
    const std::vector<std::string>& newIds() const noexcept { return newIds_; }

  private:
    ActionResult act(const std::string& id);
    std::string request(const std::string& id);
    /// Pauses before the next try, or rethrows `error` once the outage has lasted too long.
    void pauseFor(const refold::Error& error);
    void count(const SelectedRun& run, const ActionResult& result, ExitCode code);
    void summarize(std::size_t all) const;

    const BulkArguments& arguments_;
    const refold::Client& client_;
    ActionJournal* journal_;
    Console& console_;
    const Interruption& interruption_;
    bool reached_;
    /// The code of the latest run.
    ExitCode lastCode_ = ExitCode::done;
    ExitCode firstCode_ = ExitCode::done;
    std::int64_t done_ = 0;
    std::int64_t refused_ = 0;
    std::vector<std::string> inDoubt_;
    std::vector<std::string> newIds_;
    OutagePause outage_;
};

/// The line of a run that would be acted on, as ndjson.
std::string plannedLine(const SelectedRun& run, const std::string& action);

}  // namespace cli

#endif
