// Ends a listing that leads nowhere: counts the answers that deliver nothing, and says of them what they were. Used by
// the walk.
#ifndef REFOLD_LISTING_PROGRESS_GUARD_HPP
#define REFOLD_LISTING_PROGRESS_GUARD_HPP

#include "listing/page_source.hpp"
#include "listing/page_view.hpp"

#include <cstdint>

namespace refold::internal {

class ProgressGuard {
  public:
    /// An answer delivered something.
    void delivered(const PageRequest& request, const PageView& page) noexcept;
    /// An answer delivered nothing; `isKnown` if all of it was delivered before. Throws `ResponseError` after too many.
    /// Answers that a moving history explains count least: a search takes about a dozen.
    void countFruitless(const PageRequest& request, const PageView& page, bool isKnown);

  private:
    void remember(const PageRequest& request, const PageView& page) noexcept;

    int weight_ = 0;
    int repeated_ = 0;
    int empty_ = 0;
    std::uint64_t firstKey_ = 0;
    std::int64_t firstRank_ = 0;
    std::int64_t totalDocs_ = 0;
};

}  // namespace refold::internal

#endif
