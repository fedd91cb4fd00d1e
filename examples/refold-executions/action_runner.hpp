// Acts on many runs, one after the other. Sends each request once, reports each run on a line, waits while the server
// is unreachable, and stops when outcomes stay unknown. Used by `rerun` and `stop`.
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
#include <exception>
#include <string>
#include <vector>

namespace cli {

struct Rerun {
    std::string id = {};
    std::string newId = {};
};

class ActionRunner {
  public:
    /// \param journal     may be null
    /// \param wasReached  the server has answered this command before
    ActionRunner(const BulkArguments& arguments, const refold::Client& client, ActionJournal* journal, Console& console,
                 const Interruption& interruption, bool wasReached);

    /// Prints the summary even if it throws. Returns `done`, or the code of the first run that could not be acted on.
    ExitCode run(const std::vector<SelectedRun>& runs);

    /// The reruns, including those of earlier attempts.
    const std::vector<Rerun>& reruns() const noexcept { return reruns_; }

  private:
    struct Attempt {
        ActionResult result = {};
        ExitCode code = ExitCode::done;
        /// Ends the command, once the result is reported.
        std::exception_ptr error = {};
    };

    void actOn(const SelectedRun& run);
    Attempt attempt(const std::string& id);
    std::string request(const std::string& id);
    /// Returns false after too many unknown outcomes in a row; pauses after fewer.
    bool mayGoOn();
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
    bool hasActed_ = false;
    ExitCode code_ = ExitCode::done;
    int inDoubtInARow_ = 0;
    std::int64_t done_ = 0;
    std::int64_t refused_ = 0;
    std::vector<std::string> inDoubt_;
    std::vector<Rerun> reruns_;
    OutagePause outage_;
};

/// Prints a line that must not be lost: on stderr if writing to stdout fails. Throws `OutputError` then, unless stdout
/// was only closed by its reader.
void printForCertain(Console& console, const std::string& line);

/// Formats the line of a selected run for --dry-run, as ndjson.
std::string plannedLine(const SelectedRun& run, const std::string& action);

}  // namespace cli

#endif
