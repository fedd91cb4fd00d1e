// refold-executions: the run history of Refold workflows in a terminal and in pipes, on the public interface of refold.
// One file per command, format and concern; here they only meet.
#include "command_line.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "platform/arguments.hpp"
#include "platform/streams.hpp"

#include <chrono>
#include <exception>
#include <string>
#include <vector>

namespace {

cli::ExitCode run(const std::vector<std::string>& arguments, cli::Console& console,
                  const cli::Interruption& interruption) {
    const auto now = std::chrono::time_point_cast<refold::Timestamp::duration>(std::chrono::system_clock::now());
    const cli::CommandLine commandLine = cli::parseCommandLine(arguments, now);
    if (commandLine.run) return commandLine.run(console, interruption);
    console.data().append(commandLine.information);
    console.data().flush();
    return cli::ExitCode::done;
}

}  // namespace

int main(int argc, char** argv) {
    cli::platform::prepareStreams();
    const cli::Interruption interruption;
    cli::Console console(interruption);
    cli::Outcome outcome;
    try {
        outcome.code = run(cli::platform::argumentsOf(argc, argv), console, interruption);
    } catch (...) {
        outcome = cli::outcomeOf(std::current_exception());
    }
    if (!outcome.message.empty()) console.report(outcome.message);
    for (const std::string& line : outcome.details) console.detail(line);
    return static_cast<int>(outcome.code);
}
