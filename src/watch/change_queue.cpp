// Moves the floor when the queue is empty.
#include "watch/change_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace refold::internal {

void ChangeQueue::fill(std::vector<SeenChange> changes, std::optional<CreationTime> floor,
                       std::vector<std::uint64_t> newestKeys, std::uint64_t poll) {
    changes_.assign(std::make_move_iterator(changes.begin()), std::make_move_iterator(changes.end()));
    floor_ = floor;
    newestKeys_ = std::move(newestKeys);
    poll_ = poll;
    if (changes_.empty()) settle();
}

SeenChange ChangeQueue::take() {
    SeenChange change = std::move(changes_.front());
    changes_.pop_front();
    if (!change.previous) state_.boundary[change.key] = change.created;
    state_.learn(change.key, change.execution, change.created, poll_);
    if (changes_.empty()) settle();
    return change;
}

void ChangeQueue::settle() {
    state_.raiseFloor(floor_);
    if (newestKeys_.empty()) return;
    state_.boundary.clear();
    for (const std::uint64_t key : newestKeys_) state_.boundary[key] = undated;
    newestKeys_.clear();
}

std::string ChangeQueue::checkpoint() const {
    if (changes_.empty()) return encodeWatchState(state_);
    WatchState state = state_;
    // Everything from the oldest new run on is still to be delivered.
    std::optional<CreationTime> floor = floor_;
    for (const SeenChange& change : changes_) {
        if (!change.previous && floor) floor = std::min(*floor, change.created);
    }
    state.raiseFloor(floor);
    return encodeWatchState(state);
}

}  // namespace refold::internal
