// Holds the program's streams, stdout for data and stderr for messages, and detects whether they are terminals.
#ifndef REFOLD_EXECUTIONS_CONSOLE_HPP
#define REFOLD_EXECUTIONS_CONSOLE_HPP

#include "interruption.hpp"
#include "output.hpp"
#include "terminal.hpp"

#include <string_view>

namespace cli {

class Console {
  public:
    explicit Console(const Interruption& interruption);

    Output& data() noexcept { return data_; }
    const Output& dataOutput() const noexcept { return data_; }
    const Terminal& dataTerminal() const noexcept { return dataTerminal_; }
    const Terminal& messageTerminal() const noexcept { return messageTerminal_; }

    /// Disables progress and summaries: stderr is not treated as a terminal, and `say` prints nothing.
    void setQuiet();

    /// A line on stderr, made safe for a terminal: progress, totals, summaries.
    void say(std::string_view text) const;
    /// Like `say`, with the program's name in front, and not turned off by `setQuiet`: for errors and warnings.
    void report(std::string_view text) const;
    /// A line below an error or a warning, cut to the width of a terminal.
    void detail(std::string_view text) const;

  private:
    void put(std::string_view text) const;

    bool quiet_ = false;
    Terminal dataTerminal_;
    Terminal messageTerminal_;
    Output data_;
};

}  // namespace cli

#endif
