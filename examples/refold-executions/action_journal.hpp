// Keeps the file of `rerun --checkpoint` and `stop --checkpoint`: the selected runs, each request before it is sent,
// and its outcome. It ensures that no run is acted on twice, however the program ends.
#ifndef REFOLD_EXECUTIONS_ACTION_JOURNAL_HPP
#define REFOLD_EXECUTIONS_ACTION_JOURNAL_HPP

#include "append_file.hpp"
#include "selected_run.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cli {

enum class ActionOutcome {
    done,
    refused,
    inDoubt  ///< the server may have acted, or not
};

struct ActionResult {
    ActionOutcome outcome = ActionOutcome::done;
    /// The id of the new run, after a rerun.
    std::string newId = {};
    /// The reason that it was not done or is in doubt.
    std::string error = {};
};

class ActionJournal {
  public:
    enum class Use {
        reading,  ///< leaves the file as it is
        acting    ///< keeps other commands from using the file as long as the journal lives
    };

    /// Reads the file, if there is one. Throws `UsageError` if it cannot be written, another command uses it, it is
    /// no journal, or it was begun with another action, selection or server.
    ActionJournal(const std::string& path, Use use, std::string action, std::string selection, std::uint64_t source);

    /// True if the file holds the whole selection of an earlier command.
    bool isResumed() const noexcept { return resumed_; }
    const std::vector<SelectedRun>& runs() const noexcept { return runs_; }
    /// Returns the outcome of a run; empty if it has not been acted on. If the program was killed while it sent a
    /// request, that run is in doubt.
    std::optional<ActionResult> resultOf(const std::string& id) const;

    /// Records the selection before anything is sent, unless the file has one.
    void begin(const std::vector<SelectedRun>& runs);
    void noteSending(const std::string& id);
    /// Records that the server has certainly not acted on the request.
    void noteUnsent(const std::string& id);
    void note(const std::string& id, const ActionResult& result);

  private:
    /// Returns the length of the whole lines.
    std::uint64_t read(const std::string& text);
    void readLine(const std::vector<std::string>& fields);
    std::string headText() const;
    [[noreturn]] void refuse(const std::string& reason) const;

    std::string path_;
    AppendFile lines_;
    std::string action_;
    std::string selection_;
    std::uint64_t source_;
    bool resumed_ = false;
    std::vector<SelectedRun> runs_;
    std::map<std::string, ActionResult> results_;
};

}  // namespace cli

#endif
