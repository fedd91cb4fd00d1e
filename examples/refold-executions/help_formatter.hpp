// How `--help` is laid out. Used by the command line.
#ifndef REFOLD_EXECUTIONS_HELP_FORMATTER_HPP
#define REFOLD_EXECUTIONS_HELP_FORMATTER_HPP

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace cli {

/// Help with the examples first: who asks for help wants to see the command at work.
class HelpFormatter final : public CLI::Formatter {
  public:
    explicit HelpFormatter(std::map<const CLI::App*, std::string> examples);

    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

  private:
    std::map<const CLI::App*, std::string> examples_;
};

}  // namespace cli

#endif
