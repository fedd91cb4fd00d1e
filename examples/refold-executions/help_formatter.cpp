#include "help_formatter.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cli {
namespace {

constexpr std::size_t nameColumn = 28;
constexpr std::size_t lineWidth = 80;

/// An entry: its name, and beside it the description, wrapped.
std::string entry(const std::string& name, std::string_view description) {
    std::string text = "  " + name;
    if (text.size() + 2 > nameColumn) {
        text += "\n" + std::string(nameColumn, ' ');
    } else {
        text.append(nameColumn - text.size(), ' ');
    }
    constexpr std::size_t room = lineWidth - nameColumn;
    while (description.size() > room) {
        const std::size_t blank = description.rfind(' ', room);
        if (blank == std::string_view::npos) break;
        text += std::string(description.substr(0, blank)) + "\n" + std::string(nameColumn, ' ');
        description.remove_prefix(blank + 1);
    }
    return text + std::string(description) + "\n";
}

/// CLI11 parts groups by two empty lines.
std::string withSingleEmptyLines(std::string text) {
    for (std::size_t at = 0; (at = text.find("\n\n\n", at)) != std::string::npos;) text.erase(at, 1);
    return text;
}

}  // namespace

HelpFormatter::HelpFormatter(std::map<const CLI::App*, std::string> examples) : examples_(std::move(examples)) {
    label("Positionals", "Arguments");
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool isPositional) const {
    std::string name = make_option_name(option, isPositional);
    // A flag without a short name is aligned with the long names.
    if (!isPositional && name.rfind("--", 0) == 0) name.insert(0, "    ");
    const std::size_t comma = name.find(',');
    if (comma != std::string::npos) name.insert(comma + 1, " ");
    return entry(name + make_option_opts(option), option->get_description());
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
    return entry(command->get_name(), command->get_description());
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode mode) const {
    const CLI::App* const program = app->get_parent();
    std::string usage = "Usage: ";
    usage += program == nullptr ? app->get_name() + " COMMAND" : program->get_name() + " " + app->get_name();
    const auto isPositional = [](const CLI::Option* option) { return option->get_positional(); };
    for (const CLI::Option* const option : app->get_options(isPositional)) {
        const bool many = option->get_expected_max() > 1;
        const std::string name = option->get_name(true) + (many ? "..." : "");
        usage += option->get_required() ? " " + name : " [" + name + "]";
    }
    usage += " [FLAGS]";
    const auto examples = examples_.find(app);
    const std::string lists =
        withSingleEmptyLines(make_subcommands(app, mode) + make_positionals(app) + make_groups(app, mode));
    return app->get_description() + "\n\n" + (examples != examples_.end() ? examples->second + "\n" : "") + usage +
           "\n" + lists + "\n" + app->get_footer();
}

}  // namespace cli
