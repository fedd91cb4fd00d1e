// The first part of a poll: reads the history, newest first, to below the floor, and finds the new runs. The listing
// handles shifting pages. Used by the watch cursor.
#ifndef REFOLD_WATCH_HEAD_READER_HPP
#define REFOLD_WATCH_HEAD_READER_HPP

#include "watch/held_runs.hpp"
#include "watch/seen_changes.hpp"
#include "watch/watch_state.hpp"

#include <refold/execution_watch.hpp>
#include <refold/listing.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

class HeadReader {
  public:
    /// The floor is the time of this run from the top. One would suffice if each run became visible at once.
    static constexpr std::int64_t boundarySize = 20;

    struct Setup {
        /// Counts the runs as known, at the start of the watch.
        bool adopts = false;
        /// The listing begins at the head, not at a deferred block.
        bool isAtHead = true;
        std::uint64_t poll = 0;
    };

    /// `state` and `changes` must outlive it.
    HeadReader(std::unique_ptr<ListingCursor<Execution>> listing, const Setup& setup, WatchState& state,
               SeenChanges& changes);

    /// Reads to below the floor, then passes the new runs to `changes`. If it throws, it can be called again and
    /// continues.
    void read();
    /// Returns the next run below the floor, for the check of open runs; null at the end of the history.
    Execution* next();

    /// True if there are newer runs, which the next poll will find.
    bool isBehind() const noexcept { return held_.hasDeferred() || !setup_.isAtHead; }
    bool hasDeferred() const noexcept { return held_.hasDeferred(); }
    const std::vector<std::string>& blocks() const noexcept { return held_.blocks(); }
    /// The floor once all found runs are delivered.
    std::optional<CreationTime> floorAfter() const noexcept { return floorAfter_; }
    /// Keys of the newest runs, which mark the boundary if no run has a date; empty otherwise.
    std::vector<std::uint64_t> newestKeys() const;
    /// The period that the server has dropped since the state was made, at `now` by this machine's clock. None if the
    /// history still has a run that had ended by then: a server may keep runs that are open for longer than others.
    std::optional<WatchGap> gap(CreationTime now) const;

  private:
    void take(Execution& execution);
    bool endsUndated(std::uint64_t key);
    bool endsDated();
    bool isDateless() const;
    /// Runs without a date count as created when the next dated one was.
    void dateUndated(CreationTime created);
    void judge(SeenChange run);
    void met(bool isOpen);
    void finish();

    const std::unique_ptr<ListingCursor<Execution>> listing_;
    const Setup setup_;
    WatchState& state_;
    SeenChanges& changes_;
    bool started_ = false;
    bool passed_ = false;
    /// A run was read that the state knows or that is below the floor.
    bool hasMetKnown_ = false;
    /// One of these had ended when the state was made.
    bool hasMetEnded_ = false;
    std::int64_t count_ = 0;
    /// The time of the last of the first `boundarySize` runs.
    std::optional<CreationTime> top_ = {};
    /// The time of the last dated run.
    std::optional<CreationTime> oldest_ = {};
    /// The time of the last dated run that the state does not know.
    std::optional<CreationTime> oldestNew_ = {};
    std::vector<std::uint64_t> newest_ = {};
    std::vector<SeenChange> undated_ = {};
    HeldRuns held_ = {};
    std::optional<CreationTime> floorAfter_ = {};
};

}  // namespace refold::internal

#endif
