// Writes the data to stdout: buffers it, writes it on `flush`, and reports every failure. Unlike std::cout it
// distinguishes a closed pipe from a full disk, and Ctrl-C ends a blocked write.
#ifndef REFOLD_EXECUTIONS_OUTPUT_HPP
#define REFOLD_EXECUTIONS_OUTPUT_HPP

#include "platform/files.hpp"
#include "platform/wake_flag.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cli {

/// Data could not be written and is lost.
class OutputError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The reader has closed the stream.
class OutputClosed : public OutputError {
  public:
    using OutputError::OutputError;
};

/// The program was interrupted while it waited for the reader of the stream.
class OutputInterrupted : public OutputError {
  public:
    using OutputError::OutputError;
};

/// The regular file behind the stream, so that an export can be resumed in it.
using OutputFile = platform::FileIdentity;

class Output {
  public:
    /// \param wake  raised when the program is interrupted
    explicit Output(int descriptor, platform::Wake wake = platform::noWake) noexcept
        : descriptor_(descriptor), wake_(wake) {}

    void append(std::string_view text) { buffer_ += text; }
    std::size_t pending() const noexcept { return buffer_.size(); }

    /// Writes all that was appended. Throws `OutputError` with the reason; what could not be written is
    /// dropped then.
    void flush();

    /// The file behind the stream and how far it is written; empty if it is a pipe, a terminal or a device.
    std::optional<OutputFile> file() const;
    /// Truncates the file and continues writing at its end.
    void truncate(std::uint64_t size);
    /// Makes what was flushed survive a loss of power; does nothing if the stream is not a file.
    void synchronize() const;

  private:
    int descriptor_;
    platform::Wake wake_;
    std::string buffer_;
};

}  // namespace cli

#endif
