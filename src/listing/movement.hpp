// Tracks how the history moves while it is read: by how many ranks it shifts per page, and whether it has moved. Used
// by the walk to plan requests, and by the joint as evidence.
#ifndef REFOLD_LISTING_MOVEMENT_HPP
#define REFOLD_LISTING_MOVEMENT_HPP

#include <cstdint>
#include <optional>

namespace refold::internal {

class Movement {
  public:
    /// Records that a known item was found `shift` ranks after its expected one.
    void sawShift(std::int64_t shift) noexcept {
        perAnswer_ += (static_cast<double>(shift) - perAnswer_) / 2;
        if (shift != 0) isQuiet_ = false;
    }
    /// Records the total of a page; 0 if it has none.
    void sawTotal(std::int64_t total) noexcept {
        if (total == 0 || (last_ > 0 && last_ != total)) isQuiet_ = false;
        if (!first_) first_ = total;
        growth_ = total > 0 && last_ > 0 ? total - last_ : 0;
        growthPerAnswer_ += (static_cast<double>(growth_) - growthPerAnswer_) / 2;
        last_ = total;
    }
    /// Sets the last total of the listing that is resumed.
    void resumeFrom(std::int64_t total) noexcept { last_ = total; }

    /// Expected shift of ranks from one page to the next; negative if items vanish.
    double perAnswer() const noexcept { return perAnswer_; }
    /// Expected change of the total from one page to the next.
    double growthPerAnswer() const noexcept { return growthPerAnswer_; }
    /// True if every page had the same total and every known item kept its rank.
    bool isQuiet() const noexcept { return isQuiet_ && first_; }
    std::int64_t firstTotal() const noexcept { return first_.value_or(0); }
    std::int64_t lastTotal() const noexcept { return last_; }
    /// Difference between the latest total and the one before.
    std::int64_t growth() const noexcept { return growth_; }

  private:
    double perAnswer_ = 0;
    double growthPerAnswer_ = 0;
    bool isQuiet_ = true;
    std::optional<std::int64_t> first_ = {};
    std::int64_t last_ = 0;
    std::int64_t growth_ = 0;
};

}  // namespace refold::internal

#endif
