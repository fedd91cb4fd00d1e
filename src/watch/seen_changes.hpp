// What one poll has found so far: the latest sight of each run that is new or has changed. Filled by the parts of a poll.
#ifndef REFOLD_WATCH_SEEN_CHANGES_HPP
#define REFOLD_WATCH_SEEN_CHANGES_HPP

#include "watch/watch_state.hpp"

#include <refold/execution.hpp>

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace refold::internal {

/// A run that differs from what the state has of it.
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
    /// A run that the state has as open, as it is now. Replaces what the poll saw of it before.
    void sawOpen(std::uint64_t key, OpenRun& open, Execution execution, std::uint64_t poll);
    /// A run that the state does not know.
    void sawNew(SeenChange change);

    /// Returns all changes, the oldest run first, and forgets them.
    std::vector<SeenChange> take();

  private:
    std::unordered_map<std::uint64_t, SeenChange> changes_ = {};
};

}  // namespace refold::internal

#endif
