// Chooses the intervals between polls and tolerates errors.
#include "wait/execution_wait.hpp"

#include "text/clean_text.hpp"
#include "time/duration_text.hpp"

#include <algorithm>
#include <utility>

namespace refold::internal {
namespace {

using std::chrono::milliseconds;

// A longer time would overflow when added to the current time.
constexpr milliseconds maxTime = std::chrono::hours(24 * 365);
// The longest outage that a wait without a timeout tolerates.
constexpr milliseconds maxOutage = std::chrono::minutes(5);
// A run that was seen may be missing from this many polls in a row but one: a replica of the server may lag.
constexpr int maxMisses = 5;
// A wait whose next poll would be too late polls once more at this time before its end.
constexpr milliseconds lastPoll{1000};

void requirePositive(const char* name, milliseconds time) {
    if (time.count() > 0) return;
    throw InvalidArgument(name,
                          std::string(name) + " is " + std::to_string(time.count()) + " ms; it must be more than 0");
}

void check(const WaitOptions& options) {
    requirePositive("interval", options.interval);
    if (options.timeout) requirePositive("timeout", *options.timeout);
    if (options.notFoundGrace.count() < 0) {
        throw InvalidArgument("notFoundGrace", "notFoundGrace is " + std::to_string(options.notFoundGrace.count()) +
                                                   " ms; it must not be negative");
    }
}

}  // namespace

ExecutionWait::ExecutionWait(const std::string& id, DetailSource& source, const WaitOptions& options, Clock& clock,
                             const CancelToken& cancel, std::shared_ptr<Observer> observer)
    : id_(id),
      source_(source),
      options_(options),
      clock_(clock),
      cancel_(cancel),
      begin_(clock.now()),
      outage_(clock, std::move(observer)),
      interval_(std::min(options.interval, maxTime)),
      lastSeen_(begin_) {
    check(options);
}

ExecutionDetail ExecutionWait::run() {
    while (true) {
        if (cancel_.isCancelled()) throw Cancelled(ErrorContext{polls_});
        std::optional<ExecutionDetail> detail = poll();
        if (detail) takeNote(*detail);
        // The observers may have forked.
        checkProcess();
        if (detail && detail->hasEnded()) return *std::move(detail);
        if (detail) pause_ = nextPause(milliseconds(0));
        sleep();
    }
}

void ExecutionWait::checkProcess() const {
    if (process_.isCurrent()) return;
    ErrorContext context;
    context.attempts = polls_;
    context.transient = false;
    context.outcomeUnknown = false;
    throw TransportError(TransportError::Kind::other,
                         "the process forked during this wait, which continues in the parent; wait again in the child",
                         context);
}

/// Returns no value after a tolerated error, whose pause it has scheduled.
std::optional<ExecutionDetail> ExecutionWait::poll() {
    ++polls_;
    try {
        return source_.fetch(timeLeft());
    } catch (const NotFoundError& error) {
        ++misses_;
        const bool mayLag = seen_ && misses_ < maxMisses;
        if (!mayLag && clock_.now() - lastSeen_ >= std::min(options_.notFoundGrace, maxTime)) throw;
        lastError_ = error.what();
        outage_.succeeded();
        pause_ = nextPause(milliseconds(0));
    } catch (const Error& error) {
        const bool isTooLong = !options_.timeout && clock_.now() - lastSeen_ >= maxOutage;
        if (!outage_.tolerates(error) || isTooLong) throw;
        lastError_ = error.what();
        pause_ = nextPause(requestedWait(error));
        outage_.failed(error, pause_);
    }
    return std::nullopt;
}

void ExecutionWait::takeNote(const ExecutionDetail& detail) {
    lastSeen_ = clock_.now();
    misses_ = 0;
    lastError_.clear();
    outage_.succeeded();
    RunState state(detail);
    if (seen_ && *seen_ == state) return;
    seen_ = std::move(state);
    interval_ = milliseconds(0);
    if (options_.observer != nullptr) {
        options_.observer->onProgress({detail.status, detail.completionPercentage, nodeAtWork(detail), detail});
    }
}

milliseconds ExecutionWait::nextPause(milliseconds atLeast) {
    const milliseconds first = std::min(options_.interval, maxTime);
    const milliseconds largest = std::max(first, std::min(options_.maxInterval, maxTime));
    // A change has reset it to 0. An interval too short to grow by half grows by 1 ms.
    interval_ = std::max(interval_, first);
    const milliseconds pause = std::max(interval_, std::min(atLeast, maxTime));
    interval_ = std::min(largest, std::max(interval_ * 3 / 2, interval_ + milliseconds(1)));

    const std::optional<milliseconds> left = timeLeft();
    if (!left || pause < *left) return pause;
    const milliseconds spare = std::min(first, lastPoll);
    const bool hasTimeForOne = *left > spare && atLeast < *left - spare;
    return hasTimeForOne ? *left - spare : *left;
}

void ExecutionWait::sleep() {
    if (!clock_.sleepUntil(clock_.now() + pause_, cancel_)) throw Cancelled(ErrorContext{polls_});
    const std::optional<milliseconds> left = timeLeft();
    if (left && left->count() <= 0) giveUp();
}

std::optional<milliseconds> ExecutionWait::timeLeft() const {
    if (!options_.timeout) return std::nullopt;
    return std::chrono::ceil<milliseconds>(begin_ + std::min(*options_.timeout, maxTime) - clock_.now());
}

void ExecutionWait::giveUp() const {
    constexpr std::size_t maxIdBytes = 100;
    std::string text = "gave up after " + inSeconds(*options_.timeout) + ": the run " + cleanText(id_, maxIdBytes) +
                       " has not ended; ";
    text += seen_ ? "it was " + seen_->text() + ", when last seen" : "it was never seen";
    if (!lastError_.empty()) text += "; the last poll failed: " + lastError_;
    ErrorContext context;
    context.attempts = polls_;
    context.transient = false;
    context.outcomeUnknown = false;
    throw TransportError(TransportError::Kind::timeout, text, context);
}

}  // namespace refold::internal
