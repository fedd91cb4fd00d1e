// Searches for the rank of a lost frontier: doubles its step until pages on both sides are known, then bisects. Used by
// the walk.
#ifndef REFOLD_LISTING_JOINT_SEARCH_HPP
#define REFOLD_LISTING_JOINT_SEARCH_HPP

#include "listing/page_source.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

class JointSearch {
  public:
    /// True if a search is in progress.
    bool isActive() const noexcept { return target_.has_value(); }
    /// The rank at or before which the next page should begin.
    std::int64_t target() const noexcept { return target_.value_or(0); }
    /// Number of pages since the last `reset` that did not join.
    int attempts() const noexcept { return attempts_; }

    void reset() noexcept { *this = {}; }
    /// The frontier's rank is known again: ends the search and counts the attempt.
    void found() noexcept;
    /// The page ended before the frontier.
    void tooEarly(const PageRequest& page) noexcept;
    /// The page began after the frontier.
    void tooLate(const PageRequest& page) noexcept;
    /// The page had no evidence: tries ranks before and after `expected` alternately.
    void unseen(std::int64_t expected, std::int64_t limit) noexcept;
    /// Limits the target to ranks below `total`.
    void clampTo(std::int64_t total) noexcept;

  private:
    void widen(std::int64_t limit) noexcept;

    std::optional<std::int64_t> target_ = {};
    /// The end of a page that was too early, and the first rank of one that was too late.
    std::optional<std::int64_t> early_ = {};
    std::optional<std::int64_t> late_ = {};
    std::int64_t step_ = 0;
    int attempts_ = 0;
};

}  // namespace refold::internal

#endif
