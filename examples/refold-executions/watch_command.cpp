// Prints each change, and records it before the next poll.
#include "watch_command.hpp"

#include "atomic_file.hpp"
#include "change_format.hpp"
#include "display_text.hpp"
#include "exit_code.hpp"
#include "failure_reason.hpp"
#include "outage_text.hpp"
#include "output_watcher.hpp"
#include "platform/child_process.hpp"
#include "platform/streams.hpp"
#include "request_log.hpp"
#include "run_lookup.hpp"
#include "table_format.hpp"
#include "text_file.hpp"
#include "time_text.hpp"

#include <refold/client.hpp>
#include <refold/observer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cli {
namespace {

/// Writes a watch's checkpoint to a file, if one was asked for.
class PositionFile {
  public:
    explicit PositionFile(std::optional<AtomicFile> file) : file_(std::move(file)) {}

    void record(const refold::ExecutionWatch& watch) {
        if (!file_) return;
        const std::string position = watch.checkpoint() + "\n";
        if (position == recorded_) return;
        file_->write(position);
        recorded_ = position;
    }

  private:
    std::optional<AtomicFile> file_;
    std::string recorded_ = {};
};

/// Records what a watch has printed. The lines of one poll are synchronised together: to wait for the disk after each
/// would take longer than to print them. Lines that were not flushed are written with it, so that a kill repeats only
/// those of one write.
class Recorder {
  public:
    /// With `recordsEach`, none is printed again after a kill but the one being printed.
    Recorder(Console& console, std::optional<AtomicFile> file, bool recordsEach)
        : console_(console), records_(file.has_value()), recordsEach_(recordsEach), file_(std::move(file)) {}

    void beginBatch(std::int64_t changes) { left_ = changes; }

    void delivered(const refold::ExecutionWatch& watch, bool printed) {
        isDirty_ = isDirty_ || printed;
        const bool isLast = --left_ <= 0;
        const auto now = std::chrono::steady_clock::now();
        const bool canWait = !isLast && now - recordedAt_ < longestDelay && console_.data().pending() < maxPending;
        if (!records_ || (canWait && !recordsEach_)) return;
        record(watch);
    }

    void record(const refold::ExecutionWatch& watch) {
        if (!records_) return;
        // After a loss of power the checkpoint must not be ahead of the lines.
        if (std::exchange(isDirty_, false)) {
            console_.data().flush();
            console_.data().synchronize();
        }
        file_.record(watch);
        recordedAt_ = std::chrono::steady_clock::now();
    }

  private:
    /// Bounds what is printed again after a kill.
    static constexpr std::chrono::milliseconds longestDelay{250};
    static constexpr std::size_t maxPending = std::size_t{1} << 20U;

    Console& console_;
    bool records_;
    bool recordsEach_;
    PositionFile file_;
    bool isDirty_ = false;
    std::int64_t left_ = 0;
    std::chrono::steady_clock::time_point recordedAt_ = {};
};

/// Reports outages. Records the checkpoint also after polls that found nothing, so that a kill loses no change.
class Follower final : public OutageReporter {
  public:
    Follower(const Console& console, Recorder& recorder)
        : OutageReporter(console), console_(console), recorder_(recorder) {}

    void follow(const refold::ExecutionWatch& watch) { watch_ = &watch; }
    /// True once all that had happened when the watch began has been delivered.
    bool isLive() const noexcept { return isCaughtUp_ && polls_ > backlogPolls_; }

    void onPoll(const refold::PollEvent& event) override {
        polls_ = event.polls;
        if (!isCaughtUp_) backlogPolls_ = event.polls;
        // A poll that leaves more to read is followed by the next one at once.
        if (event.wait.count() > 0) isCaughtUp_ = true;
        if (event.polls == 1 && watch_ != nullptr) tellGap(watch_->report().gap);
        try {
            if (watch_ != nullptr) recorder_.record(*watch_);
        } catch (const std::exception& error) {
            if (!std::exchange(hasWarned_, true)) console_.report(std::string("warning: ") + error.what());
        }
        recorder_.beginBatch(event.found);
    }

