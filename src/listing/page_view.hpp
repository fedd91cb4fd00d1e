// A page as the walk sees it: no documents, only the key of each item and its sort key. What decides works
// on these, so that it is the same for every kind of item.
#ifndef REFOLD_LISTING_PAGE_VIEW_HPP
#define REFOLD_LISTING_PAGE_VIEW_HPP

#include <cstdint>
#include <optional>
#include <vector>

namespace refold::internal {

/// Grows along the listing: milliseconds since 1970 where the oldest item comes first, their negative where the newest
/// does.
using SortKey = std::int64_t;

/// Limits on what is counted, so that ranks, which are products of page and limit, do not overflow.
constexpr std::int64_t maxPageNumber = 1'000'000'000'000;
constexpr std::int64_t maxLimit = 1'000'000;
constexpr std::int64_t maxTotal = 1'000'000'000'000'000;

struct ItemMark {
    std::uint64_t key = 0;
    std::optional<SortKey> sortKey = {};
};

/// One answer: a contiguous stretch of the order at one time.
struct PageView {
    std::vector<ItemMark> items = {};
    /// The page size that the envelope names; 0 where it names none.
    std::int64_t limit = 0;
    /// The total that the envelope names; 0 where it names none.
    std::int64_t totalDocs = 0;
    bool hasNextPage = false;

    std::int64_t size() const noexcept { return static_cast<std::int64_t>(items.size()); }
};

/// True if every item has a sort key and none stands before its predecessor.
bool isInOrder(const PageView& page) noexcept;

}  // namespace refold::internal

#endif
