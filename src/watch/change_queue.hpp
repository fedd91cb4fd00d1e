// The changes of a poll that have not been delivered yet. Each delivery updates the state from which checkpoints are
// made, so a checkpoint covers exactly what was delivered. Used by the watch cursor.
#ifndef REFOLD_WATCH_CHANGE_QUEUE_HPP
#define REFOLD_WATCH_CHANGE_QUEUE_HPP

#include "watch/seen_changes.hpp"
#include "watch/watch_state.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

class ChangeQueue {
  public:
    /// `state` must outlive it.
    explicit ChangeQueue(WatchState& state) : state_(state) {}

    bool isEmpty() const noexcept { return changes_.empty(); }
    /// Requires an empty queue. `floor` and `newestKeys` are the state's boundary once all changes are delivered; the
    /// keys are for servers without dates, empty otherwise.
    void fill(std::vector<SeenChange> changes, std::optional<CreationTime> floor, std::vector<std::uint64_t> newestKeys,
              std::uint64_t poll);
    /// Removes and returns the oldest change, which counts as delivered.
    SeenChange take();
    std::string checkpoint() const;

  private:
    void settle();

    WatchState& state_;
    std::deque<SeenChange> changes_ = {};
    std::optional<CreationTime> floor_ = {};
    std::vector<std::uint64_t> newestKeys_ = {};
    std::uint64_t poll_ = 0;
};

}  // namespace refold::internal

#endif
