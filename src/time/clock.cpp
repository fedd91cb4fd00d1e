// The system's clocks.
#include "time/clock.hpp"

namespace refold::internal {

SystemClock::TimePoint SystemClock::now() const {
    return std::chrono::steady_clock::now();
}

Timestamp SystemClock::calendarNow() const {
    return std::chrono::time_point_cast<Timestamp::duration>(std::chrono::system_clock::now());
}

bool SystemClock::sleepUntil(TimePoint time, const CancelToken& cancel) {
    using std::chrono::milliseconds;
    // Rounds up to avoid waking early.
    return !cancel.waitFor(std::chrono::ceil<milliseconds>(time - now()));
}

}  // namespace refold::internal
