// Ctrl-C, SIGTERM and SIGHUP as a `CancelToken`, so that an export ends in order: its last lines written, its
// checkpoint saved, the terminal clean. One object lives in main() for as long as the program runs.
#ifndef REFOLD_EXECUTIONS_INTERRUPTION_HPP
#define REFOLD_EXECUTIONS_INTERRUPTION_HPP

#include "platform/signals.hpp"
#include "platform/wake_flag.hpp"

#include <refold/cancel.hpp>

namespace cli {

/// Takes over the signals until it is destroyed. A second one ends the program at once.
class Interruption {
  public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    refold::CancelToken token() const noexcept { return source_.token(); }
    bool requested() const noexcept { return source_.isCancelled(); }
    /// Raised once a signal has come.
    platform::Wake wake() const noexcept { return raised_.wake(); }

  private:
    void onSignal();

    refold::CancelSource source_;
    platform::WakeFlag raised_;
    platform::Signals signals_;
};

}  // namespace cli

#endif
