// The new runs that a poll has found, newest first. Holds a bounded number: if there are more, keeps the oldest, which are to be
// delivered first, and remembers where in the listing the others begin.
#ifndef REFOLD_WATCH_HELD_RUNS_HPP
#define REFOLD_WATCH_HELD_RUNS_HPP

#include "watch/seen_changes.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

class HeldRuns {
  public:
    static constexpr std::size_t maxRuns = 1000;
    static constexpr std::size_t blockSize = 500;

    void add(SeenChange run) { runs_.push_back(std::move(run)); }
    /// A block is full, so that the listing's position is of interest.
    bool wantsMark() const noexcept { return found() - lastMark_ >= static_cast<std::int64_t>(blockSize); }
    /// `position` is the listing's checkpoint behind the last run added. Puts off the newest block if there are too many runs.
    void mark(std::string position);

    bool hasDeferred() const noexcept { return deferred_ > 0; }
    /// Listing checkpoints at which the blocks that were put off begin, the newest first; the newest block of all, which begins at
    /// the head, has none.
    const std::vector<std::string>& blocks() const noexcept { return blocks_; }
    /// When the newest run that is held was created.
    std::optional<CreationTime> newest() const;
    void moveTo(SeenChanges& changes);

  private:
    /// Where a block ends.
    struct Mark {
        std::int64_t runs = 0;
        std::string position = {};
    };

    std::int64_t found() const noexcept { return deferred_ + static_cast<std::int64_t>(runs_.size()); }

    std::deque<SeenChange> runs_ = {};
    std::deque<Mark> marks_ = {};
    std::int64_t lastMark_ = 0;
    std::int64_t deferred_ = 0;
    std::string deferredEnd_ = {};
    std::vector<std::string> blocks_ = {};
};

}  // namespace refold::internal

#endif
