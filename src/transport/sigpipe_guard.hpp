// Blocks SIGPIPE on the calling thread while libcurl runs: OpenSSL raises it when it writes to a connection that the
// peer has closed, and libcurl before 7.87 lets it through. Does not change the program's signal handlers. Used around
// the calls into libcurl that may write.
#ifndef REFOLD_TRANSPORT_SIGPIPE_GUARD_HPP
#define REFOLD_TRANSPORT_SIGPIPE_GUARD_HPP

#ifndef _WIN32
#include <csignal>
#endif

namespace refold::internal {

#ifdef _WIN32
/// Windows has no SIGPIPE.
class SigpipeGuard {
  public:
    SigpipeGuard() noexcept {}
    SigpipeGuard(const SigpipeGuard&) = delete;
    SigpipeGuard& operator=(const SigpipeGuard&) = delete;
    ~SigpipeGuard() {}
};
#else
class SigpipeGuard {
  public:
    SigpipeGuard() noexcept;
    SigpipeGuard(const SigpipeGuard&) = delete;
    SigpipeGuard& operator=(const SigpipeGuard&) = delete;
    ~SigpipeGuard();

  private:
    sigset_t before_;
    bool active_ = false;
};
#endif

}  // namespace refold::internal

#endif
