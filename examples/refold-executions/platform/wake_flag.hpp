// Ends a blocking system call: a write to a pipe that is not read, or a read from a terminal. Used by the program's
// streams when it is interrupted.
#ifndef REFOLD_EXECUTIONS_PLATFORM_WAKE_FLAG_HPP
#define REFOLD_EXECUTIONS_PLATFORM_WAKE_FLAG_HPP

#include <cstdint>

namespace cli::platform {

/// The system's handle of a flag: a descriptor to poll on POSIX, an event on Windows. Valid as long as its flag.
using Wake = std::intptr_t;
constexpr Wake noWake = -1;

/// Raised once, and raised from then on. `raise` may be called from any thread.
class WakeFlag {
  public:
    /// Throws `std::system_error`.
    WakeFlag();
    WakeFlag(const WakeFlag&) = delete;
    WakeFlag& operator=(const WakeFlag&) = delete;
    ~WakeFlag();

    void raise() noexcept;
    Wake wake() const noexcept { return waiting_; }

  private:
    Wake waiting_ = noWake;
    Wake raising_ = noWake;
};

}  // namespace cli::platform

#endif
