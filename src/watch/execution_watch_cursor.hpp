// The cursor behind the public `ExecutionWatch`: polls, keeps the outcome for delivery, and tolerates outages. Made by client.cpp.
// Without threads: everything happens in `advance`.
#ifndef REFOLD_WATCH_EXECUTION_WATCH_CURSOR_HPP
#define REFOLD_WATCH_EXECUTION_WATCH_CURSOR_HPP

#include "time/clock.hpp"
#include "time/random.hpp"
#include "types/outage.hpp"
#include "watch/change_queue.hpp"
#include "watch/head_reader.hpp"
#include "watch/open_run_check.hpp"
#include "watch/page_sources.hpp"
#include "watch/poll_schedule.hpp"
#include "watch/seen_changes.hpp"
#include "watch/watch_state.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_query.hpp>
#include <refold/execution_watch.hpp>
#include <refold/observer.hpp>

#include <cstdint>
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

class ExecutionWatchCursor final : public WatchCursor {
  public:
    /// Requires a validated query. Throws `InvalidArgument` for a query, options or a checkpoint that a watch cannot be made of.
    ExecutionWatchCursor(WatchParts parts, const ExecutionQuery& query, const WatchOptions& options);

    void start() override {
        if (!started_) advance();
    }
    void advance() override;
    bool atEnd() const noexcept override { return false; }
    ExecutionChange& current() noexcept override { return current_; }
    WatchReport report() const override;
    std::string checkpoint() const override { return queue_.checkpoint(); }

  private:
    /// A poll that was begun. An error leaves it as it is, and the next attempt continues it.
    struct Poll {
        std::uint64_t number = 0;
        bool adopted = false;
        std::unique_ptr<HeadReader> head = {};
    };

    bool deliverOne();
    bool matches(const SeenChange& change) const;
    void poll();
    std::unique_ptr<HeadReader> makeHead();
    void finishPoll();
    void tell(const PollEvent& event) const noexcept;

    const WatchParts parts_;
    /// Without status and order.
    const ExecutionQuery query_;
    /// The statuses that the watch is for; empty for any.
    const std::vector<ExecutionStatus> statuses_;
    WatchState state_;
    SeenChanges changes_ = {};
    ChangeQueue queue_;
    OpenRunCheck openRuns_;
    PollSchedule schedule_;
    Outage outage_;
    Poll poll_ = {};
    /// Where new runs that were put off begin in the listing, the newest first.
    std::vector<std::string> blocks_ = {};
    ExecutionChange current_ = {};
    bool started_ = false;
    WatchReport report_ = {};
};

}  // namespace refold::internal

#endif
