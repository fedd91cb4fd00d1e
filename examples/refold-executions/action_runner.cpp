#include "action_runner.hpp"

#include "json_text.hpp"
#include "number_text.hpp"
#include "outage_text.hpp"
#include "report_line.hpp"
#include "run_lookup.hpp"
#include "status_style.hpp"
#include "wrapped_text.hpp"

#include <chrono>
#include <exception>

namespace cli {
namespace {

constexpr int maxInDoubtInARow = 3;

/// True if a retry may help and the server has certainly not acted.
bool mayRetry(const refold::Error& error) {
    return error.isTransient() && !error.outcomeUnknown();
}

bool concernsEveryRun(const refold::Error& error) {
    return dynamic_cast<const refold::AuthenticationError*>(&error) != nullptr ||
           dynamic_cast<const refold::InvalidArgument*>(&error) != nullptr;
}

const char* outcomeName(ActionOutcome outcome, BulkAction action) noexcept {
    if (outcome == ActionOutcome::refused) return "refused";
    if (outcome == ActionOutcome::inDoubt) return "in doubt";
    return action == BulkAction::rerun ? "rerun" : "stopped";
}

std::string jsonLine(const SelectedRun& run, const ActionResult& result, BulkAction action) {
    std::string line =
        "{\"id\":" + quoteJson(run.id) + ",\"outcome\":" + quoteJson(outcomeName(result.outcome, action));
    if (!result.newId.empty()) line += ",\"newId\":" + quoteJson(result.newId);
    if (!result.error.empty()) line += ",\"error\":" + quoteJson(result.error);
    return line + "}\n";
}

std::string shownLine(const SelectedRun& run, const ActionResult& result, BulkAction action, const Terminal& terminal) {
    const bool done = result.outcome == ActionOutcome::done;
    const StatusStyle style = styleOf(done ? "COMPLETED" : "ERRORED", terminal.charset);
    ReportLine line(terminal);
    line.text(result.outcome == ActionOutcome::inDoubt ? "?" : style.sign, style.colour).gap(1);
    line.text(outcomeName(result.outcome, action), style.colour).gap(2).text(run.id);
    if (!result.newId.empty()) line.text(terminal.charset == Charset::utf8 ? " \u2192 " : " -> ").text(result.newId);
    if (!run.known.associatedWorkflow.name.empty()) line.gap(2).text(run.known.associatedWorkflow.name);
    if (result.error.empty()) return line.end();
    // Never cut: it says what to do.
    if (!terminal.width) return line.gap(2).text(result.error).end();
    return line.end() + indentedText(result.error, terminal, 4);
}

}  // namespace

void printForCertain(Console& console, const std::string& line) {
    console.data().append(line);
    try {
        console.data().flush();
    } catch (const OutputError& error) {
        console.report(std::string_view(line).substr(0, line.size() - 1));
        if (dynamic_cast<const OutputClosed*>(&error) == nullptr) throw;
    }
}

std::string plannedLine(const SelectedRun& run, const std::string& action) {
    return "{\"id\":" + quoteJson(run.id) + ",\"outcome\":" + quoteJson("would " + action) +
           ",\"status\":" + quoteJson(run.known.status.value()) +
           ",\"workflow\":" + quoteJson(run.known.associatedWorkflow.name) + "}\n";
}

ActionRunner::ActionRunner(const BulkArguments& arguments, const refold::Client& client, ActionJournal* journal,
                           Console& console, const Interruption& interruption, bool wasReached)
    : arguments_(arguments),
      client_(client),
      journal_(journal),
      console_(console),
      interruption_(interruption),
      reached_(wasReached),
      outage_(console, interruption.token()) {
}

ExitCode ActionRunner::run(const std::vector<SelectedRun>& runs) {
    try {
        for (const SelectedRun& run : runs) {
            if (const auto before = journal_ != nullptr ? journal_->resultOf(run.id) : std::nullopt) {
                const ExitCode code = before->outcome == ActionOutcome::done      ? ExitCode::done
                                      : before->outcome == ActionOutcome::refused ? ExitCode::refused
                                                                                  : ExitCode::transport;
                count(run, *before, code);
                continue;
            }
            if (!mayGoOn()) break;
            actOn(run);
        }
    } catch (...) {
        summarize(runs.size());
        throw;
    }
    summarize(runs.size());
    return code_;
}

void ActionRunner::actOn(const SelectedRun& run) {
    if (interruption_.requested()) throw refold::Cancelled();
    hasActed_ = true;
    const Attempt made = attempt(run.id);
    inDoubtInARow_ = made.result.outcome == ActionOutcome::inDoubt ? inDoubtInARow_ + 1 : 0;
    count(run, made.result, made.code);
    const bool asTable = arguments_.format ? *arguments_.format == Format::table : console_.dataTerminal().isTerminal;
    printForCertain(console_, asTable ? shownLine(run, made.result, arguments_.action, console_.dataTerminal())
                                      : jsonLine(run, made.result, arguments_.action));
    if (made.error) std::rethrow_exception(made.error);
}

bool ActionRunner::mayGoOn() {
    if (inDoubtInARow_ == 0) return true;
    if (inDoubtInARow_ == maxInDoubtInARow) {
        console_.report("stopped: " + std::to_string(inDoubtInARow_) +
                        " outcomes in a row are unknown, so the server is probably failing");
        return false;
    }
    const std::chrono::seconds pause(inDoubtInARow_);
    console_.report("the outcome is unknown; pausing for " + durationText(pause) + " before the next run");
    if (interruption_.token().waitFor(pause)) throw refold::Cancelled();
    return true;
}

void ActionRunner::count(const SelectedRun& run, const ActionResult& result, ExitCode code) {
    if (code_ == ExitCode::done) code_ = code;
    if (result.outcome == ActionOutcome::inDoubt) {
        inDoubt_.push_back(run.id);
    } else if (result.outcome == ActionOutcome::refused) {
        ++refused_;
    } else {
        ++done_;
        if (!result.newId.empty()) reruns_.push_back({run.id, result.newId});
    }
}

std::string ActionRunner::request(const std::string& id) {
    refold::CallOptions call;
    call.cancel = interruption_.token();
    if (arguments_.action == BulkAction::rerun) return client_.rerunExecution(id, call);
    client_.stopExecution(id, call);
    return {};
}

ActionRunner::Attempt ActionRunner::attempt(const std::string& id) {
    for (;;) {
        if (journal_ != nullptr) journal_->noteSending(id);
        Attempt made;
        try {
            made.result.newId = request(id);
            reached_ = true;
        } catch (const refold::Error& error) {
            const bool cancelled = dynamic_cast<const refold::Cancelled*>(&error) != nullptr;
            // Any answer shows that the address is right.
            reached_ = reached_ || dynamic_cast<const refold::ApiError*>(&error) != nullptr;
            if (!error.outcomeUnknown() && (cancelled || concernsEveryRun(error) || mayRetry(error))) {
                if (journal_ != nullptr) journal_->noteUnsent(id);
                if (!mayRetry(error)) throw;
                pauseFor(error);
                continue;
            }
            made.code = outcomeOf(std::current_exception()).code;
            const bool unknownRun = dynamic_cast<const refold::NotFoundError*>(&error) != nullptr;
            made.result = {error.outcomeUnknown() ? ActionOutcome::inDoubt : ActionOutcome::refused, "",
                           unknownRun ? noSuchRun(id) : error.what()};
            if (cancelled) made.error = std::current_exception();
        }
        if (made.result.outcome != ActionOutcome::inDoubt) outage_.over();
        try {
            if (journal_ != nullptr) journal_->note(id, made.result);
        } catch (const std::exception&) {
            // The server has acted: its answer is reported first.
            made.error = std::current_exception();
        }
        return made;
    }
}

void ActionRunner::pauseFor(const refold::Error& error) {
    // A server that has never answered is probably the wrong address.
    if (!reached_ || !outage_.before(OutagePause::usualLimit, error)) throw;
}

void ActionRunner::summarize(std::size_t all) const {
    const std::int64_t doubtful = static_cast<std::int64_t>(inDoubt_.size());
    const std::int64_t left = static_cast<std::int64_t>(all) - done_ - refused_ - doubtful;
    std::string text = grouped(done_) + (arguments_.action == BulkAction::rerun ? " rerun, " : " stopped, ") +
                       grouped(refused_) + " refused, " + grouped(doubtful) + " in doubt";
    if (left > 0) text += ", " + grouped(left) + " left";
    if (left == 0 && !hasActed_) {
        text = "nothing is left to do; earlier: " + text + "; to start again, remove " + *arguments_.checkpoint;
    }
    if (hasActed_ && left == 0 && refused_ == 0 && doubtful == 0) {
        console_.say(text);
    } else {
        console_.report(text);
    }
    for (const std::string& id : inDoubt_) {
        console_.report("in doubt: " + id + ": the server may have acted on it; check the history before you " +
                        (arguments_.action == BulkAction::rerun ? "rerun" : "stop") + " it again");
    }
    if (left > 0 && journal_ != nullptr) console_.report("give the same command again to continue");
}

}  // namespace cli
