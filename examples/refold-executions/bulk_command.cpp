#include "bulk_command.hpp"

#include "account_source.hpp"
#include "action_journal.hpp"
#include "action_runner.hpp"
#include "age.hpp"
#include "confirmation.hpp"
#include "display_text.hpp"
#include "number_text.hpp"
#include "outage_text.hpp"
#include "run_lookup.hpp"
#include "run_selection.hpp"
#include "run_summary.hpp"
#include "status_names.hpp"
#include "table_format.hpp"
#include "wait_command.hpp"

#include <refold/client.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace cli {
namespace {

const char* nameOf(BulkAction action) noexcept {
    return action == BulkAction::rerun ? "rerun" : "stop";
}

/// `Daily Sync, ERRORED, 2h ago`
std::string describe(const refold::Execution& run, refold::Timestamp now) {
    std::string text;
    const auto add = [&text](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
    };
    add(run.associatedWorkflow.name);
    add(run.status.value());
    if (run.createdAt) add(formatAge(*run.createdAt, now));
    return text;
}

class BulkCommand {
  public:
    BulkCommand(const BulkArguments& arguments, Console& console, const Interruption& interruption)
        : arguments_(arguments),
          console_(console),
          interruption_(interruption),
          client_(clientThatReportsOutages(arguments.client, console)) {
        call_.cancel = interruption.token();
    }

    ExitCode run() {
        if (arguments_.checkpoint) {
            const auto use = arguments_.dryRun ? ActionJournal::Use::reading : ActionJournal::Use::acting;
            journal_ = std::make_unique<ActionJournal>(*arguments_.checkpoint, use, nameOf(arguments_.action),
                                                       arguments_.selection, sourceOf(arguments_.client));
        }
        const bool resumed = journal_ && journal_->isResumed();
        const bool show = !arguments_.yes || arguments_.dryRun;
        Selected selected;
        if (!resumed) selected = selectRuns(arguments_, client_, show, console_, interruption_);
        runs_ = resumed ? journal_->runs() : std::move(selected.runs);
        const ExitCode withoutThem = selected.refused > 0 ? ExitCode::refused : ExitCode::done;
        if (runs_.empty() && selected.refused > 0) return withoutThem;
        if (runs_.empty()) {
            const std::string hint = siblingHint(arguments_.filters);
            console_.report((arguments_.readsStdin ? "stdin names no runs" : "no runs match") +
                            (hint.empty() ? std::string() : "; " + hint));
            return ExitCode::done;
        }
        if (arguments_.dryRun) {
            showOnly();
            return withoutThem;
        }
        if (!arguments_.yes && left() > 0 && !ask()) {
            console_.say("nothing was done");
            return ExitCode::declined;
        }
        if (journal_) journal_->begin(runs_);
        const ExitCode code = arguments_.isSingle() ? actOnOne() : actOnAll();
        return code != ExitCode::done ? code : withoutThem;
    }

  private:
    std::int64_t left() const {
        return std::count_if(runs_.begin(), runs_.end(), [this](const SelectedRun& run) { return isLeft(run); });
    }
    bool isLeft(const SelectedRun& run) const { return !journal_ || !journal_->resultOf(run.id); }

    /// `116 runs`, and of reruns from the whole history, how far they reach back.
    std::string countedRuns() const {
        const bool isWhole = arguments_.action == BulkAction::rerun && arguments_.coversHistory && left() > 1;
        const std::optional<refold::Timestamp>& oldest = runs_.front().known.createdAt;
        return counted(left(), "run") + (isWhole ? " of the whole history" : "") +
               (isWhole && oldest ? " (the oldest from " + formatAge(*oldest, arguments_.now) + ")" : "");
    }

    void showOnly() {
        const bool asTable =
            arguments_.format ? *arguments_.format == Format::table : console_.dataTerminal().isTerminal;
        if (asTable) {
            TableFormat table(console_.data(), console_.dataTerminal(), arguments_.now);
            table.begin(false);
            for (const SelectedRun& run : runs_) {
                if (isLeft(run)) table.write(run.known);
            }
            table.end();
            console_.data().flush();
            reportLeftOut(table.leftOut(), console_, "use --format ndjson");
        } else {
            for (const SelectedRun& run : runs_) {
                if (isLeft(run)) console_.data().append(plannedLine(run, nameOf(arguments_.action)));
            }
        }
        console_.data().flush();
        console_.say(countedRuns() + " would be " + (arguments_.action == BulkAction::rerun ? "rerun" : "stopped") +
                     (arguments_.wait ? " and waited for" : "") + "; nothing was done");
    }

