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

/// To be called before anything opens a descriptor: makes sure that no connection or file takes the place of a stdout
/// that was closed when the program started (writing there fails then), and that a closed pipe is an error of a write,
/// not a signal.
void prepareStreams();

/// Writes what can be written, and says nothing of the rest: for messages and progress.
void writeOrDrop(int descriptor, std::string_view text) noexcept;

struct WriteResult {
    int error = 0;  ///< of errno; EPIPE where the reader has gone
    bool interrupted = false;
};

/// Writes all of it. Once `wake` is raised, what does not read it has `grace` left.
WriteResult writeStream(int descriptor, std::string_view text, Wake wake, std::chrono::milliseconds grace);

enum class ReadResult { byte, end, interrupted };

/// Reads one byte, no more: what follows is for others that read the stream.
ReadResult readStream(int descriptor, char& byte, Wake wake);

enum class Closing { reader, interrupted, stopped };

/// Waits until the reader closes the stream or one of the flags is raised. On Windows a reader that closes it is not
/// noticed here.
Closing waitUntilClosed(int descriptor, Wake interruption, Wake stop);

bool isTerminal(int descriptor) noexcept;
/// True if the terminal supports escape sequences for the cursor and colours.
bool takesEscapes(int descriptor);
/// Empty where it does not say.
std::optional<std::size_t> columnsOf(int descriptor);
/// True if text is UTF-8 unless the locale's variables say otherwise.
bool isUtf8ByDefault() noexcept;

}  // namespace cli::platform

#endif
