// How the history moves while it is read: by how many ranks it shifts from answer to answer, and whether it has moved
// at all. Used by the walk to plan requests, and by the joint as evidence.
#ifndef REFOLD_LISTING_MOVEMENT_HPP
#define REFOLD_LISTING_MOVEMENT_HPP

#include <cstdint>
#include <optional>

namespace refold::internal {

class Movement {
  public:
    /// A known item was found so many ranks behind where it was expected.
    void sawShift(std::int64_t shift) noexcept {
        perAnswer_ += (static_cast<double>(shift) - perAnswer_) / 2;
        if (shift != 0) isQuiet_ = false;
    }
    /// An answer's total; 0 where it names none.
    void sawTotal(std::int64_t total) noexcept {
        if (total == 0 || (last_ > 0 && last_ != total)) isQuiet_ = false;
        if (!first_) first_ = total;
        growth_ = total > 0 && last_ > 0 ? total - last_ : 0;
        growthPerAnswer_ += (static_cast<double>(growth_) - growthPerAnswer_) / 2;
        last_ = total;
    }
    /// Where a resumed listing's predecessor left off.
    void resumeFrom(std::int64_t total) noexcept { last_ = total; }

    /// Expected shift of ranks from one answer to the next; negative where items vanish.
    double perAnswer() const noexcept { return perAnswer_; }
    /// By how many items the history is expected to grow or shrink meanwhile, wherever they are.
    double growthPerAnswer() const noexcept { return growthPerAnswer_; }
    /// Every answer named the same total, and every known item stood where it had stood.
    bool isQuiet() const noexcept { return isQuiet_ && first_; }
    std::int64_t firstTotal() const noexcept { return first_.value_or(0); }
    std::int64_t lastTotal() const noexcept { return last_; }
    /// By how much the latest total differs from the one before.
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
