// What a watch knows of the history between two looks at it, and that as a text: up to where runs are known, the ids at that
// boundary, and the runs that have not ended. All that a watch keeps for long is here, so its memory is bounded by the open
// runs.
#ifndef REFOLD_LISTING_WATCH_STATE_HPP
#define REFOLD_LISTING_WATCH_STATE_HPP

#include "listing/slice.hpp"

#include <refold/execution_query.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace refold::internal {

/// The place of a run without a date, behind which no dated one stands. In a watch, places are milliseconds since 1970.
inline constexpr Place noPlace = std::numeric_limits<Place>::min();

struct OpenRun {
    std::string id = {};
    std::string status = {};
    Place place = noPlace;
    /// The look at which it was last seen; not part of the checkpoint.
    std::uint64_t confirmed = 0;
};

struct WatchState {
    /// Stands for the query's filters.
    std::uint64_t query = 0;
    /// The first look is done: what was there at the start is known.
    bool started = false;
    /// A run from this place on is new unless it is in `boundary`; one before it is not. Unset while the history holds so few runs
    /// that `boundary` has all of them.
    std::optional<Place> floor = {};
    /// Known runs from the floor on, ended or not.
    std::unordered_map<std::uint64_t, Place> boundary = {};
    /// Known runs that have not ended, wherever they stand.
    std::unordered_map<std::uint64_t, OpenRun> open = {};

    bool knows(std::uint64_t key) const { return boundary.count(key) > 0 || open.count(key) > 0; }
    /// Moves the floor, and forgets the ids before it.
    void raiseFloor(std::optional<Place> place);
};

std::string encodeWatchState(const WatchState& state);

/// Throws `InvalidArgument` for `resumeFrom` if the text is cut, altered, of another version or of another query.
WatchState decodeWatchState(std::string_view text, std::uint64_t query);

/// What must be the same for a watch's checkpoint to be of use; the order and the page size need not.
std::uint64_t watchIdentity(ExecutionQuery query);

}  // namespace refold::internal

#endif
