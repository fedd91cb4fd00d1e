// Chooses page number and size so that a page begins at or before one rank and ends as far as possible after another.
// Used by the walk.
#ifndef REFOLD_LISTING_PAGE_LAYOUT_HPP
#define REFOLD_LISTING_PAGE_LAYOUT_HPP

#include "listing/page_source.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

struct LayoutWish {
    /// The page must begin at or before this rank.
    std::int64_t start = 0;
    /// The page must end after this rank.
    std::int64_t beyond = 0;
    std::int64_t largest = 1;
    /// True if the only possible page size is `largest`.
    bool isFixed = false;
};

/// Returns the page that ends last; of those, the one that begins last. No value if every page size up to `largest` has
/// a boundary between `start` and `beyond`.
std::optional<PageRequest> layOutPage(const LayoutWish& wish) noexcept;

/// Returns the smallest page larger than `largest`, of at most `maxSize` items, that fulfils both conditions.
std::optional<PageRequest> layOutLargerPage(const LayoutWish& wish, std::int64_t maxSize) noexcept;

}  // namespace refold::internal

#endif
