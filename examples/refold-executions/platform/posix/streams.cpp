// With poll(): a pipe that is not read must not delay a Ctrl-C.
#include "platform/streams.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace cli::platform {
namespace {

/// An error or `interrupted` where writing is to end.
WriteResult waitUntilWritable(int descriptor, Wake wake, std::chrono::milliseconds grace) {
    pollfd polled[2] = {{descriptor, POLLOUT, 0}, {static_cast<int>(wake), POLLIN, 0}};
    while (::poll(polled, 2, -1) < 0) {
        if (errno != EINTR) return {errno, false};
    }
    // An error is for write() to name.
    if (polled[0].revents != 0) return {};
    if (::poll(polled, 1, static_cast<int>(grace.count())) <= 0) return {0, true};
    return {};
}

}  // namespace

void prepareStreams() {
    std::signal(SIGPIPE, SIG_IGN);
    for (const int descriptor : {standardInput, standardOutput, standardError}) {
        if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
        // open() takes the lowest free number, which is this one. Opened for reading, it refuses every write.
        [[maybe_unused]] const int opened = ::open("/dev/null", O_RDONLY);
    }
}

void writeOrDrop(int descriptor, std::string_view text) noexcept {
    constexpr int patience = 1000;
    while (!text.empty()) {
        // A pipe that is not read must block neither the program nor a Ctrl-C.
        pollfd polled = {descriptor, POLLOUT, 0};
        const int ready = ::poll(&polled, 1, patience);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return;
        const ssize_t written = ::write(descriptor, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

WriteResult writeStream(int descriptor, std::string_view text, Wake wake, std::chrono::milliseconds grace) {
    while (!text.empty()) {
        const WriteResult waited = waitUntilWritable(descriptor, wake, grace);
        if (waited.error != 0 || waited.interrupted) return waited;
        // A pipe that is ready takes this much at least without waiting.
        std::size_t piece = std::min<std::size_t>(text.size(), PIPE_BUF);
        // Whole lines where possible, so that a kill leaves no part of one.
        if (const std::size_t end = text.substr(0, piece).rfind('\n'); end != std::string_view::npos) piece = end + 1;
        const ssize_t written = ::write(descriptor, text.data(), piece);
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
            return {errno, false};
        }
    }
    return {};
}

ReadResult readStream(int descriptor, char& byte, Wake wake) {
    for (;;) {
        pollfd waits[2] = {{descriptor, POLLIN, 0}, {static_cast<int>(wake), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return ReadResult::end;
        }
        if (waits[1].revents != 0) return ReadResult::interrupted;
        const ssize_t count = ::read(descriptor, &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        return count == 1 ? ReadResult::byte : ReadResult::end;
    }
}

Closing waitUntilClosed(int descriptor, Wake interruption, Wake stop) {
    // A closed pipe or a terminal that was hung up is an error, which is told without being asked for.
    pollfd watched[] = {
        {descriptor, 0, 0}, {static_cast<int>(interruption), POLLIN, 0}, {static_cast<int>(stop), POLLIN, 0}};
    while (::poll(watched, 3, -1) < 0) {
        if (errno != EINTR) return Closing::stopped;
    }
    if (watched[2].revents != 0) return Closing::stopped;
    return watched[1].revents != 0 ? Closing::interrupted : Closing::reader;
}

bool isTerminal(int descriptor) noexcept {
    return ::isatty(descriptor) == 1;
}

bool takesEscapes(int descriptor) {
    const char* const term = std::getenv("TERM");
    return isTerminal(descriptor) && term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

std::optional<std::size_t> columnsOf(int descriptor) {
    winsize size = {};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {};
    return size.ws_col;
}

bool isUtf8ByDefault() noexcept {
    return false;
}

}  // namespace cli::platform
