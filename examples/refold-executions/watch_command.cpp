// A change is printed, handed to the system and recorded before the next is waited for.
#include "watch_command.hpp"

#include "atomic_file.hpp"
#include "change_format.hpp"
#include "departure.hpp"
#include "number_text.hpp"

#include <refold/client.hpp>
#include <refold/observer.hpp>

#include <unistd.h>
#include <fstream>
#include <memory>
#include <sstream>

namespace cli {
namespace {

/// Tells of an outage once, and of its end.
class OutageTeller final : public refold::Observer {
  public:
    explicit OutageTeller(const Console& console) : console_(console) {}

    void onOutage(const refold::OutageEvent& event) override {
        if (event.over) {
            console_.say("the server answers again, after " + durationText(event.lasted));
        } else if (event.failures == 1) {
            console_.say("the server cannot be reached, trying on: " + event.reason);
        }
    }

  private:
    const Console& console_;
};

/// Where a watch stood when it was left; empty where there is no such file.
std::string recordedIn(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file.is_open()) text << file.rdbuf();
    std::string position = text.str();
    while (!position.empty() && (position.back() == '\n' || position.back() == '\r')) position.pop_back();
    return position;
}

void record(const std::optional<AtomicFile>& file, const refold::ExecutionWatch& watch) {
    if (file) file->write(watch.checkpoint() + "\n");
}

}  // namespace

ExitCode runWatch(const WatchArguments& given, Console& console, const Interruption& interruption) {
    WatchArguments arguments = given;
    const Terminal& terminal = console.dataTerminal();
    const bool asTable = arguments.format ? *arguments.format == WatchFormat::table : terminal.isTerminal;
    std::optional<AtomicFile> file;
    if (arguments.checkpoint) {
        arguments.watch.resumeFrom = recordedIn(*arguments.checkpoint);
        file.emplace("--checkpoint", *arguments.checkpoint);
    }
    arguments.client.observer = std::make_shared<OutageTeller>(console);
    const refold::Client client = refold::Client::fromEnvironment(arguments.client);

    const Departure departure(STDOUT_FILENO, interruption);
    refold::CallOptions call;
    call.cancel = departure.token();
    refold::ExecutionWatch watch = client.watchExecutions(arguments.query, arguments.watch, call);
    if (asTable && console.messageTerminal().isTerminal) console.say("watching; Ctrl-C ends it");
    try {
        for (const refold::ExecutionChange& change : watch) {
            console.data().append(asTable ? changeLine(change, currentTime(), terminal)
                                          : changeJson(change, terminal.isTerminal));
            console.data().flush();
            record(file, watch);
            if (arguments.exitStatus && change.execution.status.isFailure()) return ExitCode::runFailed;
        }
    } catch (const refold::Cancelled&) {
        if (departure.readerHasGone()) return ExitCode::done;
        record(file, watch);
        throw;
    }
    return ExitCode::done;
}

}  // namespace cli
