// CLI11 parses; each command describes its own flags (`<name>_flags.cpp`), and here they are put together.
#include "command_line.hpp"

#include "bulk_flags.hpp"
#include "errors_flags.hpp"
#include "exit_code.hpp"
#include "flag_groups.hpp"
#include "help_formatter.hpp"
#include "history_flags.hpp"
#include "list_flags.hpp"
#include "run_flags.hpp"
#include "suggestion.hpp"
#include "watch_flags.hpp"
#ifdef REFOLD_EXECUTIONS_HAS_DEMO_SERVER
#include "demo_server_flags.hpp"
#endif

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace cli {
namespace {

constexpr const char* programName = "refold-executions";

constexpr const char* programExamples = R"(Examples:
  refold-executions list                     the latest runs
  refold-executions list --failed --since 7d
                                             what failed in the last seven days
  refold-executions errors --since 2h        why runs failed, and for whom
  refold-executions rerun --failed --since 2h
                                             run again what failed
  refold-executions history --since today --compare previous
                                             is today worse than yesterday
  refold-executions get ID                   one run, its nodes, its failure
  refold-executions watch                    what happens from now on
  refold-executions list --all --format csv > runs.csv
                                             every run, for a spreadsheet
  refold-executions list --help              all flags of a command
)";

constexpr const char* programFooter = R"(Credentials come from the environment, never from a flag:
  REFOLD_API_KEY and REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN
  REFOLD_BASE_URL names another server; --base-url comes before it
  Without an account: refold-executions demo-server starts a server to try on.

Exit codes:
    0 done
    1 unexpected error, a run that failed, or not confirmed
    2 wrong usage
    3 credentials refused
    4 request refused otherwise
    5 no answer: name, connection, TLS, time limit
    6 rate limit or server error, despite retries
    7 an answer that could not be understood
  130 interrupted
)";

/// Names of commands in other programs.
std::string commandMeantBy(const std::string& word, const std::vector<std::string>& names) {
    static const std::pair<const char*, const char*> synonyms[] = {
        {"view", "get"},           {"show", "get"},       {"describe", "get"},    {"info", "get"},
        {"logs", "get"},           {"ls", "list"},        {"runs", "list"},       {"cancel", "stop"},
        {"kill", "stop"},          {"terminate", "stop"}, {"retry", "rerun"},     {"restart", "rerun"},
        {"tail", "watch"},         {"follow", "watch"},   {"stats", "history"},   {"why", "errors"},
        {"failures", "errors"},    {"report", "history"}, {"summary", "history"}, {"demo", "demo-server"},
        {"server", "demo-server"}, {"export", "list"}};
    for (const auto& [synonym, name] : synonyms) {
        const bool exists = std::find(names.begin(), names.end(), name) != names.end();
        if (word == synonym && exists) return name;
    }
    return nearestTo(word, names).value_or("");
}

std::vector<std::string> commandNames(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* const command : program.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

std::string didYouMean(const std::string& meant) {
    return meant.empty() ? std::string() : "; did you mean '" + meant + "'?";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// All names of a command's flags, dashes included.
std::vector<std::string> flagNames(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* const option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
    return names;
}

/// The first flag on the command line that the command does not have; the words behind `--` are no flags.
std::optional<std::string> unknownFlag(const std::vector<std::string>& names, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == "--") return {};
        const std::string flag = word.substr(0, word.find('='));
        if (flag.rfind("--", 0) == 0 && std::find(names.begin(), names.end(), flag) == names.end()) return flag;
    }
    return {};
}

std::string explainFlag(const CLI::App& program, const CLI::App& command, const std::string& flag) {
    std::string message = command.get_name() + " has no flag " + flag;
    if (const auto meant = nearestTo(flag, flagNames(command))) return message + didYouMean(*meant);
    std::vector<std::string> others;
    for (const CLI::App* const other : program.get_subcommands({})) {
        const std::vector<std::string> names = flagNames(*other);
        if (std::find(names.begin(), names.end(), flag) != names.end()) others.push_back(other->get_name());
    }
    return message + (others.empty() ? std::string() : "; these commands have it: " + joined(others));
}

/// A command is missing, or the argument that every use of a command has.
std::string explainMissing(const CLI::ParseError& error, const CLI::App& program,
                           const std::vector<std::string>& words) {
    const std::vector<CLI::App*> given = program.get_subcommands();
    if (!given.empty()) {
        // Of `ID is required`.
        const std::string message = error.what();
        const std::string argument = message.substr(0, message.find(' '));
        return argument + " is missing; call it as '" + programName + " " + given.front()->get_name() + " " + argument +
               "', with a run's id as list shows it";
    }
    const std::vector<std::string> names = commandNames(program);
    const std::string commands = "; the commands are " + joined(names);
    if (words.empty()) return "a command is missing" + commands;
    const std::string meant = commandMeantBy(words.front(), names);
    return "'" + words.front() + "' is not a command" + (meant.empty() ? commands : didYouMean(meant));
}

std::string explainExtra(const std::string& message, const CLI::App& program) {
    const std::vector<CLI::App*> given = program.get_subcommands();
    const std::vector<std::string> extra = program.remaining(true);
    if (given.empty() || extra.empty()) return message;
    const std::string& name = given.front()->get_name();
    const std::string shown = "'" + extra.front() + "'";
    if (name == "watch") {
        return "watch follows all runs and takes no id; to wait for one run: " + std::string(programName) + " wait " +
               extra.front();
    }
    if (name == "list" || name == "history" || name == "errors") {
        return name + " takes no argument, and got " + shown + "; one run: " + std::string(programName) + " get ID";
    }
    return name + " does not take " + shown + " as well";
}

/// CLI11's messages, where they could say more.
std::string explain(const CLI::ParseError& error, const CLI::App& program, const std::vector<std::string>& words) {
    std::string message = error.what();
    const std::vector<CLI::App*> given = program.get_subcommands();
    const bool knowsCommand = !given.empty();
    const auto unknown = knowsCommand ? unknownFlag(flagNames(*given.front()), words) : std::nullopt;
    if (unknown) {
        message = explainFlag(program, *given.front(), *unknown);
    } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        message = message.substr(0, message.find(':')) + ": it takes exactly one value";
    } else if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr || !knowsCommand) {
        message = explainMissing(error, program, words);
    } else if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        message = explainExtra(message, program);
    }
    return message + " (--help shows what is accepted)";
}

std::vector<Command> describeCommands(CLI::App& program) {
    std::vector<Command> commands = {describeList(program),  describeErrors(program), describeHistory(program),
                                     describeWatch(program), describeGet(program),    describeWait(program),
                                     describeRerun(program), describeStop(program)};
#ifdef REFOLD_EXECUTIONS_HAS_DEMO_SERVER
    commands.push_back(describeDemoServer(program));
#endif
    return commands;
}

}  // namespace

CommandLine parseCommandLine(const std::vector<std::string>& words, refold::Timestamp now) {
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
        commandLine.information = parsed.empty() ? program.help() : parsed.front()->help();
        return commandLine;
    } catch (const CLI::CallForVersion& version) {
        commandLine.information = std::string(version.what()) + "\n";
        return commandLine;
    } catch (const CLI::ParseError& error) {
        throw UsageError(explain(error, program, words));
    }
    for (const Command& command : commands) {
        if (command.app->parsed()) commandLine.run = command.read(now);
    }
    return commandLine;
}

}  // namespace cli
