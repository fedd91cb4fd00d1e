// Doubles the intervals; those of an outage have jitter.
#include "watch/poll_schedule.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <string>

namespace refold::internal {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds firstBackoff{1000};
/// The longest interval, and the longest Retry-After that is respected.
constexpr milliseconds maxPause = std::chrono::hours(24);

std::string text(milliseconds time) {
    return std::to_string(time.count()) + " ms";
}

void check(const WatchOptions& options) {
    if (options.interval < milliseconds(1)) {
        throw InvalidArgument("interval", "interval is " + text(options.interval) + "; it must be 1 ms or more");
    }
    if (options.maxInterval < options.interval) {
        throw InvalidArgument("maxInterval", "maxInterval is " + text(options.maxInterval) +
                                                 "; it must not be less than interval, which is " +
                                                 text(options.interval));
    }
    if (options.maxInterval > maxPause) {
        throw InvalidArgument("maxInterval",
                              "maxInterval is " + text(options.maxInterval) + "; it must not be more than a day");
    }
}

}  // namespace

PollSchedule::PollSchedule(const WatchOptions& options, Clock& clock, Random& random)
    : interval_(options.interval),
      maxInterval_(options.maxInterval),
      clock_(clock),
      random_(random),
      current_(options.interval),
      began_(clock.now()),
      due_(began_) {
    check(options);
}

void PollSchedule::waitForTurn(const CancelToken& cancel) {
    if (!clock_.sleepUntil(due_, cancel)) throw Cancelled();
}

milliseconds PollSchedule::plan(PollResult result) {
    current_ = result == PollResult::nothing ? std::min(current_ * 2, maxInterval_) : interval_;
    const Clock::TimePoint now = clock_.now();
    // Pauses even if the poll took longer than the interval.
    due_ = result == PollResult::more ? now : std::max(began_ + current_, now + current_ / 2);
    return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(due_ - now));
}

milliseconds PollSchedule::backOff(std::int64_t failures, milliseconds requested) {
    milliseconds longest = firstBackoff;
    for (std::int64_t i = 1; i < failures && longest < maxInterval_; ++i) longest *= 2;
    longest = std::min(longest, maxInterval_);
    // Half is fixed, since the call has made its own retries; half is random, so that watches do not return together.
    const double share = 0.5 + 0.5 * random_.unit();
    const milliseconds pause(static_cast<milliseconds::rep>(static_cast<double>(longest.count()) * share));
    const milliseconds wait = std::max(pause, std::min(requested, maxPause));
    due_ = clock_.now() + wait;
    return wait;
}

}  // namespace refold::internal
