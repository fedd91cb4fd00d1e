// Watches a history: an endless range of new runs and status changes. Returned by `Client::watchExecutions`.
#ifndef REFOLD_EXECUTION_WATCH_HPP
#define REFOLD_EXECUTION_WATCH_HPP

#include <refold/execution.hpp>
#include <refold/range_cursor.hpp>
#include <refold/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace refold {
inline namespace v0 {

/// A run that is new, or whose status has changed.
struct ExecutionChange {
    /// The run as it was when the change was seen.
    Execution execution = {};
    /// The status that the run had when it was last seen. No value if the run is new.
    std::optional<ExecutionStatus> previousStatus = {};
};

/// Options of a watch: how often it polls, and where it begins.
struct WatchOptions {
    /// From the start of one poll to the start of the next while changes are found. At least 1 ms.
    std::chrono::milliseconds interval{5000};
    /// Longest time between polls: the interval doubles up to it while nothing changes. Must be between `interval` and
    /// 24 hours; otherwise `watchExecutions` throws `InvalidArgument`.
    std::chrono::milliseconds maxInterval{60000};
    /// Runs created at this time or later are new. Unset: runs that the server does not have yet at `begin()`; neither
    /// this machine's clock nor the server's matters then. The same holds for a server that sends no dates.
    std::optional<Timestamp> since = {};
    /// A text of `checkpoint()`: the watch continues after the change that was current then. The query must be the
    /// same; `since` is ignored. Blank: a new watch.
    std::string resumeFrom = {};
};

/// A stretch of time that a resumed watch cannot account for, because the server keeps no run from it any more.
struct WatchGap {
    /// When the newest run that the checkpoint knows was created; if it knows none, when its last poll was made, to the
    /// hour. No value if neither is known.
    std::optional<Timestamp> from = {};
    /// When the oldest run was created that the server has and the checkpoint does not know. No value if there is none.
    std::optional<Timestamp> to = {};
};

/// The progress of a watch so far.
struct WatchReport {
    /// Polls that were completed.
    std::int64_t polls = 0;
    /// Changes that the iterator has reached.
    std::int64_t changes = 0;
    /// Outages: one or more polls in a row that failed.
    std::int64_t outages = 0;
    /// Runs that are followed until they end.
    std::int64_t openRuns = 0;
    /// Set if the watch was resumed from a checkpoint that is older than what the server keeps (30 days by default):
    /// runs created in this stretch may be missing. Known after the first poll.
    std::optional<WatchGap> gap = {};
};

}  // namespace v0

namespace internal {

/// The interface that implements a watch.
class WatchCursor : public RangeCursor<ExecutionChange> {
  public:
    virtual WatchReport report() const = 0;
    virtual std::string checkpoint() const = 0;
};

}  // namespace internal

inline namespace v0 {

/// An endless input range of changes; within each poll the oldest run comes first. Move-only and single-pass, for one
/// thread at a time; the client may serve other threads meanwhile.
///
/// Every run that matches the query and appears after the start is delivered once, with the status that it has when it
/// is first seen. So is every change of status that is visible from one poll to the next, until the run has ended. Runs
/// that are RUNNING, QUEUED or STOPPING at the start are followed until they end, too. A query with a status delivers
/// the changes that lead to that status or away from it.
///
/// Limits: a run that the server shows only after twenty newer ones is missed, and so is a change that is undone
/// between two polls. docs/watch.md lists all limits.
///
/// A watch starts no thread: it polls only inside `begin()` and `++`, which block until there is a change. While the
/// loop body runs, nothing is polled; of several status changes in that time only the last is seen.
///
/// Transient errors are tolerated for as long as they last and are reported to `Observer::onOutage`; before the first
/// successful poll, a page or text in place of JSON is tolerated for five minutes only. Other errors are thrown, and
/// nothing is lost. If `begin()` threw, call it again. If `++` threw, call `++` again on the same iterator; `begin()`
/// would return the current change, which the program has processed. `CallOptions::cancel` ends the wait with
/// `Cancelled`.
class ExecutionWatch {
  public:
    /// The type of `end()`.
    using Sentinel = internal::RangeSentinel;
    /// A move-only input iterator. `*it` is the current change, valid until `++`; it may be moved from.
    using Iterator = internal::RangeIterator<ExecutionChange>;
    using iterator = Iterator;

    explicit ExecutionWatch(std::unique_ptr<internal::WatchCursor> cursor) noexcept : cursor_(std::move(cursor)) {}

    /// Waits for the first change, unless that was done before, and returns an iterator at the current one.
    Iterator begin() {
        cursor_->start();
        return Iterator(*cursor_);
    }
    /// Never reached: the loop ends by `break`, an error or a cancellation.
    [[nodiscard]] Sentinel end() const noexcept { return {}; }

    /// A printable line of text from which `WatchOptions::resumeFrom` continues behind the current change, in this
    /// process or another; the current change counts as delivered. Its size grows with the number of open runs only.
    /// May be called at any time, also after an error or a cancellation.
    [[nodiscard]] std::string checkpoint() const { return cursor_->checkpoint(); }

    /// A copy of what happened so far.
    [[nodiscard]] WatchReport report() const { return cursor_->report(); }

  private:
    std::unique_ptr<internal::WatchCursor> cursor_;
};

}  // namespace v0
}  // namespace refold

#endif
