// What the server makes of a date bound, gathered from its answers: whether pages can be anchored at an item's date.
// Used by the paging core.
#ifndef REFOLD_LISTING_DATE_BOUNDS_HPP
#define REFOLD_LISTING_DATE_BOUNDS_HPP

#include "listing/slice.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

/// A bound may be kept to the millisecond, be cut to the second or the day, exclude its own date, or be ignored. Only the
/// first makes a good anchor. Nothing that the others do goes unnoticed at the joints, so that is about speed, except that
/// `exact` lets an answer count from its bound on even if the item there has gone.
///
/// What does go unnoticed there is an item without a date that stands among dated ones: no bound finds it, and the joint is
/// seamless all the same. It shows in where sets end, as long as the history stands still; in one that moves it cannot be
/// told from an item that came or went. So pages are read by ranks until anchored sets have been compared with whole ones.
class DateBounds {
  public:
    enum class State { unknown, exact, useless };

    State state() const noexcept { return state_; }
    bool exact() const noexcept { return state_ == State::exact; }
    bool useless() const noexcept { return state_ == State::useless; }

    /// Learns from an answer to an anchored request. `opening` is the place of the listing's first item, at which an answer
    /// proves nothing, since one without a bound would begin there too.
    void learn(const Aim& aim, const Slice& slice, std::optional<Place> opening) noexcept;
    /// The rank behind the end of a set, anchored or whole. An anchored one that ends elsewhere may lack items that have no
    /// date, wherever they stand; or the history has moved in between.
    void sawEnd(bool anchored, std::int64_t rank) noexcept;
    /// Whether a page with a bound is worth asking for, if only to compare: the whole set has stood still.
    bool mayCompare() const noexcept;
    /// Whether the next comparison needs a page without a bound.
    bool wantsWholePage() const noexcept { return agreements_ == 1 && !moved_ && datedEnd_; }
    /// Whether anchored pages hold all that they should, wherever the history goes: twice, between two whole sets that ended at
    /// one rank, they ended there, too.
    bool trusted() const noexcept { return agreements_ >= convincing; }
    /// Whether nothing can be learnt from where sets end, for they move, or no totals are named.
    bool cannotTell() const noexcept { return moved_ || !wholeEnd_; }
    /// The same while nothing moves, by one such comparison.
    bool likely() const noexcept { return trusted() || (agreements_ > 0 && !moved_); }
    /// Whether an anchored set that ends at `rank` leaves nothing out, as far as can be seen.
    bool leavesNothingOut(std::int64_t rank) const noexcept { return trusted() || (!moved_ && wholeEnd_ == rank); }
    bool endsAt(std::int64_t rank) const noexcept { return wholeEnd_ == rank; }
    void giveUp() noexcept { state_ = State::useless; }

  private:
    static constexpr int convincing = 2;

    bool standsStill() const noexcept;

    State state_ = State::unknown;
    int hits_ = 0;
    int misses_ = 0;
    int agreements_ = 0;
    int disagreements_ = 0;
    /// Whole ends in a row at one rank.
    int still_ = 0;
    bool moved_ = false;
    /// Seen since the whole one was.
    std::optional<std::int64_t> datedEnd_ = {};
    std::optional<std::int64_t> wholeEnd_ = {};
    std::optional<Place> lastHit_ = {};
};

}  // namespace refold::internal

#endif
