// Formats `--help`: examples first, and no line wider than 80 columns. Used by the command line.
#ifndef REFOLD_EXECUTIONS_HELP_FORMATTER_HPP
#define REFOLD_EXECUTIONS_HELP_FORMATTER_HPP

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace cli {

class HelpFormatter final : public CLI::Formatter {
  public:
    explicit HelpFormatter(std::map<const CLI::App*, std::string> examples);

    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
    std::string make_option(const CLI::Option* option, bool isPositional) const override;
    std::string make_subcommand(const CLI::App* command) const override;

  private:
    std::map<const CLI::App*, std::string> examples_;
};

}  // namespace cli

#endif
