// Handles Ctrl-C, SIGTERM and SIGHUP on POSIX, and Ctrl-C, Ctrl-Break and closing the console on Windows, by calls on
// an ordinary thread. Used by `Interruption`.
#ifndef REFOLD_EXECUTIONS_PLATFORM_SIGNALS_HPP
#define REFOLD_EXECUTIONS_PLATFORM_SIGNALS_HPP

#include <functional>
#include <memory>

namespace cli::platform {

/// Takes over the signals until it is destroyed; one object at a time. A signal that was ignored when the program
/// started (nohup) stays ignored.
class Signals {
  public:
    /// Calls `onSignal` for each signal, one after the other.
    explicit Signals(std::function<void()> onSignal);
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cli::platform

#endif
