// Ctrl-C, SIGTERM and SIGHUP as a `CancelToken`, so that an export ends in order: its last lines written, its checkpoint saved, the
// terminal clean. One object lives in main() for as long as the program runs.
#ifndef REFOLD_EXECUTIONS_INTERRUPTION_HPP
#define REFOLD_EXECUTIONS_INTERRUPTION_HPP

#include <refold/cancel.hpp>

#include <csignal>
#include <string>
#include <thread>
#include <vector>

namespace cli {

/// A pipe that is closed with its owner.
class Pipe {
  public:
    Pipe();
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe();

    int readEnd() const noexcept { return ends_[0]; }
    int writeEnd() const noexcept { return ends_[1]; }
    void closeWriteEnd() noexcept;

  private:
    int ends_[2] = {-1, -1};
};

/// Takes over the signals until it is destroyed. A signal that was ignored when the program started (nohup) stays ignored. A second one
/// ends the program at once.
class Interruption {
  public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    refold::CancelToken token() const noexcept { return source_.token(); }
    bool requested() const noexcept { return source_.isCancelled(); }
    /// Becomes readable, and stays so, once a signal has come: for poll().
    int wakeDescriptor() const noexcept { return raised_.readEnd(); }

  private:
    void watch();

    struct Taken {
        int signal;
        struct sigaction previous;
    };

    refold::CancelSource source_;
    Pipe signals_;
    Pipe raised_;
    std::vector<Taken> taken_;
    std::thread watcher_;
};

}  // namespace cli

#endif
