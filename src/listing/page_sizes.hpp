// Tracks the page sizes that the server accepts, and whether it respects the limit at all. Grows pages if the query has
// no limit. Used by the walk.
#ifndef REFOLD_LISTING_PAGE_SIZES_HPP
#define REFOLD_LISTING_PAGE_SIZES_HPP

#include "listing/page_source.hpp"
#include "listing/page_view.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace refold::internal {

/// The cost of a page, which limits how far pages grow.
struct PageCost {
    std::chrono::milliseconds time{0};
    std::int64_t bytes = 0;
};

/// A failure of a request that may be due to its page size.
enum class SizeFailure {
    limitRefused,  ///< the server says that it does not allow the limit
    refused,       ///< the server refuses the request without a reason
    failed         ///< timeout, lost connection or server error
};

class PageSizes {
  public:
    /// Without a limit, pages begin at 100 items, or `maxPageSize` if that is less, and grow up to `maxPageSize`.
    PageSizes(std::optional<std::int64_t> limit, std::int64_t maxPageSize) noexcept;

    /// The page size to read with.
    std::int64_t wanted() const noexcept;
    /// The largest limit to request: `wanted()`, and room for the items by which pages overlap.
    std::int64_t largest() const noexcept;
    /// True if a page may exceed the limit a little when no smaller page overlaps.
    bool mayExceed() const noexcept { return explicit_ && !cap_ && !ignoresLimit_; }
    /// True for a limit larger than any granted one and than the first one.
    bool isTrial(std::int64_t limit) const noexcept { return limit > std::max(granted_, first_); }
    /// True if pages have the same size for every limit.
    bool ignoresLimit() const noexcept { return ignoresLimit_; }
    /// False if pages cannot overlap: the server ignores the limit, or filters pages after cutting them, so that ranks
    /// do not correspond to items.
    bool showsJoints() const noexcept { return !ignoresLimit_ && unexplained_ < maxUnexplained; }

    /// Learns from a page, and returns the request with the limit that the server used.
    PageRequest served(const PageRequest& asked, const PageView& page, const PageCost& cost) noexcept;
    /// Learns that a request with this limit failed. Returns true if a smaller limit should be tried.
    bool learnFailure(std::int64_t limit, SizeFailure failure) noexcept;

  private:
    void learnShortPage(const PageRequest& asked, const PageView& page) noexcept;
    void grow(std::int64_t granted, const PageCost& cost) noexcept;

    static constexpr int maxUnexplained = 3;

    bool explicit_;
    std::int64_t max_;
    std::int64_t first_;
    std::int64_t wanted_;
    std::int64_t granted_ = 0;
    std::optional<std::int64_t> cap_ = {};
    bool ignoresLimit_ = false;
    /// Evidence that the server filters pages after cutting them.
    int unexplained_ = 0;
};

}  // namespace refold::internal

#endif
