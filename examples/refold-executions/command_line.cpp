// CLI11 parses; each command describes its own flags (`<name>_flags.cpp`), and here they are put together.
#include "command_line.hpp"

#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "help_formatter.hpp"
#include "history_flags.hpp"
#include "list_flags.hpp"
#include "run_flags.hpp"
#include "watch_flags.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>
#include <vector>

namespace cli {
namespace {

constexpr const char* programName = "refold-executions";

constexpr const char* programExamples = R"(Examples:
  refold-executions list                                  the latest page, as a table on a terminal
  refold-executions list --status FAILED --start-date 7d  what failed in the last seven days
  refold-executions list --all --format csv > runs.csv    every run, for a spreadsheet
  refold-executions history --html runs.html              the last seven days, and a page of them
  refold-executions get ID                                one run, its nodes, and why it failed
  refold-executions watch                                 what happens from now on
  refold-executions list --help                           all flags of a command
)";

constexpr const char* programFooter = R"(Credentials come from the environment, never from a flag:
  REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN
  REFOLD_BASE_URL names another server; --base-url comes before it

Exit codes:
  0 done                          5 no answer: name, connection, TLS, time limit
  1 unexpected                    6 rate limit or server error, in spite of retries
  2 wrong usage                   7 an answer that could not be understood
  3 credentials refused           130 interrupted
  4 request refused otherwise
)";

/// A command is missing, or the argument that every use of a command has.
std::string explainMissing(const CLI::ParseError& error, const CLI::App& program, int argc, const char* const* argv) {
    const std::vector<CLI::App*> given = program.get_subcommands();
    if (!given.empty()) {
        // Of `ID is required`.
        const std::string message = error.what();
        const std::string argument = message.substr(0, message.find(' '));
        return argument + " is missing; call it as '" + programName + " " + given.front()->get_name() + " " + argument +
               "', with a run's id as list shows it";
    }
    std::string names;
    for (const CLI::App* const command : program.get_subcommands({})) {
        names += (names.empty() ? "" : ", ") + command->get_name();
    }
    const std::string wrong = argc > 1 ? "'" + std::string(argv[1]) + "' is not a command" : "a command is missing";
    return wrong + "; there is: " + names;
}

/// CLI11's messages, where they could say more.
std::string explain(const CLI::ParseError& error, const CLI::App& program, int argc, const char* const* argv) {
    std::string message = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        message = message.substr(0, message.find(':')) + ": it takes exactly one value";
    } else if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        message = explainMissing(error, program, argc, argv);
    }
    return message + " (--help shows what is accepted)";
}

}  // namespace

CommandLine parseCommandLine(int argc, const char* const* argv, refold::Timestamp now) {
    CLI::App program("refold-executions shows and exports the run history of Refold workflows", programName);
    program.require_subcommand(1);
    program.footer(programFooter);
    addInformation(program);
    const std::vector<Command> commands = {describeList(program), describeHistory(program), describeWatch(program),
                                           describeGet(program),  describeWait(program),    describeStop(program),
                                           describeRerun(program)};

    std::map<const CLI::App*, std::string> examples = {{&program, programExamples}};
    for (const Command& command : commands) examples.emplace(command.app, command.examples);
    const auto formatter = std::make_shared<HelpFormatter>(std::move(examples));
    program.formatter(formatter);
    for (const Command& command : commands) command.app->formatter(formatter);

    CommandLine commandLine;
    try {
        program.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        const std::vector<CLI::App*> parsed = program.get_subcommands();
        commandLine.information = parsed.empty() ? program.help() : parsed.front()->help();
        return commandLine;
    } catch (const CLI::CallForVersion& version) {
        commandLine.information = std::string(version.what()) + "\n";
        return commandLine;
    } catch (const CLI::ParseError& error) {
        throw UsageError(explain(error, program, argc, argv));
    }
    for (const Command& command : commands) {
        if (command.app->parsed()) commandLine.run = command.read(now);
    }
    return commandLine;
}

}  // namespace cli
