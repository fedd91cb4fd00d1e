// Keeps the latest sight of each run, and puts them in order at the end.
#include "listing/seen_changes.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace refold::internal {

void SeenChanges::sawOpen(std::uint64_t key, OpenRun& open, Execution execution, std::uint64_t look) {
    open.confirmed = look;
    if (execution.status.value() == open.status) {
        changes_.erase(key);
        return;
    }
    SeenChange& change = changes_[key];
    change.key = key;
    change.place = open.place;
    change.execution = std::move(execution);
    change.previous = ExecutionStatus(open.status);
}

void SeenChanges::sawNew(std::uint64_t key, Place place, std::int64_t order, Execution execution) {
    changes_[key] = SeenChange{key, place, order, std::move(execution), {}};
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
        return std::tie(a.place, a.order, a.key) < std::tie(b.place, b.order, b.key);
    });
    return sorted;
}

}  // namespace refold::internal
