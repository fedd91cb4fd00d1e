#include "usage_message.hpp"

#include "suggestion.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace cli {
namespace {

/// Our name, and what other programs call it, separated by blanks.
struct Synonyms {
    std::string_view ours;
    std::string_view theirs;
};

constexpr Synonyms commandSynonyms[] = {
    {"get", "view show describe info inspect logs log"},
    {"list", "ls runs search find query export dump"},
    {"stop", "cancel kill terminate abort"},
    {"rerun", "retry restart replay repeat"},
    {"watch", "tail follow monitor"},
    {"history", "stats report summary metrics"},
    {"errors", "why failures error"},
    {"demo-server", "demo server serve"},
};

/// A name of ours with a value is offered where the flag takes that value. What does not begin with a dash is said
/// as it is.
constexpr Synonyms flagSynonyms[] = {
    {"--format csv", "--csv"},
    {"--format json", "--json"},
    {"--format ndjson", "--ndjson --jsonl --json"},
    {"--format table", "--table --human"},
    {"--format", "--output -o --out"},
    {"--since", "--from --after --start --begin --created --date"},
    {"--until", "--to --before --end"},
    {"--status", "--state --outcome --result --conclusion"},
    {"--failed", "--failures --errored --errors --error --unsuccessful"},
    {"--running", "--active --open --in-progress"},
    {"--max", "-n --count --num --number --top --head --limit -l"},
    {"--limit", "--page-size --per-page --size"},
    {"--page", "--offset --skip"},
    {"--sort-asc", "--asc --sort --order --order-by --reverse -r --oldest-first"},
    {"--workflow-name", "--workflow --name"},
    {"--slug", "--app --application -a"},
    {"--execution-id", "--id --run --run-id"},
    {"--execution-type", "--type -t"},
    {"--execution-source", "--source --trigger --event"},
    {"--columns", "--fields --field --column -c"},
    {"--group-by", "--group --by"},
    {"--older-than", "--older --age"},
    {"--yes", "--force -f --confirm --no-confirm --assume-yes --no-prompt"},
    {"--dry-run", "--dry --simulate --preview --plan"},
    {"--wait", "--watch --follow --block"},
    {"--interval", "--every --poll --poll-interval -i"},
    {"--exec", "--command --run-command --on-change"},
    {"--checkpoint", "--resume --continue --state-file"},
    {"--base-url", "--url --host --server --endpoint --address --hostname"},
    {"--ca-file", "--cacert --ca-cert --ca-bundle --ca"},
    {"--verbose", "--debug --trace"},
    {"--quiet", "--silent"},
    {"--retries", "--retry --max-retries --attempts"},
    {"--rate", "--rate-limit --rps --qps --throttle"},
    {"--timeout", "--max-time --deadline"},
    {"--prefetch", "--concurrency --parallel --jobs -j --threads"},
    {"--runs", "--size --count -n"},
    {"--version", "-V"},
    {"runs are followed by the commands 'watch' and 'wait'", "--watch --follow --tail -f"},
    {"credentials come from the environment: REFOLD_API_KEY with REFOLD_LINKED_ACCOUNT_ID, or REFOLD_SESSION_TOKEN",
     "--api-key --key --token --session-token --password --account --linked-account --linked-account-id --user -u"},
    {"certificates are always verified; --ca-file trusts another authority",
     "--insecure -k --no-verify --skip-verify --insecure-skip-verify --no-check-certificate"},
    {"set NO_COLOR=1 in the environment for no colour, CLICOLOR_FORCE=1 for colour in a pipe",
     "--no-color --no-colour --color --colour"},
    {"pipe the output of --format json into jq", "--jq --template --query"},
    {"nothing is paged; pipe the output into less -R", "--pager --no-pager"},
};

bool lists(std::string_view names, std::string_view wanted) {
    for (std::size_t begin = 0; begin < names.size();) {
        const std::size_t end = std::min(names.find(' ', begin), names.size());
        if (names.substr(begin, end - begin) == wanted) return true;
        begin = end + 1;
    }
    return false;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string didYouMean(std::string_view meant) {
    return "; did you mean '" + std::string(meant) + "'?";
}

std::vector<std::string> commandNames(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* const command : program.get_subcommands({})) names.push_back(command->get_name());
    return names;
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

/// True if the command has the flag, and the flag describes the value if there is one.
bool accepts(const CLI::App& command, std::string_view suggestion) {
    const std::size_t blank = std::min(suggestion.find(' '), suggestion.size());
    const CLI::Option* const option = command.get_option_no_throw(std::string(suggestion.substr(0, blank)));
    if (option == nullptr) return false;
    const std::string value(suggestion.substr(std::min(blank + 1, suggestion.size())));
    // As a word: ndjson is not json.
    return value.empty() || (" " + option->get_description()).find(" " + value) != std::string::npos;
}

std::optional<std::string> synonymOf(const CLI::App& command, std::string_view flag) {
    for (const auto& [ours, theirs] : flagSynonyms) {
        if (!lists(theirs, flag)) continue;
        if (ours.front() != '-') return "; " + std::string(ours);
        if (accepts(command, ours)) return didYouMean(ours);
    }
    return {};
}

/// Returns the first word that looks like a flag and is not a flag of the command.
std::optional<std::string> unknownFlag(const CLI::App& command) {
    for (const std::string& word : command.remaining()) {
        if (word.size() > 1 && word.front() == '-' && word != "--") return word.substr(0, word.find('='));
    }
    return {};
}

std::string explainFlag(const CLI::App& program, const CLI::App& command, const std::string& flag) {
    std::string message = command.get_name() + " has no flag " + flag;
    if (const auto synonym = synonymOf(command, flag)) return message + *synonym;
    // Of short names, any would be near.
    const bool isLong = flag.rfind("--", 0) == 0;
    const auto meant = isLong ? nearestTo(flag, flagNames(command)) : std::nullopt;
    if (meant) return message + didYouMean(*meant);
    std::vector<std::string> others;
    for (const CLI::App* const other : program.get_subcommands({})) {
        if (other->get_option_no_throw(flag) != nullptr) others.push_back(other->get_name());
    }
    return message + (others.empty() ? std::string() : "; these commands have it: " + joined(others));
}

std::string explainMissingId(const CLI::App& program, const CLI::App& command) {
    return "ID is missing; call it as '" + program.get_name() + " " + command.get_name() +
           " ID', with a run's id as list shows it";
}

std::string explainExtra(const CLI::App& program, const CLI::App& command) {
    const std::string& name = command.get_name();
    const std::string word = command.remaining().front();
    if (name == "watch") {
        return "watch follows all runs and takes no id; to wait for one run: " + program.get_name() + " wait " + word;
    }
    if (command.get_option_no_throw("ID") != nullptr) return name + " takes one ID; '" + word + "' is one too many";
    return name + " takes no argument, but got '" + word + "'" +
           (name == "demo-server" ? std::string() : "; one run: " + program.get_name() + " get ID");
}

std::string explain(const CLI::ParseError& error, const CLI::App& program) {
    const std::vector<std::string> stray = program.remaining();
    if (!stray.empty()) return unknownCommand(program, stray.front());
    const std::vector<CLI::App*> given = program.get_subcommands();
    if (given.empty()) return "a command is missing; the commands are " + joined(commandNames(program));
    const CLI::App& command = *given.front();
    if (const auto unknown = unknownFlag(command)) return explainFlag(program, command, *unknown);
    const std::string message = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return message.substr(0, message.find(':')) + ": it takes exactly one value";
    }
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) return explainMissingId(program, command);
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return explainExtra(program, command);
    return message;
}

}  // namespace

std::string unknownCommand(const CLI::App& program, const std::string& word) {
    const std::vector<std::string> names = commandNames(program);
    if (word.rfind('-', 0) == 0) {
        return "'" + word.substr(0, word.find('=')) +
               "' is no flag of the program; flags follow the command: " + program.get_name() + " COMMAND [FLAGS]";
    }
    std::string message = "'" + word + "' is not a command";
    for (const auto& [ours, theirs] : commandSynonyms) {
        if (lists(theirs, word) && std::find(names.begin(), names.end(), ours) != names.end())
            return message + didYouMean(ours);
    }
    const auto meant = nearestTo(word, names);
    return message + (meant ? didYouMean(*meant) : "; the commands are " + joined(names));
}

std::string usageMessage(const CLI::ParseError& error, const CLI::App& program) {
    return explain(error, program) + " (--help shows what is accepted)";
}

}  // namespace cli
