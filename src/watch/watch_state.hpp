// What a watch knows of the history between two polls, and its text form, the checkpoint: up to where runs are known, the keys at
// that boundary, and the runs that have not ended. Everything that a watch keeps for long is here, so its memory is bounded by the
// number of open runs.
#ifndef REFOLD_WATCH_WATCH_STATE_HPP
#define REFOLD_WATCH_WATCH_STATE_HPP

#include <refold/execution.hpp>
#include <refold/execution_query.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace refold::internal {

/// When a run was created, in milliseconds since 1970.
using CreationTime = std::int64_t;
/// Of a run without a date, behind which no dated one stands.
inline constexpr CreationTime undated = std::numeric_limits<CreationTime>::min();

struct OpenRun {
    std::string id = {};
    std::string status = {};
    CreationTime created = undated;
    /// The poll that last looked for it; not part of the checkpoint.
    std::uint64_t checked = 0;
    /// Polls in a row that did not find it; not part of the checkpoint.
    int misses = 0;
};

struct WatchState {
    /// Hash of the query's filters.
    std::uint64_t query = 0;
    /// The first poll is done: what was there at the start is known.
    bool started = false;
    /// A run created at this time or later is new unless it is in `boundary`; an older one is not. Unset while `boundary` holds
    /// every run there is.
    std::optional<CreationTime> floor = {};
    /// Known runs from the floor on, ended or not.
    std::unordered_map<std::uint64_t, CreationTime> boundary = {};
    /// Known runs that have not ended, wherever they are.
    std::unordered_map<std::uint64_t, OpenRun> open = {};

    bool knows(std::uint64_t key) const { return boundary.count(key) > 0 || open.count(key) > 0; }
    /// Takes note of a run as it is now: open or ended.
    void learn(std::uint64_t key, const Execution& execution, CreationTime created, std::uint64_t poll);
    /// Moves the floor and forgets the keys below it.
    void raiseFloor(std::optional<CreationTime> time);
};

CreationTime creationTime(const Execution& execution) noexcept;

std::string encodeWatchState(const WatchState& state);

/// Throws `InvalidArgument` for `resumeFrom` if the text is cut, altered, of another version or of another query.
WatchState decodeWatchState(std::string_view text, std::uint64_t query);

/// A hash of the filters: what must be the same for a watch's checkpoint to be of use.
std::uint64_t watchIdentity(ExecutionQuery query);

}  // namespace refold::internal

#endif
