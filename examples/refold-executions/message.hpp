// Writes each message to stderr with one write, so that the messages of several programs on one terminal do not mix.
#ifndef REFOLD_EXECUTIONS_MESSAGE_HPP
#define REFOLD_EXECUTIONS_MESSAGE_HPP

#include <string_view>

namespace cli {

/// Writes `text` as it is: the caller makes it safe. A message that cannot be written is dropped.
void writeMessage(std::string_view text) noexcept;

}  // namespace cli

#endif
