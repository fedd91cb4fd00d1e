// A few counters.
#include "listing/date_bounds.hpp"

namespace refold::internal {

namespace {

constexpr int mostComparisons = 16;
constexpr int convincing = 6;

}  // namespace

bool DateBounds::wantsWholePage() const noexcept {
    return comparisons_ > 0 && comparisons_ < mostComparisons && !endsAgree_ && lastAnchored_ == true;
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
    (anchored ? datedEnd_ : wholeEnd_) = rank;
    const bool alternates = lastAnchored_ && *lastAnchored_ != anchored;
    lastAnchored_ = anchored;
    if (endsAgree_ || useless() || !alternates || ++comparisons_ > mostComparisons) return;
    const std::int64_t missing = *wholeEnd_ - *datedEnd_;
    sameMissing_ = missing == lastMissing_ ? sameMissing_ + 1 : 1;
    lastMissing_ = missing;
    endsAgree_ = missing == 0;
    if (missing > 0 && sameMissing_ >= convincing) giveUp();
}

}  // namespace refold::internal
