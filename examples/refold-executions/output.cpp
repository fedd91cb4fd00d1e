// Writing to a descriptor with poll(): a pipe that nobody reads must not keep a Ctrl-C waiting.
#include "output.hpp"

#include "system_reason.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

namespace cli {
namespace {

/// How long a reader may take for what is left once the program was interrupted.
constexpr int graceMilliseconds = 500;

[[noreturn]] void failToWrite(int error) {
    if (error == EPIPE) throw OutputClosed("the reader of the output has gone");
    throw OutputError("cannot write the output: " + reasonOf(error));
}

}  // namespace

void Output::waitUntilWritable() const {
    pollfd polled[2] = {{descriptor_, POLLOUT, 0}, {wakeDescriptor_, POLLIN, 0}};
    while (::poll(polled, 2, -1) < 0) {
        if (errno != EINTR) failToWrite(errno);
    }
    // An error is for write() to name.
    if (polled[0].revents != 0) return;
    if (::poll(polled, 1, graceMilliseconds) <= 0) throw OutputInterrupted("interrupted while the output was written");
}

void Output::flush() {
    std::string rest;
    rest.swap(buffer_);
    std::string_view left = rest;
    while (!left.empty()) {
        waitUntilWritable();
        // A pipe that is ready takes this much at least without waiting.
        const std::size_t piece = std::min<std::size_t>(left.size(), PIPE_BUF);
        const ssize_t written = ::write(descriptor_, left.data(), piece);
        if (written >= 0) {
            left.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
            failToWrite(errno);
        }
    }
    rest.clear();
    buffer_.swap(rest);
}

std::optional<OutputFile> Output::file() const {
    struct stat status = {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return {};
    OutputFile file;
    file.device = static_cast<std::uint64_t>(status.st_dev);
    file.inode = static_cast<std::uint64_t>(status.st_ino);
    file.size = static_cast<std::uint64_t>(status.st_size);
    return file;
}

void Output::truncate(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0 || ::lseek(descriptor_, 0, SEEK_END) < 0) {
        throw OutputError("cannot cut the output back to where the checkpoint stands: " + reasonOf(errno));
    }
}

void Output::synchronize() const {
    if (!file()) return;
    if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) failToWrite(errno);
}

}  // namespace cli
