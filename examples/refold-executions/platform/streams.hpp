// Reads and writes stdin, stdout and stderr so that an interruption ends the call, and detects terminals. Used by the
// program's own streams.
#ifndef REFOLD_EXECUTIONS_PLATFORM_STREAMS_HPP
#define REFOLD_EXECUTIONS_PLATFORM_STREAMS_HPP

#include "platform/wake_flag.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cli::platform {

constexpr int standardInput = 0;
constexpr int standardOutput = 1;
constexpr int standardError = 2;

/// Must be called before anything opens a descriptor. Reserves the descriptors of streams that were closed when the
/// program started, so that no file or connection gets them (writing to them fails), and turns SIGPIPE into an error.
void prepareStreams();

/// Writes what can be written without waiting, and ignores errors: for messages and progress.
void writeOrDrop(int descriptor, std::string_view text) noexcept;

struct WriteResult {
    int error = 0;  ///< of errno; EPIPE if the reader has gone
    bool interrupted = false;
};

/// Writes all of `text`. After `wake` is raised, the reader has `grace` left.
WriteResult writeStream(int descriptor, std::string_view text, Wake wake, std::chrono::milliseconds grace);

enum class ReadResult { byte, end, interrupted };

/// Reads one byte and no more, because other programs may read the rest of the stream.
ReadResult readStream(int descriptor, char& byte, Wake wake);

enum class Closing { reader, interrupted, stopped };

/// Waits until the reader closes the stream or one of the flags is raised. On Windows a reader that closes it is not
/// noticed here.
Closing waitUntilClosed(int descriptor, Wake interruption, Wake stop);

bool isTerminal(int descriptor) noexcept;
/// True if the terminal supports escape sequences for the cursor and colours.
bool takesEscapes(int descriptor);
/// Empty if unknown.
std::optional<std::size_t> columnsOf(int descriptor);
/// True if text is UTF-8 unless the locale's variables say otherwise.
bool isUtf8ByDefault() noexcept;

}  // namespace cli::platform

#endif
