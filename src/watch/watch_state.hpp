// The state of a watch between two polls, and its text form, the checkpoint: up to where runs are known, the keys at
// that boundary, and the runs that have not ended. A watch keeps nothing else, so its memory is bounded by the number
// of open runs.
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

/// The creation time of a run, in milliseconds since 1970.
using CreationTime = std::int64_t;
/// For a run without a date that no dated run follows.
inline constexpr CreationTime undated = std::numeric_limits<CreationTime>::min();

struct OpenRun {
    std::string id = {};
    std::string status = {};
    CreationTime created = undated;
    /// The poll that last checked it; not part of the checkpoint.
    std::uint64_t checked = 0;
    /// The number of polls in a row that did not find it; not part of the checkpoint.
    int misses = 0;
};

struct WatchState {
    /// Hash of the query's filters.
    std::uint64_t query = 0;
    /// True after the first poll.
    bool started = false;
    /// When the last poll was made, to the hour, by this machine's clock: serves only to recognise a checkpoint that is
    /// older than what the server keeps.
    std::optional<CreationTime> polled = {};
    /// A run created at this time or later is new unless it is in `boundary`; an older one is not. Unset while
    /// `boundary` has every run.
    std::optional<CreationTime> floor = {};
    /// Known runs from the floor on, ended or not.
    std::unordered_map<std::uint64_t, CreationTime> boundary = {};
    /// Known runs that have not ended, wherever they are.
    std::unordered_map<std::uint64_t, OpenRun> open = {};

    bool knows(std::uint64_t key) const { return boundary.count(key) > 0 || open.count(key) > 0; }
    /// Records that a poll was made. Ignores a time before 1970.
    void notePoll(CreationTime now);
    /// Records the current state of a run.
    void learn(std::uint64_t key, const Execution& execution, CreationTime created, std::uint64_t poll);
    /// Moves the floor and forgets the keys below it.
    void raiseFloor(std::optional<CreationTime> time);
};

CreationTime creationTime(const Execution& execution) noexcept;

std::string encodeWatchState(const WatchState& state);

/// Throws `InvalidArgument` for `resumeFrom` if the text is cut, altered, of another version or of another query.
WatchState decodeWatchState(std::string_view text, std::uint64_t query);

/// Returns a hash of the filters, which must be the same to use a checkpoint.
std::uint64_t watchIdentity(ExecutionQuery query);

}  // namespace refold::internal

#endif
