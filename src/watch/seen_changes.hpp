// The result of a poll so far: the latest state of each run that is new or has changed. Filled by the parts of a poll.
#ifndef REFOLD_WATCH_SEEN_CHANGES_HPP
#define REFOLD_WATCH_SEEN_CHANGES_HPP

#include "watch/watch_state.hpp"

#include <refold/execution.hpp>

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace refold::internal {

/// A run that differs from the watch's state.
struct SeenChange {
    std::uint64_t key = 0;
    CreationTime created = undated;
    /// Rank among runs created at the same time, the oldest lowest.
    std::int64_t order = 0;
    Execution execution = {};
    /// No value for a new run.
    std::optional<ExecutionStatus> previous = {};
};

class SeenChanges {
  public:
    /// Adds an open run of the state as it is now. Replaces an earlier observation of this poll.
    void sawOpen(std::uint64_t key, OpenRun& open, Execution execution, std::uint64_t poll);
    /// Adds a run that the state does not know.
    void sawNew(SeenChange change);

    /// Returns all changes, the oldest run first, and forgets them.
    std::vector<SeenChange> take();

  private:
    std::unordered_map<std::uint64_t, SeenChange> changes_ = {};
};

}  // namespace refold::internal

#endif
