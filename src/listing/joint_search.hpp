// Looks for the frontier by ranks once it is lost: doubles its step away from what was seen, then halves between what
// came too early and what came too late. Used by the walk.
#ifndef REFOLD_LISTING_JOINT_SEARCH_HPP
#define REFOLD_LISTING_JOINT_SEARCH_HPP

#include "listing/page_source.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

class JointSearch {
  public:
    /// True if there is a rank to look at next.
    bool isActive() const noexcept { return target_.has_value(); }
    /// Rank at or before which the next page is to begin.
    std::int64_t target() const noexcept { return target_.value_or(0); }
    /// Answers that did not join since the last `reset`.
    int attempts() const noexcept { return attempts_; }

    void reset() noexcept { *this = {}; }
    /// The frontier's rank was seen: no search is needed, but the attempt counts.
    void found() noexcept;
    /// The page ended in front of the frontier.
    void tooEarly(const PageRequest& page) noexcept;
    /// The page began behind it.
    void tooLate(const PageRequest& page) noexcept;
    /// The page showed nothing to go by: looks around `expected` in turn, in front of it and behind it.
    void unseen(std::int64_t expected, std::int64_t limit) noexcept;
    /// No rank from here on exists.
    void clampTo(std::int64_t total) noexcept;

  private:
    void widen(std::int64_t limit) noexcept;

    std::optional<std::int64_t> target_ = {};
    /// The end of a page that was too early, and the beginning of one that was too late.
    std::optional<std::int64_t> early_ = {};
    std::optional<std::int64_t> late_ = {};
    std::int64_t step_ = 0;
    int attempts_ = 0;
};

}  // namespace refold::internal

#endif
