// A few counters.
#include "listing/date_bounds.hpp"

namespace refold::internal {

namespace {

/// Whole ends in a row at one rank, before a comparison counts: little in a history that has not moved yet.
constexpr int stillFromTheStart = 1;
constexpr int stillAgain = 4;
/// Comparisons that failed, before no other is made.
constexpr int mostDisagreements = 6;

}  // namespace

bool DateBounds::standsStill() const noexcept {
    return still_ >= (moved_ ? stillAgain : stillFromTheStart);
}

bool DateBounds::mayCompare() const noexcept {
    return standsStill() && !datedEnd_ && disagreements_ < mostDisagreements;
}

void DateBounds::learn(const Aim& aim, const Slice& slice, std::optional<Place> opening) noexcept {
    if (!aim.anchor || useless()) return;
    for (const ItemMark& mark : slice.marks) {
        if (!mark.place || *mark.place < *aim.anchor) {
            giveUp();
            return;
        }
    }
    if (aim.page != 1) return;
    if (slice.marks.empty() || *slice.marks.front().place > *aim.anchor) {
        // The item may just have gone. A server that cuts or excludes misses every time.
        if (++misses_ >= (exact() ? 5 : 3)) giveUp();
        return;
    }
    misses_ = 0;
    if (!opening || *aim.anchor <= *opening || lastHit_ == aim.anchor) return;
    lastHit_ = aim.anchor;
    ++hits_;
    // A server that cuts to the second cannot show an item at a bound with milliseconds.
    if (*aim.anchor % 1000 != 0 || hits_ >= 3) state_ = State::exact;
}

void DateBounds::sawEnd(bool anchored, std::int64_t rank) noexcept {
    if (trusted()) return;
    const bool same = wholeEnd_ == rank;
    if (anchored) {
        datedEnd_ = rank;
        if (same) return;
        ++disagreements_;
        moved_ = moved_ || agreements_ > 0;
        return;
    }
    if (same && datedEnd_ == rank && standsStill()) ++agreements_;
    moved_ = moved_ || (wholeEnd_ && !same);
    still_ = same ? still_ + 1 : 0;
    wholeEnd_ = rank;
    datedEnd_.reset();
}

}  // namespace refold::internal
