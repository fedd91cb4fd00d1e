// The engine of a watch, behind the public `ExecutionWatch`: when to look at the history, what a look consists of, what of it is
// delivered, and what an outage means. Made by client.cpp. No threads: everything happens in `advance`.
#ifndef REFOLD_LISTING_WATCH_ENGINE_HPP
#define REFOLD_LISTING_WATCH_ENGINE_HPP

#include "listing/head_pass.hpp"
#include "listing/open_run_check.hpp"
#include "listing/page_sources.hpp"
#include "listing/seen_changes.hpp"
#include "listing/watch_state.hpp"
#include "time/clock.hpp"
#include "time/random.hpp"

#include <refold/cancel.hpp>
#include <refold/error.hpp>
#include <refold/execution_query.hpp>
#include <refold/execution_watch.hpp>
#include <refold/observer.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

/// What a watch works with.
struct WatchParts {
    std::unique_ptr<PageSources> sources;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Random> random;
    std::shared_ptr<Observer> observer = {};
    CancelToken cancel = {};
};

/// One look at the history, as far as it has got.
struct WatchLook {
    bool adopted = false;
    bool headDone = false;
    std::unique_ptr<HeadPass> head = {};
    /// What the floor is to be after it, and whether there is more to catch up with.
    std::optional<Place> floor = {};
    bool behind = false;
};

class WatchEngine {
  public:
    /// The query has been validated. Throws `InvalidArgument` for what a watch cannot be made of.
    WatchEngine(WatchParts parts, const ExecutionQuery& query, const WatchOptions& options);
    WatchEngine(const WatchEngine&) = delete;
    WatchEngine& operator=(const WatchEngine&) = delete;

    /// Stands at the first change, if it stands nowhere yet.
    void start() {
        if (!standing_) advance();
    }
    /// Waits for the next change. If it throws, it stands where it stood, and can be called again.
    void advance();
    ExecutionChange& current() noexcept { return current_; }

    std::string checkpoint() const;
    WatchReport report() const noexcept;

  private:
    bool deliverOne();
    void learn(const SeenChange& change);
    bool matches(const SeenChange& change) const;
    void settle();
    void look();
    void lookAtHead(WatchLook& look);
    HeadPassSetup headSetup() const;
    void waitForTurn();
    void planNextLook(bool quiet, bool behind);
    void noteOutage(const Error& error);
    void noteRecovery();
    void tell(const OutageEvent& event) noexcept;
    void tell(const PollEvent& event) noexcept;

    const WatchParts parts_;
    /// Without status, page and order.
    const ExecutionQuery query_;
    /// The statuses that the watch is for; empty for any.
    const std::vector<std::string> statuses_;
    const WatchOptions options_;
    WatchState state_;
    SeenChanges changes_ = {};
    OpenRunCheck openRuns_;

    std::optional<WatchLook> look_ = {};
    std::uint64_t looks_ = 0;
    bool datesUseless_ = false;
    /// Where the parts of a long way to catch up end, the newest first.
    std::vector<Place> steps_ = {};
    /// Seen and not delivered yet, the oldest first; and the floor once all of them are.
    std::deque<SeenChange> pending_ = {};
    std::optional<Place> floorAfter_ = {};
    /// In place of the boundary, where runs have no dates.
    std::vector<std::uint64_t> newestAfter_ = {};

    Clock::TimePoint due_;
    Clock::TimePoint lookBegan_;
    std::chrono::milliseconds wait_;
    std::int64_t failures_ = 0;
    Clock::TimePoint outageBegan_ = {};

    ExecutionChange current_ = {};
    bool standing_ = false;
    WatchReport report_ = {};
};

}  // namespace refold::internal

#endif
