// A signal handler may do next to nothing, so it writes one byte to a pipe, and a thread that reads the pipe does the
// rest.
#include "platform/signals.hpp"

#include "platform/files.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace cli::platform {
namespace {

constexpr char signalByte = 's';
constexpr char quitByte = 'q';

/// The descriptor that the handler writes to: a handler has no object to belong to.
std::atomic<int> signalPipe{-1};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler must not wait for a lock");

extern "C" void noteSignal(int) {
    const int savedError = errno;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe.load(), &signalByte, 1);
    errno = savedError;
}

}  // namespace

class Signals::Impl {
  public:
    explicit Impl(std::function<void()> onSignal) : onSignal_(std::move(onSignal)) {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
        readEnd_ = FileDescriptor(ends[0]);
        writeEnd_ = FileDescriptor(ends[1]);
        for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
        // A handler must never wait, not even in a storm of signals.
        ::fcntl(writeEnd_.number(), F_SETFL, O_NONBLOCK);
        signalPipe = writeEnd_.number();
        watcher_ = std::thread(&Impl::watch, this);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) take(signal);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        for (const Taken& taken : taken_) ::sigaction(taken.signal, &taken.previous, nullptr);
        while (::write(writeEnd_.number(), &quitByte, 1) < 0 && (errno == EINTR || errno == EAGAIN)) {
        }
        watcher_.join();
        signalPipe = -1;
    }

  private:
    struct Taken {
        int signal;
        struct sigaction previous;
    };

    void take(int signal) {
        // Without SA_RESTART, so that a write to a stopped terminal returns.
        struct sigaction action = {};
        action.sa_handler = noteSignal;
        sigemptyset(&action.sa_mask);
        struct sigaction previous = {};
        ::sigaction(signal, nullptr, &previous);
        if (previous.sa_handler == SIG_IGN) return;
        ::sigaction(signal, &action, nullptr);
        taken_.push_back({signal, previous});
    }

    void watch() {
        for (;;) {
            char byte = 0;
            const ssize_t count = ::read(readEnd_.number(), &byte, 1);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0 || byte == quitByte) return;
            onSignal_();
        }
    }

    std::function<void()> onSignal_;
    FileDescriptor readEnd_;
    FileDescriptor writeEnd_;
    std::vector<Taken> taken_;
    std::thread watcher_;
};

Signals::Signals(std::function<void()> onSignal) : impl_(std::make_unique<Impl>(std::move(onSignal))) {
}

Signals::~Signals() = default;

}  // namespace cli::platform
