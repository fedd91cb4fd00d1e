// Tracks outages of a polled server: decides which errors are tolerated, and reports the begin, the course and the end
// of an outage to the observer. Used by waits and watches.
#ifndef REFOLD_TYPES_OUTAGE_HPP
#define REFOLD_TYPES_OUTAGE_HPP

#include "time/clock.hpp"

#include <refold/error.hpp>
#include <refold/observer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>

namespace refold::internal {

class Outage {
  public:
    /// `clock` must outlive it; `observer` may be null.
    Outage(const Clock& clock, std::shared_ptr<Observer> observer);

    /// True if the next poll may succeed: the error is transient, or a call exceeded its own time limit, or a host name
    /// is not found that was found before.
    bool tolerates(const Error& error) const noexcept;
    /// A poll failed; the next one follows after `wait`.
    void failed(const Error& error, std::chrono::milliseconds wait);
    /// A poll succeeded.
    void succeeded() noexcept;

    /// Polls in a row that failed.
    std::int64_t failures() const noexcept { return failures_; }
    /// Outages so far, the present one included.
    std::int64_t count() const noexcept { return count_; }
    /// How long the present outage has lasted; 0 if there is none.
    std::chrono::milliseconds duration() const;

  private:
    void report(const OutageEvent& event) const noexcept;

    const Clock& clock_;
    const std::shared_ptr<Observer> observer_;
    bool hasSucceeded_ = false;
    std::int64_t failures_ = 0;
    std::int64_t count_ = 0;
    Clock::TimePoint began_ = {};
};

/// Returns the wait that the server asked for; 0 if it did not.
std::chrono::milliseconds requestedWait(const Error& error) noexcept;

}  // namespace refold::internal

#endif