  private:
    void tellGap(const std::optional<refold::WatchGap>& gap) const {
        if (!gap) return;
        std::string text = "warning: the checkpoint is older than what the server keeps; runs created";
        if (gap->from) text += " after " + secondText(*gap->from);
        if (gap->to) text += std::string(gap->from ? " and" : "") + " before " + secondText(*gap->to);
        if (gap->from || gap->to) text += " UTC";
        console_.report(text + " may be missing");
    }

    const Console& console_;
    Recorder& recorder_;
    const refold::ExecutionWatch* watch_ = nullptr;
    std::int64_t polls_ = 0;
    std::int64_t backlogPolls_ = 0;
    bool isCaughtUp_ = false;
    bool hasWarned_ = false;
};

/// The recorded checkpoint; empty if there is no file.
std::string recordedIn(const std::string& path) {
    std::string position = textOfFile("--checkpoint", path);
    while (!position.empty() && (position.back() == '\n' || position.back() == '\r')) position.pop_back();
    return position;
}

/// Prints changes, and runs the command for them.
class ChangePrinter {
  public:
    ChangePrinter(const WatchArguments& arguments, const refold::Client& client, const refold::CallOptions& call,
                  Console& console)
        : arguments_(arguments), client_(client), call_(call), console_(console) {
        const Terminal& terminal = console.dataTerminal();
        asTable_ = arguments.format ? *arguments.format == WatchFormat::table : terminal.isTerminal;
        const bool hasBacklog = arguments.watch.since || !arguments.watch.resumeFrom.empty();
        layout_ = {terminal, !terminal.isTerminal || hasBacklog};
        hasBacklog_ = hasBacklog;
        // A table is read as it grows, and a command follows its line.
        collects_ = arguments.checkpoint && !asTable_ && !arguments.exec;
    }

    void begin() {
        if (!asTable_) return;
        if (console_.messageTerminal().isTerminal) console_.say("watching; Ctrl-C ends it");
        reportLeftOut(columnsLeftOut(layout_), console_, "use --format ndjson");
        console_.data().append(changeHeader(layout_));
        if (hasBacklog_) console_.data().append("-- backlog: what was before now --\n");
        console_.data().flush();
    }

    /// Marks the end of the backlog: changes from the second poll on are new.
    void endBacklog() {
        if (!std::exchange(hasBacklog_, false) || !asTable_) return;
        console_.data().append("-- live: what happens from now on --\n");
        console_.data().flush();
    }

    void print(const refold::ExecutionChange& change) {
        const bool wantsReason = change.execution.status.isFailure() && (asTable_ || arguments_.exec);
        const FailureReason reason = wantsReason ? fetchReason(change.execution.id) : FailureReason();
        const std::string text = wantsReason ? reasonText(reason) : std::string();
        const refold::Timestamp time = timeOf(change, currentTime());
        console_.data().append(asTable_ ? changeLine(change, time, layout_, text == "-" ? std::string() : text)
                                        : changeJson(change, {time, hasBacklog_}, layout_.terminal.isTerminal));
        if (!collects_) console_.data().flush();
        if (arguments_.exec) execute(change, reason);
    }

  private:
    /// Empty if the request fails: a watch does not end for that.
    FailureReason fetchReason(const std::string& id) const {
        try {
            return failureReasonOf(client_.getExecution(id, call_));
        } catch (const refold::Cancelled&) {
            throw;
        } catch (const refold::Error&) {
            return {};
        }
    }

    static constexpr std::size_t maxVariable = 32'000;

