// A page without its documents: the key and the sort key of each item, and the numbers of the envelope. The walk works
// on these, so that it serves every kind of item.
#ifndef REFOLD_LISTING_PAGE_VIEW_HPP
#define REFOLD_LISTING_PAGE_VIEW_HPP

#include <cstdint>
#include <optional>
#include <vector>

namespace refold::internal {

/// Does not decrease along the listing: milliseconds since 1970 if the oldest item comes first, otherwise negated.
using SortKey = std::int64_t;

/// Keep ranks, which are products of page and limit, from overflowing.
constexpr std::int64_t maxPageNumber = 1'000'000'000'000;
constexpr std::int64_t maxLimit = 1'000'000;
constexpr std::int64_t maxTotal = 1'000'000'000'000'000;

struct ItemMark {
    std::uint64_t key = 0;
    std::optional<SortKey> sortKey = {};
};

/// One page: a contiguous part of the order at one time.
struct PageView {
    std::vector<ItemMark> items = {};
    /// The page size in the envelope; 0 if it has none.
    std::int64_t limit = 0;
    /// The total in the envelope; 0 if it has none.
    std::int64_t totalDocs = 0;
    bool hasNextPage = false;

    std::int64_t size() const noexcept { return static_cast<std::int64_t>(items.size()); }
};

/// True if every item has a sort key and the sort keys do not decrease.
bool isInOrder(const PageView& page) noexcept;

}  // namespace refold::internal

#endif
