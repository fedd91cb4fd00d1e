// A block is deferred as a whole, so that the later poll reads no run twice.
#include "watch/held_runs.hpp"

#include <utility>

namespace refold::internal {

void HeldRuns::mark(std::string position) {
    lastMark_ = found();
    marks_.push_back({lastMark_, std::move(position)});
    // Leaves room for the next block.
    while (runs_.size() + blockSize > maxRuns && marks_.size() > 1) {
        if (deferred_ > 0) blocks_.push_back(std::move(deferredEnd_));
        Mark& end = marks_.front();
        runs_.erase(runs_.begin(), runs_.begin() + static_cast<std::ptrdiff_t>(end.runs - deferred_));
        deferred_ = end.runs;
        deferredEnd_ = std::move(end.position);
        marks_.pop_front();
    }
}

std::optional<CreationTime> HeldRuns::newest() const {
    if (runs_.empty()) return std::nullopt;
    return runs_.front().created;
}

void HeldRuns::moveTo(SeenChanges& changes) {
    auto order = static_cast<std::int64_t>(runs_.size());
    for (SeenChange& run : runs_) {
        run.order = --order;
        changes.sawNew(std::move(run));
    }
    runs_.clear();
}

}  // namespace refold::internal