    void execute(const refold::ExecutionChange& change, const FailureReason& reason) const {
        const refold::Execution& run = change.execution;
        const std::string previous = change.previousStatus ? change.previousStatus->value() : std::string();
        std::vector<std::pair<std::string, std::string>> variables = {
            {"REFOLD_RUN_ID", run.id},
            {"REFOLD_RUN_STATUS", run.status.value()},
            {"REFOLD_RUN_PREVIOUS_STATUS", previous},
            {"REFOLD_RUN_WORKFLOW", run.associatedWorkflow.name},
            {"REFOLD_RUN_WORKFLOW_ID", run.associatedWorkflow.id},
            {"REFOLD_RUN_APPLICATION", run.associatedApplication.name},
            {"REFOLD_RUN_ACCOUNT", run.linkedAccountId},
            {"REFOLD_RUN_CREATED_AT", run.createdAt ? refold::formatTimestamp(*run.createdAt) : std::string()},
            {"REFOLD_RUN_NODE", reason.node},
            {"REFOLD_RUN_ERROR", reason.message}};
        // A system limits the length of a variable; the JSON on stdin is whole.
        for (auto& [name, value] : variables) value = std::string(wholeCharacters(value, maxVariable));
        const std::string problem = platform::runCommand(*arguments_.exec, run.rawJson + "\n", variables, call_.cancel);
        // The command did not run to its end; a resumed watch runs it again.
        if (call_.cancel.isCancelled()) throw refold::Cancelled();
        if (!problem.empty()) console_.report("warning: the command of --exec for run " + run.id + " " + problem);
    }

    const WatchArguments& arguments_;
    const refold::Client& client_;
    const refold::CallOptions& call_;
    Console& console_;
    ChangeLayout layout_ = {};
    bool asTable_ = false;
    /// The recorder writes the lines.
    bool collects_ = false;
    bool hasBacklog_ = false;
};

/// True if the status before or after the change was asked for.
bool matches(const refold::ExecutionChange& change, const std::vector<refold::ExecutionStatus>& statuses) {
    if (statuses.empty()) return true;
    return std::any_of(statuses.begin(), statuses.end(), [&change](const refold::ExecutionStatus& status) {
        return change.execution.status == status || (change.previousStatus && *change.previousStatus == status);
    });
}

}  // namespace

ExitCode runWatch(const WatchArguments& given, Console& console, const Interruption& interruption) {
    WatchArguments arguments = given;
    std::optional<AtomicFile> file;
    if (arguments.checkpoint) {
        // Checked first: reading from a pipe would never end.
        file.emplace("--checkpoint", *arguments.checkpoint);
        arguments.watch.resumeFrom = recordedIn(file->path());
    }
    // A command should not be run twice.
    Recorder recorder(console, std::move(file), arguments.exec.has_value());
    const auto follower = std::make_shared<Follower>(console, recorder);
    arguments.client.observer = observerOf(arguments.client.observer, follower);
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);
    refold::CallOptions call;
    call.cancel = interruption.token();
    if (auto& id = arguments.filters.query.executionId) id = wholeIdThroughOutages(client, *id, call, {}, console);

    const OutputWatcher outputWatcher(platform::standardOutput, interruption);
    call.cancel = outputWatcher.token();
    // The watch is not filtered by status, only what is shown: it follows each run through all statuses anyway.
    refold::ExecutionQuery query = arguments.filters.query;
    if (arguments.filters.until) query.endDate = arguments.filters.until->time;
    refold::ExecutionWatch watch = client.watchExecutions(query, arguments.watch, call);
    follower->follow(watch);
    ChangePrinter printer(arguments, client, call, console);
    printer.begin();
    bool isPrinting = false;
    try {
        for (const refold::ExecutionChange& change : watch) {
            if (follower->isLive()) printer.endBacklog();
            const bool shown = matches(change, arguments.filters.statuses);
            isPrinting = true;
            if (shown) printer.print(change);
            isPrinting = false;
            recorder.delivered(watch, shown);
            if (arguments.exitStatus && shown && change.execution.status.isFailure()) {
                recorder.record(watch);
                return ExitCode::runFailed;
            }
        }
    } catch (const refold::Cancelled&) {
        if (outputWatcher.readerClosed()) return ExitCode::done;
        // The watch counts the current change as delivered.
        if (!isPrinting) recorder.record(watch);
        throw;
    }
    return ExitCode::done;
}

}  // namespace cli
