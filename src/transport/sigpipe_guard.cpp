// A blocked SIGPIPE stays pending on the thread; the guard consumes it before it restores the thread's signal mask.
#include "transport/sigpipe_guard.hpp"

#ifndef _WIN32

#include <ctime>

namespace refold::internal {

namespace {

sigset_t pipeSignal() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

bool isPending() noexcept {
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
}

}  // namespace

SigpipeGuard::SigpipeGuard() noexcept : before_() {
    // If one is pending, the program has blocked it and expects it; another one merges with it.
    if (isPending()) return;
    const sigset_t set = pipeSignal();
    active_ = pthread_sigmask(SIG_BLOCK, &set, &before_) == 0;
}

SigpipeGuard::~SigpipeGuard() {
    if (!active_) return;
    if (isPending()) {
        const sigset_t set = pipeSignal();
#ifdef __APPLE__
        int signal = 0;
        sigwait(&set, &signal);
#else
        const timespec atOnce{};
        sigtimedwait(&set, nullptr, &atOnce);
#endif
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace refold::internal

#endif
