// The new runs of a poll, newest first. Holds a bounded number: if there are more, keeps the oldest, which are
// delivered first, and remembers where in the listing the others begin. Used by HeadReader.
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
    /// True if a block is full, so that the listing's position must be passed to `mark`.
    bool wantsMark() const noexcept { return found() - lastMark_ >= static_cast<std::int64_t>(blockSize); }
    /// `position` is the listing's checkpoint after the last added run. Defers the newest block if there are too many
    /// runs.
    void mark(std::string position);

    bool hasDeferred() const noexcept { return deferred_ > 0; }
    /// The listing checkpoints at which the deferred blocks begin, newest first, except the newest block, which begins
    /// at the head.
    const std::vector<std::string>& blocks() const noexcept { return blocks_; }
    /// The creation time of the newest held run.
    std::optional<CreationTime> newest() const;
    void moveTo(SeenChanges& changes);

  private:
    /// The end of a block.
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
