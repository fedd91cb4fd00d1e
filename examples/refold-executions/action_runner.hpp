// Acts on many runs, one after the other: each request is sent once, each run has its line, and a server that cannot be
// reached is waited for. Used by `rerun` and `stop`.
#ifndef REFOLD_EXECUTIONS_ACTION_RUNNER_HPP
#define REFOLD_EXECUTIONS_ACTION_RUNNER_HPP

#include "action_journal.hpp"
#include "bulk_arguments.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "selected_run.hpp"

#include <refold/client.hpp>

#include <chrono>
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

    /// Tells what became of all of them also where it throws. Done, or the code of the first run that could not be
    /// acted on.
    ExitCode run(const std::vector<SelectedRun>& runs);

    /// Of the reruns, those of earlier attempts included.
    const std::vector<std::string>& newIds() const noexcept { return newIds_; }

  private:
    ActionResult act(const std::string& id);
    std::string request(const std::string& id);
    /// Waits for a server that has not acted, or throws `error` again where it has been waited for long enough.
    void waitOut(const refold::Error& error);
    void tellRecovery();
    void count(const SelectedRun& run, const ActionResult& result, ExitCode code);
    void summarize(std::size_t all) const;

    const BulkArguments& arguments_;
    const refold::Client& client_;
    ActionJournal* journal_;
    Console& console_;
    const Interruption& interruption_;
    bool reached_;
    /// Of the run that was acted on last.
    ExitCode lastCode_ = ExitCode::done;
    ExitCode firstCode_ = ExitCode::done;
    std::int64_t done_ = 0;
    std::int64_t refused_ = 0;
    std::vector<std::string> inDoubt_;
    std::vector<std::string> newIds_;
    int failures_ = 0;
    std::chrono::steady_clock::time_point outageStart_ = {};
};

/// The line of a run that would be acted on, as ndjson.
std::string plannedLine(const SelectedRun& run, const std::string& action);

}  // namespace cli

#endif
