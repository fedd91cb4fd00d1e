// Compares a watch with an oracle: between two sleeps it must deliver the difference between the history and what it
// has delivered before. Covers a grid of servers, filters, page sizes, faults and restarts.
#include "watch/execution_watch_cursor.hpp"
#include "watch/living_simulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace refold::tests {
namespace {

using namespace std::chrono_literals;

bool isOpen(const std::string& status) {
    return !ExecutionStatus(status).isTerminal();
}

/// The state that a reader has received.
class Oracle {
  public:
    Oracle(LivingSimulator& history, std::string filter, std::optional<std::int64_t> since)
        : history_(history), filter_(std::move(filter)) {
        for (const auto& run : history_.runs) {
            if (!since || run.time < *since) known_[run.id] = run.status;
        }
    }

    void got(const ExecutionChange& change) {
        const std::string& id = change.execution.id;
        const std::int64_t time = change.execution.createdAt->time_since_epoch().count();
        EXPECT_LE(lastTime_, time) << id << " was delivered out of order";
        lastTime_ = time;
        delivered_.insert(id + " " + (change.previousStatus ? change.previousStatus->value() : "") + ">" +
                          change.execution.status.value());
        known_[id] = change.execution.status.value();
    }
    /// Called when all changes of a poll have been delivered.
    void check(const std::string& what) {
        std::multiset<std::string> expected;
        for (const auto& run : history_.runs) {
            if (history_.laggingIds.count(run.id) > 0) continue;
            const auto known = before_.find(run.id);
            const bool isNew = known == before_.end();
            if (!isNew && (!isOpen(known->second) || known->second == run.status)) continue;
            const bool wanted = filter_.empty() || run.status == filter_ || (!isNew && known->second == filter_);
            if (wanted) expected.insert(run.id + " " + (isNew ? "" : known->second) + ">" + run.status);
            known_[run.id] = run.status;
        }
        EXPECT_EQ(delivered_, expected) << what;
        begin();
    }
    /// Starts the next comparison from what has been delivered, as a resumed watch does.
    void begin() {
        before_ = known_;
        delivered_.clear();
        lastTime_ = 0;
    }

    std::map<std::string, std::string> known_ = {};

  private:
    LivingSimulator& history_;
    const std::string filter_;
    std::map<std::string, std::string> before_ = {};
    std::multiset<std::string> delivered_ = {};
    std::int64_t lastTime_ = 0;
};

struct Case {
    LivingSetup history = {};
    std::string filter = {};
    std::optional<std::int64_t> limit = {};
    std::optional<std::int64_t> since = {};
    bool restarts = true;
    int polls = 25;
};

class HalfRandom final : public internal::Random {
  public:
    double unit() override { return 0.5; }
};

void expectOracle(const Case& tested) {
    LivingSimulator history(tested.history);
    const std::string what = "seed " + std::to_string(tested.history.seed) + " filter " + tested.filter + " limit " +
                             std::to_string(tested.limit.value_or(0)) + " dates " +
                             std::to_string(static_cast<int>(tested.history.dates)) + " spacing " +
                             std::to_string(tested.history.spacing);
    Oracle oracle(history, tested.filter, tested.since);
    oracle.begin();
    ExecutionQuery query;
    query.limit = tested.limit;
    if (!tested.filter.empty()) query.status = tested.filter;
    WatchOptions options;
    if (tested.since) options.since = Timestamp(std::chrono::milliseconds(*tested.since));

    internal::Clock::TimePoint now{};
    int polls = 0;
    bool restart = false;
    std::mt19937 chance(tested.history.seed);
    while (polls < tested.polls) {
        const CancelSource cancel;
        internal::WatchParts parts;
        parts.sources = std::make_unique<LivingSources>(history);
        parts.random = std::make_unique<HalfRandom>();
        parts.cancel = cancel.token();
        parts.clock = std::make_unique<JumpingClock>(now, [&](std::chrono::milliseconds) {
            // A sleep after a failed request is part of the same poll.
            if (history.lastFailed) return true;
            oracle.check(what);
            history.move();
            restart = tested.restarts && chance() % 4 == 0;
            return ++polls < tested.polls && !restart;
        });
        internal::ExecutionWatchCursor watch(std::move(parts), query, options);
        try {
            while (true) {
                watch.advance();
                oracle.got(watch.current());
                // With a filter, the test cannot know which of the unreported changes the watch has seen.
                if (tested.restarts && tested.filter.empty() && chance() % 16 == 0) {
                    oracle.begin();
                    if (chance() % 4 == 0) history.move();
                    break;
                }
            }
        } catch (const Cancelled&) {
        }
        options.resumeFrom = watch.checkpoint();
        EXPECT_EQ(options.resumeFrom, watch.checkpoint());
        if (::testing::Test::HasFailure()) return;
    }
}

template <class Adjust>
void overTheGrid(int rounds, Adjust adjust) {
    std::uint32_t seed = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const char* const filter : {"", "RUNNING", "FAILED", "COMPLETED"}) {
            for (const std::int64_t limit : {0, 2, 10, 100}) {
                for (const int spacing : {3000, 1}) {
                    Case tested;
                    tested.history.seed = ++seed;
                    tested.history.spacing = spacing;
                    tested.filter = filter;
                    if (limit > 0) tested.limit = limit;
                    adjust(tested);
                    expectOracle(tested);
                    if (::testing::Test::HasFailure()) return;
                }
            }
        }
    }
}

TEST(Watch, EqualsTheOracle) {
    overTheGrid(3, [](Case&) {});
}

TEST(Watch, EqualsTheOracleWithAnyReadingOfDates) {
    using Dates = LivingSetup::Dates;
    for (const Dates dates : {Dates::day, Dates::roundedUp, Dates::exclusive, Dates::ignored}) {
        overTheGrid(1, [dates](Case& tested) { tested.history.dates = dates; });
    }
}

TEST(Watch, EqualsTheOracleThroughFailures) {
    overTheGrid(1, [](Case& tested) { tested.history.failures = 0.2; });
}

TEST(Watch, EqualsTheOracleWhenPagesAreCutAndStatusesIgnored) {
    overTheGrid(1, [](Case& tested) { tested.history.cap = 7; });
    // Such a server cannot list the runs that are open at the start; later runs are followed nevertheless.
    overTheGrid(1, [](Case& tested) {
        tested.history.honoursStatus = false;
        tested.since = 0;
    });
}

TEST(Watch, EqualsTheOracleWhenReplicasLag) {
    overTheGrid(2, [](Case& tested) {
        tested.history.lagging = true;
        tested.restarts = false;
    });
}

TEST(Watch, EqualsTheOracleFromAnEmptyHistory) {
    overTheGrid(1, [](Case& tested) { tested.history.runs = 0; });
}

TEST(Watch, EqualsTheOracleWithAStartTime) {
    overTheGrid(1, [](Case& tested) { tested.since = 1'900'000'000'123 + 20 * tested.history.spacing; });
}

}  // namespace
}  // namespace refold::tests
