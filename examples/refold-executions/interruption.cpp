// A signal handler may do next to nothing, so it writes one byte to a pipe, and a thread that reads the pipe does the rest.
#include "interruption.hpp"

#include "exit_code.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <system_error>

namespace cli {
namespace {

constexpr char signalByte = 's';
constexpr char quitByte = 'q';

/// Where the handler writes: a handler has no object to belong to.
std::atomic<int> signalPipe{-1};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler must not wait for a lock");

extern "C" void noteSignal(int) {
    const int savedError = errno;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe.load(), &signalByte, 1);
    errno = savedError;
}

}  // namespace

Pipe::Pipe() {
    if (::pipe(ends_) != 0) throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    for (const int end : ends_) ::fcntl(end, F_SETFD, FD_CLOEXEC);
}

Pipe::~Pipe() {
    ::close(ends_[0]);
    closeWriteEnd();
}

void Pipe::closeWriteEnd() noexcept {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
}

Interruption::Interruption() {
    // A handler must never wait, not even in a storm of signals.
    ::fcntl(signals_.writeEnd(), F_SETFL, O_NONBLOCK);
    signalPipe = signals_.writeEnd();
    watcher_ = std::thread(&Interruption::watch, this);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        // Without SA_RESTART, so that a write to a stopped terminal returns.
        struct sigaction action = {};
        action.sa_handler = noteSignal;
        sigemptyset(&action.sa_mask);
        struct sigaction previous = {};
        ::sigaction(signal, nullptr, &previous);
        if (previous.sa_handler == SIG_IGN) continue;
        ::sigaction(signal, &action, nullptr);
        taken_.push_back({signal, previous});
    }
}

Interruption::~Interruption() {
    for (const Taken& taken : taken_) ::sigaction(taken.signal, &taken.previous, nullptr);
    while (::write(signals_.writeEnd(), &quitByte, 1) < 0 && (errno == EINTR || errno == EAGAIN)) {
    }
    watcher_.join();
    signalPipe = -1;
}

void Interruption::watch() {
    for (;;) {
        char byte = 0;
        const ssize_t count = ::read(signals_.readEnd(), &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || byte == quitByte) return;
        if (source_.isCancelled()) ::_exit(static_cast<int>(ExitCode::interrupted));
        source_.cancel();
        raised_.closeWriteEnd();
    }
}

}  // namespace cli
