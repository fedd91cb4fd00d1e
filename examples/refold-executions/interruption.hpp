// Turns Ctrl-C, SIGTERM and SIGHUP into a `CancelToken`, so that an export writes its last lines, saves its checkpoint
// and restores the terminal before it ends. main() holds one for the life of the program.
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
    /// Raised after a signal.
    platform::Wake wake() const noexcept { return raised_.wake(); }

  private:
    void onSignal();

    refold::CancelSource source_;
    platform::WakeFlag raised_;
    platform::Signals signals_;
};

}  // namespace cli

#endif