    bool ask() const {
        const bool rerun = arguments_.action == BulkAction::rerun;
        const char* const verb = rerun ? "Rerun " : "Stop ";
        if (runs_.size() == 1) {
            const SelectedRun& run = runs_.front();
            return confirm(verb + run.id + " (" + describe(run.known, arguments_.now) + ")?" +
                               (rerun ? " This repeats its effects." : ""),
                           console_, interruption_);
        }
        requireTerminalInput();
        constexpr std::size_t maxShown = 10;
        std::vector<refold::Execution> shown;
        for (const SelectedRun& run : runs_) {
            if (shown.size() < maxShown && isLeft(run)) shown.push_back(run.known);
        }
        for (const std::string& line : summaryLines(shown, arguments_.now)) console_.detail(line);
        const std::int64_t more = left() - static_cast<std::int64_t>(shown.size());
        if (more > 0) console_.detail("and " + grouped(more) + " more; --dry-run shows them");
        return confirm(verb + countedRuns() + "?" + (rerun ? " This repeats their effects." : ""), console_,
                       interruption_);
    }

    ExitCode actOnOne() {
        const std::string& id = runs_.front().id;
        try {
            if (arguments_.action == BulkAction::stop) {
                client_.stopExecution(id, call_);
                console_.say("the server was asked to stop run " + id);
                return ExitCode::done;
            }
            const std::string newId = client_.rerunExecution(id, call_);
            // Made safe in a pipe as well: a line break in the id would look like two ids. Pipes take UTF-8 in any
            // locale. Printed before the wait, so that the id is known even if the wait fails.
            const Terminal& terminal = console_.dataTerminal();
            const Charset charset = terminal.isTerminal ? terminal.charset : Charset::utf8;
            printForCertain(console_, forDisplay(newId, charset).text + "\n");
            return waitForAll({{id, newId}});
        } catch (const refold::NotFoundError&) {
            throw CommandError(ExitCode::refused, noSuchRun(id));
        } catch (const refold::Cancelled& error) {
            // `outcomeOf` says only that it was interrupted; here it matters whether the server may have acted.
            if (error.outcomeUnknown()) console_.report(error.what());
            throw;
        }
    }

    ExitCode actOnAll() {
        if (journal_ && journal_->isResumed() && left() > 0) {
            console_.report("continuing from " + *arguments_.checkpoint + ": " + grouped(left()) + " of " +
                            counted(static_cast<std::int64_t>(runs_.size()), "run") + " left");
        }
        const bool wasReached = !journal_ || !journal_->isResumed() ? arguments_.ids.empty() : false;
        ActionRunner runner(arguments_, client_, journal_.get(), console_, interruption_, wasReached);
        const ExitCode code = runner.run(runs_);
        const ExitCode waited = waitForAll(runner.reruns());
        return code != ExitCode::done ? code : waited;
    }

    /// Waits for one after the other: they run at the same time.
    ExitCode waitForAll(const std::vector<Rerun>& reruns) {
        if (!arguments_.wait) return ExitCode::done;
        const auto start = std::chrono::steady_clock::now();
        bool failed = false;
        bool missing = false;
        for (const auto& [id, newId] : reruns) {
            refold::WaitOptions wait = *arguments_.wait;
            // The service may name a new run a little before it shows it.
            wait.notFoundGrace = std::chrono::seconds(10);
            if (wait.timeout) {
                const auto passed =
                    std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
                wait.timeout = std::max(*wait.timeout - passed, std::chrono::milliseconds(1));
            }
            try {
                const refold::ExecutionDetail run = waitFor(client_, newId, wait, console_, interruption_);
                console_.say(finalLine(run, console_.messageTerminal().charset));
                failed = failed || run.status.isFailure();
            } catch (const refold::NotFoundError&) {
                console_.report("run " + id + " was rerun as " + newId + ", but that run cannot be found");
                missing = true;
            }
        }
        if (failed) return ExitCode::runFailed;
        return missing ? ExitCode::refused : ExitCode::done;
    }

    const BulkArguments& arguments_;
    Console& console_;
    const Interruption& interruption_;
    refold::Client client_;
    refold::CallOptions call_;
    std::unique_ptr<ActionJournal> journal_;
    std::vector<SelectedRun> runs_;
};

}  // namespace

ExitCode runBulk(const BulkArguments& arguments, Console& console, const Interruption& interruption) {
    // Before anything is sent.
    if (!arguments.yes && !arguments.dryRun) requireTerminalInput();
    BulkArguments whole = arguments;
    if (whole.readsStdin) addIdsFromStdin(whole, interruption);
    return BulkCommand(whole, console, interruption).run();
}

}  // namespace cli
