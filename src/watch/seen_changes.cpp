// Keeps the latest state of each run and sorts at the end.
#include "watch/seen_changes.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace refold::internal {

void SeenChanges::sawOpen(std::uint64_t key, OpenRun& open, Execution execution, std::uint64_t poll) {
    open.checked = poll;
    open.misses = 0;
    // A run may end without a status change: an unknown status gets a completion time.
    if (execution.status == open.status && !execution.hasEnded()) {
        changes_.erase(key);
        return;
    }
    changes_[key] = SeenChange{key, open.created, 0, std::move(execution), ExecutionStatus(open.status)};
}

void SeenChanges::sawNew(SeenChange change) {
    const std::uint64_t key = change.key;
    changes_[key] = std::move(change);
}

std::vector<SeenChange> SeenChanges::take() {
    std::vector<SeenChange> sorted;
    sorted.reserve(changes_.size());
    for (auto& [key, change] : changes_) {
        static_cast<void>(key);
        sorted.push_back(std::move(change));
    }
    changes_.clear();
    std::sort(sorted.begin(), sorted.end(), [](const SeenChange& a, const SeenChange& b) {
        return std::tie(a.created, a.order, a.key) < std::tie(b.created, b.order, b.key);
    });
    return sorted;
}

}  // namespace refold::internal
