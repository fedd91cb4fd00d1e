// What the server makes of a date bound, gathered from its answers: whether pages can be anchored at an item's date.
// Used by the paging core.
#ifndef REFOLD_LISTING_DATE_BOUNDS_HPP
#define REFOLD_LISTING_DATE_BOUNDS_HPP

#include "listing/slice.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

/// A bound may be kept to the millisecond, be cut to the second or the day, exclude its own date, or be ignored. Only the
/// first makes a good anchor. Nothing that the others do goes unnoticed at the joints, so this is about speed, except that
/// `exact` lets an answer count from its bound on even if the item there has gone.
class DateBounds {
  public:
    enum class State { unknown, exact, useless };

    State state() const noexcept { return state_; }
    bool exact() const noexcept { return state_ == State::exact; }
    bool useless() const noexcept { return state_ == State::useless; }

    /// Learns from an answer to an anchored request. `opening` is the place of the listing's first item, at which an answer
    /// proves nothing, since one without a bound would begin there too.
    void learn(const Aim& aim, const Slice& slice, std::optional<Place> opening) noexcept;
    /// The rank behind the end of a set, anchored or whole. A dated set that ends before the whole one lacks items without a
    /// date, and always the same number of them; or the history has moved in between.
    void sawEnd(bool anchored, std::int64_t rank) noexcept;
    /// Whether the next comparison needs a page without a bound.
    bool wantsWholePage() const noexcept;
    bool endsAgree() const noexcept { return endsAgree_; }
    bool wholeEndSeen() const noexcept { return wholeEnd_.has_value(); }
    void giveUp() noexcept { state_ = State::useless; }

  private:
    State state_ = State::unknown;
    int hits_ = 0;
    int misses_ = 0;
    int comparisons_ = 0;
    int sameMissing_ = 0;
    std::int64_t lastMissing_ = 0;
    bool endsAgree_ = false;
    std::optional<bool> lastAnchored_ = {};
    std::optional<std::int64_t> datedEnd_ = {};
    std::optional<std::int64_t> wholeEnd_ = {};
    std::optional<Place> lastHit_ = {};
};

}  // namespace refold::internal

#endif
