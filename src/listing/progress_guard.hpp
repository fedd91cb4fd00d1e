// Ends a listing that makes no progress: counts pages that deliver nothing, and describes them in the error. Used by
// the walk.
#ifndef REFOLD_LISTING_PROGRESS_GUARD_HPP
#define REFOLD_LISTING_PROGRESS_GUARD_HPP

#include "listing/page_source.hpp"
#include "listing/page_view.hpp"

#include <cstdint>

namespace refold::internal {

class ProgressGuard {
  public:
    /// The page delivered items.
    void delivered(const PageRequest& request, const PageView& page) noexcept;
    /// The page delivered nothing; `isKnown` is true if all of its items were delivered before. Throws `ResponseError`
    /// after too many such pages. Pages that a moving history explains count least: a search takes about a dozen.
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
