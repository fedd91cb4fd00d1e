// Combines the commands, each of which declares its own flags (`<name>_flags.cpp`), into one CLI11 parser.
#include "command_line.hpp"

#include "bulk_flags.hpp"
#include "errors_flags.hpp"
#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "help_formatter.hpp"
#include "history_flags.hpp"
#include "list_flags.hpp"
#include "run_flags.hpp"
#include "usage_message.hpp"
#include "watch_flags.hpp"
#ifdef REFOLD_EXECUTIONS_HAS_DEMO_SERVER
#include "demo_server_flags.hpp"
#endif

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace cli {
namespace {

constexpr const char* programName = "refold-executions";

constexpr const char* programExamples = R"(Examples:
  refold-executions list                     the latest runs
  refold-executions list --failed --since 7d
                                             runs that failed within seven days
  refold-executions errors --since 2h        why runs failed, grouped by error
  refold-executions rerun --failed --since 2h
                                             rerun the failed runs
  refold-executions history --since today --compare previous
                                             today compared with yesterday
  refold-executions get ID                   one run, its nodes, its error
  refold-executions watch                    new runs and status changes
  refold-executions list --all --format csv > runs.csv
                                             every run, for a spreadsheet
  refold-executions help list                all flags of a command
)";

constexpr const char* programFooter = R"(Credentials come from the environment, never from a flag:
  REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN
  REFOLD_BASE_URL names another server; --base-url overrides it
  Without an account, try a server of your own: refold-executions demo-server

Exit codes:
    0 done
    1 unexpected error, a run that failed, or not confirmed
    2 wrong usage or a refused argument
    3 authentication refused (401, 403)
    4 another refusal (4xx)
    5 no complete answer: name resolution, connection, TLS, time limit
    6 a rate limit or server error that outlasted the retries
    7 an answer that cannot be read
  130 interrupted
)";

std::vector<Command> describeCommands(CLI::App& program) {
    std::vector<Command> commands = {describeList(program),  describeErrors(program), describeHistory(program),
                                     describeWatch(program), describeGet(program),    describeWait(program),
                                     describeRerun(program), describeStop(program)};
#ifdef REFOLD_EXECUTIONS_HAS_DEMO_SERVER
    commands.push_back(describeDemoServer(program));
#endif
    return commands;
}

/// `help list` for `list --help`.
std::vector<std::string> withoutHelpCommand(std::vector<std::string> words) {
    if (words.empty() || words.front() != "help") return words;
    words.erase(words.begin());
    words.resize(std::min<std::size_t>(words.size(), 1));
    words.emplace_back("--help");
    return words;
}

}  // namespace

CommandLine parseCommandLine(const std::vector<std::string>& given, refold::Timestamp now) {
    const std::vector<std::string> words = withoutHelpCommand(given);
    CLI::App program("refold-executions shows, watches and repeats the runs of Refold workflows", programName);
    program.require_subcommand(1);
    program.footer(programFooter);
    addInformation(program);
    const std::vector<Command> commands = describeCommands(program);

    std::map<const CLI::App*, std::string> examples = {{&program, programExamples}};
    for (const Command& command : commands) examples.emplace(command.app, command.examples);
    const auto formatter = std::make_shared<HelpFormatter>(std::move(examples));
    program.formatter(formatter);
    for (const Command& command : commands) {
        command.app->formatter(formatter);
        command.app->group("Commands");
    }

    CommandLine commandLine;
    try {
        // It takes the words from the end.
        program.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        const std::vector<CLI::App*> parsed = program.get_subcommands();
        // CLI11 gives help also behind a word that is no command.
        if (parsed.empty() && words.front().rfind('-', 0) != 0)
            throw UsageError(unknownCommand(program, words.front()));
        commandLine.information = parsed.empty() ? program.help() : parsed.front()->help();
        return commandLine;
    } catch (const CLI::CallForVersion& version) {
        commandLine.information = std::string(version.what()) + "\n";
        return commandLine;
    } catch (const CLI::ParseError& error) {
        throw UsageError(usageMessage(error, program));
    }
    for (const Command& command : commands) {
        if (command.app->parsed()) commandLine.run = command.read(now);
    }
    return commandLine;
}

}  // namespace cli
