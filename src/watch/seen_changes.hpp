// What one look at the history has brought so far: the latest sight of each run that is new or has changed. Used by the watch
// engine; filled by the parts of a look.
#ifndef REFOLD_LISTING_SEEN_CHANGES_HPP
#define REFOLD_LISTING_SEEN_CHANGES_HPP

#include "listing/watch_state.hpp"

#include <refold/execution.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace refold::internal {

/// One run that is not as the state has it.
struct SeenChange {
    std::uint64_t key = 0;
    Place place = noPlace;
    /// Where the run stands among those of the same place, the oldest lowest.
    std::int64_t order = 0;
    Execution execution = {};
    /// Empty for a new run.
    std::optional<ExecutionStatus> previous = {};
};

class SeenChanges {
  public:
    /// A run that `open` holds, as it is now. What it was in between is forgotten: a look delivers a run's last status only.
    void sawOpen(std::uint64_t key, OpenRun& open, Execution execution, std::uint64_t look);
    /// A run that the state does not know.
    void sawNew(std::uint64_t key, Place place, std::int64_t order, Execution execution);

    bool empty() const noexcept { return changes_.empty(); }
    /// All of them, the oldest first, and begins anew.
    std::vector<SeenChange> take();

  private:
    std::unordered_map<std::uint64_t, SeenChange> changes_ = {};
};

}  // namespace refold::internal

#endif
