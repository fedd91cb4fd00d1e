#include "help_formatter.hpp"

#include <utility>

namespace cli {

HelpFormatter::HelpFormatter(std::map<const CLI::App*, std::string> examples) : examples_(std::move(examples)) {
    column_width(26);
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode mode) const {
    const CLI::App* const program = app->get_parent();
    std::string usage = "Usage: ";
    usage += program == nullptr ? app->get_name() + " COMMAND" : program->get_name() + " " + app->get_name();
    const auto isPositional = [](const CLI::Option* option) { return option->get_positional(); };
    for (const CLI::Option* const option : app->get_options(isPositional)) usage += " " + option->get_name(true);
    usage += " [FLAGS]";
    const auto examples = examples_.find(app);
    // CLI11 parts groups by two empty lines.
    const std::string groups =
        CLI::detail::find_and_replace(make_positionals(app) + make_groups(app, mode), "\n\n\n", "\n\n");
    return app->get_description() + "\n\n" + (examples != examples_.end() ? examples->second + "\n" : "") + usage +
           "\n" + groups + make_subcommands(app, mode) + "\n" + app->get_footer();
}

}  // namespace cli
