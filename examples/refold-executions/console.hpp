// The streams of the program: where data goes, where messages go, and what kind of places these are.
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

    /// No progress and no summaries from now on: stderr counts as no terminal, and `say` says nothing.
    void beQuiet();

    /// A line on stderr, made safe for a terminal: progress, totals, summaries.
    void say(std::string_view text) const;
    /// As above, also where the program is to be quiet, with its name in front: for errors and warnings.
    void complain(std::string_view text) const;

  private:
    void put(std::string_view text) const;

    bool quiet_ = false;
    Terminal dataTerminal_;
    Terminal messageTerminal_;
    Output data_;
};

}  // namespace cli

#endif
