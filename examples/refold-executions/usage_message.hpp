// Writes the message about a wrong command line: what is wrong, and what was probably meant, for mistyped words and for
// names that other programs use. Used by the command line.
#ifndef REFOLD_EXECUTIONS_USAGE_MESSAGE_HPP
#define REFOLD_EXECUTIONS_USAGE_MESSAGE_HPP

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

/// The message for an error of CLI11.
/// \param program  after parsing
std::string usageMessage(const CLI::ParseError& error, const CLI::App& program);

/// For a word that is no command: `'lst' is not a command; did you mean 'list'?`
std::string unknownCommand(const CLI::App& program, const std::string& word);

}  // namespace cli

#endif
