// The cursor behind the public `ExecutionWatch`: polls, keeps the changes for delivery, and tolerates outages. Has no
// threads; everything happens in `advance`. Made by client.cpp.
#ifndef REFOLD_WATCH_EXECUTION_WATCH_CURSOR_HPP
#define REFOLD_WATCH_EXECUTION_WATCH_CURSOR_HPP

#include "time/clock.hpp"
#include "time/random.hpp"
#include "types/outage.hpp"
#include "types/process_identity.hpp"
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

/// The objects that a watch depends on.
struct WatchParts {
    std::unique_ptr<PageSources> sources;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Random> random;
    std::shared_ptr<Observer> observer = {};
    CancelToken cancel = {};
};

class ExecutionWatchCursor final : public WatchCursor {
  public:
    /// Requires a validated query. Throws `InvalidArgument` if the query, an option or the checkpoint does not suit a
    /// watch.
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
    /// The poll in progress. After an error the next attempt continues it.
    struct Poll {
        std::uint64_t number = 0;
        bool adopted = false;
        std::unique_ptr<HeadReader> head = {};
    };

    /// True if no poll has ever succeeded and no more time is left to find out whether the base URL is right.
    bool mayBeWrongUrl(const Error& error) const;
    bool deliverOne();
    bool matches(const SeenChange& change) const;
    void poll();
    std::unique_ptr<HeadReader> makeHead();
    void finishPoll();
    void tell(const PollEvent& event) const noexcept;

    const ProcessIdentity process_ = ProcessIdentity::current();
    const WatchParts parts_;
    /// Without status and order.
    const ExecutionQuery query_;
    /// The statuses of the query; empty for any.
    const std::vector<ExecutionStatus> statuses_;
    WatchState state_;
    SeenChanges changes_ = {};
    ChangeQueue queue_;
    OpenRunCheck openRuns_;
    PollSchedule schedule_;
    Outage outage_;
    Poll poll_ = {};
    /// The positions in the listing at which deferred new runs begin, newest first.
    std::vector<std::string> blocks_ = {};
    ExecutionChange current_ = {};
    bool started_ = false;
    WatchReport report_ = {};
};

}  // namespace refold::internal

#endif
