// The first part of a look at the history: reads the newest runs, newest first, until it meets what is known, and tells which are
// new. Used by the watch engine. Pages that shift while it reads are the listing's affair, which it goes by.
#ifndef REFOLD_LISTING_HEAD_PASS_HPP
#define REFOLD_LISTING_HEAD_PASS_HPP

#include "listing/listing_engine.hpp"
#include "listing/page_sources.hpp"
#include "listing/seen_changes.hpp"
#include "listing/watch_state.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_query.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace refold::internal {

struct HeadPassSetup {
    /// Without a status.
    ExecutionQuery query = {};
    /// Takes what it finds for known, since it is there at the start of the watch.
    bool adopts = false;
    /// Asks the server for runs from the floor on. Cheap, and to be believed only when the answer reaches down to the floor:
    /// a server that rounds a bound up leaves runs out.
    bool dated = false;
    /// Leaves out runs behind this place, which belong to a later part of a long way to catch up.
    std::optional<Place> ceiling = {};
    std::uint64_t look = 0;
};

class HeadPass {
  public:
    /// New runs that are held at a time: of more, the newest are put off.
    static constexpr std::size_t mostHeld = 1000;
    /// The newest runs whose ids are remembered, and those of the last one's date. One would do for a server that shows runs in the
    /// order of their dates; with these, a run that becomes visible a little late is found as well.
    static constexpr std::int64_t boundarySize = 20;

    /// `state` and `changes` must outlive it.
    HeadPass(PageSources& sources, const HeadPassSetup& setup, WatchState& state, SeenChanges& changes,
             const CancelToken& cancel);

    /// Reads to the end of its way. If it throws, it can be called again and goes on.
    void run();

    /// It has met something known at the floor, or nothing could be expected there. If not, and if it was dated, it proves nothing.
    bool joined() const noexcept { return joined_; }
    /// It has met a run right at the floor.
    bool metFloor() const noexcept { return metFloor_; }
    /// Hands the new runs to `changes`. Not before it has run and been believed.
    void deliver();
    /// Where the floor is to be once all that was delivered is known.
    std::optional<Place> floorAfter() const;
    /// Runs were put off.
    bool putOff() const noexcept { return putOff_ > 0; }
    /// Places that the next parts of the way may end at, the newest first.
    const std::vector<Place>& steps() const noexcept { return steps_; }
    /// No run has shown a date; ids of the newest, by which the next look finds where it joins.
    bool dateless() const noexcept { return !anyDate_; }
    const std::vector<std::uint64_t>& newest() const noexcept { return newest_; }

  private:
    struct Item {
        std::uint64_t key = 0;
        Execution execution = {};
    };
    struct Fresh {
        std::uint64_t key = 0;
        Place place = noPlace;
        Execution execution = {};
    };

    void read(Execution& execution);
    /// Undated runs stand where the next dated one does.
    void place(Place place);
    void judge(Item& item, Place place);
    void hold(Item& item, Place place);

    HeadPassSetup setup_;
    WatchState& state_;
    SeenChanges& changes_;
    ListingEngine listing_;
    bool begun_ = false;
    bool passed_ = false;
    bool ended_ = false;
    bool joined_ = false;
    bool metFloor_ = false;
    bool anyDate_ = false;
    bool metKnown_ = false;
    std::int64_t count_ = 0;
    std::optional<Place> top_ = {};
    std::deque<Item> undated_ = {};
    /// New runs, newest first.
    std::deque<Fresh> fresh_ = {};
    std::int64_t freshCount_ = 0;
    std::int64_t putOff_ = 0;
    std::vector<Place> steps_ = {};
    std::vector<std::uint64_t> newest_ = {};
};

}  // namespace refold::internal

#endif
