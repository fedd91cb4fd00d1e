// A manual clock that sleeping advances at once, and a fixed random source. Used by unit tests of code that waits.
#ifndef REFOLD_TESTS_PIPELINE_MANUAL_CLOCK_HPP
#define REFOLD_TESTS_PIPELINE_MANUAL_CLOCK_HPP

#include "time/clock.hpp"
#include "time/random.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

namespace refold::test {

/// For one thread. Starts at the real time, because condition variables in the code under test use the real clock.
class ManualClock final : public internal::Clock {
  public:
    TimePoint now() const override { return now_; }
    Timestamp calendarNow() const override { return calendarStart + elapsed(); }
    bool sleepUntil(TimePoint time, const CancelToken& cancel) override {
        if (cancel.isCancelled()) return false;
        sleeps.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(time - now_));
        now_ = std::max(now_, time);
        return true;
    }

    void advance(std::chrono::milliseconds time) { now_ += time; }
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - start_);
    }

    std::vector<std::chrono::milliseconds> sleeps;
    Timestamp calendarStart = *parseTimestamp("2026-06-16T13:15:00Z");

  private:
    const TimePoint start_ = std::chrono::steady_clock::now();
    TimePoint now_ = start_;
};

class FixedRandom final : public internal::Random {
  public:
    explicit FixedRandom(double value) : value_(value) {}
    double unit() override { return value_; }

  private:
    double value_;
};

}  // namespace refold::test

#endif
