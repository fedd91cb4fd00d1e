// The changes that a poll found and the reader has not had yet. The state that checkpoints are made of follows one by one as they
// are delivered, so that a checkpoint covers exactly what its reader has had.
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
    /// Requires an empty queue. `floor` and `newestKeys` are the state's boundary once all changes are delivered; the keys are
    /// for servers without dates, empty otherwise.
    void fill(std::vector<SeenChange> changes, std::optional<CreationTime> floor, std::vector<std::uint64_t> newestKeys,
              std::uint64_t poll);
    /// The oldest change, which counts as delivered.
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
