// A watch over a history that the test changes, with a manual clock. Used by the tests of a watch's cost and dates.
#ifndef REFOLD_TESTS_WATCH_WATCH_FIXTURE_HPP
#define REFOLD_TESTS_WATCH_WATCH_FIXTURE_HPP

#include "watch/execution_watch_cursor.hpp"
#include "watch/living_simulator.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {

class HalfRandom final : public internal::Random {
  public:
    double unit() override { return 0.5; }
};

class WatchFixture : public ::testing::Test {
  protected:
    using Sleeps = std::vector<std::chrono::milliseconds>;

    explicit WatchFixture(LivingSetup::Dates dates = LivingSetup::Dates::exact) : history_(quietSetup(dates)) {}

    static LivingSetup quietSetup(LivingSetup::Dates dates) {
        LivingSetup setup;
        setup.runs = 0;
        setup.dates = dates;
        return setup;
    }

    void add(int count, const std::string& status) {
        for (int i = 0; i < count; ++i) {
            const std::int64_t number = ++numbers_;
            history_.runs.push_back({"run_" + std::to_string(number), 1'900'000'000'000 + number * 7, status});
        }
    }

    /// Calls `onSleep` with the number of the sleep, counted from 1; false ends the watch.
    void begin(const WatchOptions& options, std::function<bool(int)> onSleep, const ExecutionQuery& query = {}) {
        internal::WatchParts parts;
        parts.sources = std::make_unique<LivingSources>(history_);
        parts.random = std::make_unique<HalfRandom>();
        parts.clock = std::make_unique<JumpingClock>(
            now_,
            [this, onSleep = std::move(onSleep)](std::chrono::milliseconds length) {
                sleeps_.push_back(length);
                requestsBeforeSleep_.push_back(history_.requests);
                return onSleep(static_cast<int>(sleeps_.size()));
            },
            calendar_);
        watch_ = std::make_unique<internal::ExecutionWatchCursor>(std::move(parts), query, options);
    }

    std::vector<std::string> readToTheEnd() {
        std::vector<std::string> ids;
        try {
            while (true) {
                watch_->advance();
                ids.push_back(watch_->current().execution.id);
                onChange_();
            }
        } catch (const Cancelled&) {
        }
        return ids;
    }

    LivingSimulator history_;
    internal::Clock::TimePoint now_{};
    /// What this machine's clock says.
    Timestamp calendar_ = {};
    Sleeps sleeps_ = {};
    std::vector<int> requestsBeforeSleep_ = {};
    std::unique_ptr<internal::ExecutionWatchCursor> watch_ = {};
    std::function<void()> onChange_ = [] {};

  private:
    std::int64_t numbers_ = 0;
};

}  // namespace refold::tests

#endif
