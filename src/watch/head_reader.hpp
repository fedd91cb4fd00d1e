// The first part of a poll: reads the history newest first until it is below the floor, and finds the new runs. Pages that shift
// while it reads are the listing's concern.
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
    /// The floor is the time of this run from the top. One would be enough if each run became visible at once.
    static constexpr std::int64_t boundarySize = 20;

    struct Setup {
        /// Takes the runs for known: they are there at the start of the watch.
        bool adopts = false;
        /// The listing begins at the head, not at a block that was put off.
        bool isAtHead = true;
        std::uint64_t poll = 0;
    };

    /// `state` and `changes` must outlive it.
    HeadReader(std::unique_ptr<ListingCursor<Execution>> listing, const Setup& setup, WatchState& state,
               SeenChanges& changes);

    /// Reads until it is below the floor, then hands the new runs to `changes`. If it throws, it can be called again and
    /// continues.
    void read();
    /// Reads on below the floor, for whoever looks for open runs. Returns null at the end of the history.
    Execution* next();

    /// There are newer runs than those found, for the next poll to find.
    bool isBehind() const noexcept { return held_.hasDeferred() || !setup_.isAtHead; }
    bool hasDeferred() const noexcept { return held_.hasDeferred(); }
    const std::vector<std::string>& blocks() const noexcept { return held_.blocks(); }
    /// The floor for when all that was found is delivered.
    std::optional<CreationTime> floorAfter() const noexcept { return floorAfter_; }
    /// Keys of the newest runs, which mark the boundary if no run has a date; empty otherwise.
    std::vector<std::uint64_t> newestKeys() const;
    /// The stretch that the history has lost since the state was made, if it shows no run that the state knows.
    std::optional<WatchGap> gap() const;

  private:
    void take(Execution& execution);
    bool endsUndated(std::uint64_t key);
    /// Runs without a date count as created when the next dated one was.
    void dateUndated(CreationTime created);
    void judge(SeenChange run);
    void finish();

    const std::unique_ptr<ListingCursor<Execution>> listing_;
    const Setup setup_;
    WatchState& state_;
    SeenChanges& changes_;
    bool started_ = false;
    bool passed_ = false;
    /// A run that the state knows, or one below the floor, was met.
    bool hasMetKnown_ = false;
    std::int64_t count_ = 0;
    /// The time of the last of the first `boundarySize` runs.
    std::optional<CreationTime> top_ = {};
    /// The time of the last dated run.
    std::optional<CreationTime> oldest_ = {};
    std::vector<std::uint64_t> newest_ = {};
    std::vector<SeenChange> undated_ = {};
    HeldRuns held_ = {};
    std::optional<CreationTime> floorAfter_ = {};
};

}  // namespace refold::internal

#endif
