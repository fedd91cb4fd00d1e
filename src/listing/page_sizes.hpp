// What is known of the server's page sizes: how large a page may be asked for, what was granted, and whether the server
// honours the limit at all. Grows pages where the query names no limit. Used by the walk.
#ifndef REFOLD_LISTING_PAGE_SIZES_HPP
#define REFOLD_LISTING_PAGE_SIZES_HPP

#include "listing/page_source.hpp"
#include "listing/page_view.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace refold::internal {

/// What an answer cost. Decides how far pages grow.
struct PageCost {
    std::chrono::milliseconds time{0};
    std::int64_t bytes = 0;
};

/// Why a page's size is suspected of its failure.
enum class SizeFailure {
    limitRefused,  ///< the server says that the limit is not allowed
    refused,       ///< it refuses the request and does not say why
    failed         ///< it takes too long, breaks off or fails
};

class PageSizes {
  public:
    /// Without a limit, pages begin at 100 items, or `maxPageSize` if that is less, and grow up to `maxPageSize`.
    PageSizes(std::optional<std::int64_t> limit, std::int64_t maxPageSize) noexcept;

    /// The page size to read with.
    std::int64_t wanted() const noexcept;
    /// The largest limit to ask for: what is wanted, and room for the items by which pages overlap.
    std::int64_t largest() const noexcept;
    /// True while the limit may be exceeded a little where no smaller page overlaps.
    bool mayExceed() const noexcept { return explicit_ && !cap_ && !ignoresLimit_; }
    /// True for a limit that is larger than any that was granted or asked for as the first.
    bool isTrial(std::int64_t limit) const noexcept { return limit > std::max(granted_, first_); }
    /// Every page has the same size, whatever is asked for.
    bool ignoresLimit() const noexcept { return ignoresLimit_; }
    /// False where pages cannot be made to overlap: every page has the same size whatever is asked for, or pages are
    /// cut first and filtered afterwards, so that ranks say nothing of items.
    bool showsJoints() const noexcept { return !ignoresLimit_ && unexplained_ < maxUnexplained; }

    /// Learns from an answer, and returns the request as the server counted it.
    PageRequest served(const PageRequest& asked, const PageView& page, const PageCost& cost) noexcept;
    /// Learns that a request with this limit failed. True if a smaller one is worth a request.
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
    /// How much speaks for pages that are cut first and filtered afterwards.
    int unexplained_ = 0;
};

}  // namespace refold::internal

#endif
