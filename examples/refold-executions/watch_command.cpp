// A change is printed, handed to the system and recorded before the next is waited for.
#include "watch_command.hpp"

#include "atomic_file.hpp"
#include "change_format.hpp"
#include "departure.hpp"
#include "exit_code.hpp"
#include "number_text.hpp"
#include "system_reason.hpp"

#include <refold/client.hpp>
#include <refold/observer.hpp>

#include <unistd.h>
#include <cerrno>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

namespace cli {
namespace {

/// Keeps in a file where a watch stands, if there is to be one.
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

/// Tells of an outage once, and of its end; records where the watch stands also while there is nothing to print, so that a kill
/// does not lose what happens behind it.
class Follower final : public refold::Observer {
  public:
    Follower(const Console& console, PositionFile& file) : console_(console), file_(file) {}

    void follow(const refold::ExecutionWatch& watch) { watch_ = &watch; }

    void onPoll(const refold::PollEvent& /*event*/) override {
        try {
            if (watch_ != nullptr) file_.record(*watch_);
        } catch (const std::exception& error) {
            if (!std::exchange(hasComplained_, true)) console_.say(error.what());
        }
    }

    void onOutage(const refold::OutageEvent& event) override {
        if (event.over) {
            console_.say("the server answers again, after " + durationText(event.lasted));
        } else if (event.failures == 1) {
            console_.say("the server cannot be reached, trying on: " + event.reason);
        }
    }

  private:
    const Console& console_;
    PositionFile& file_;
    const refold::ExecutionWatch* watch_ = nullptr;
    bool hasComplained_ = false;
};

/// Where a watch stood when it was left; empty where there is no such file.
std::string recordedIn(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return {};
    std::ifstream file(path, std::ios::binary);
    // To begin anew instead would miss what has happened meanwhile.
    if (!file) throw UsageError("--checkpoint: '" + path + "' cannot be read: " + reasonOf(errno));
    std::ostringstream text;
    text << file.rdbuf();
    std::string position = text.str();
    while (!position.empty() && (position.back() == '\n' || position.back() == '\r')) position.pop_back();
    return position;
}

}  // namespace

ExitCode runWatch(const WatchArguments& given, Console& console, const Interruption& interruption) {
    WatchArguments arguments = given;
    const Terminal& terminal = console.dataTerminal();
    const bool asTable = arguments.format ? *arguments.format == WatchFormat::table : terminal.isTerminal;
    std::optional<AtomicFile> file;
    if (arguments.checkpoint) {
        // First of all it has to be a file: from a pipe one would read for ever.
        file.emplace("--checkpoint", *arguments.checkpoint);
        arguments.watch.resumeFrom = recordedIn(file->path());
    }
    const bool records = file.has_value();
    PositionFile position(std::move(file));
    const auto follower = std::make_shared<Follower>(console, position);
    arguments.client.observer = follower;
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);

    const Departure departure(STDOUT_FILENO, interruption);
    refold::CallOptions call;
    call.cancel = departure.token();
    refold::ExecutionWatch watch = client.watchExecutions(arguments.query, arguments.watch, call);
    follower->follow(watch);
    if (asTable && console.messageTerminal().isTerminal) console.say("watching; Ctrl-C ends it");
    try {
        for (const refold::ExecutionChange& change : watch) {
            console.data().append(asTable ? changeLine(change, currentTime(), terminal)
                                          : changeJson(change, terminal.isTerminal));
            console.data().flush();
            // The checkpoint must not outlive a loss of power that the line did not.
            if (records) console.data().synchronize();
            position.record(watch);
            if (arguments.exitStatus && change.execution.status.isFailure()) return ExitCode::runFailed;
        }
    } catch (const refold::Cancelled&) {
        if (departure.readerHasGone()) return ExitCode::done;
        position.record(watch);
        throw;
    }
    return ExitCode::done;
}

}  // namespace cli
