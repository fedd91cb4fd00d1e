// Lays out pages over ranks: which page of which size begins at or before one rank and reaches furthest beyond another.
// Pure arithmetic, used by the walk.
#ifndef REFOLD_LISTING_PAGE_LAYOUT_HPP
#define REFOLD_LISTING_PAGE_LAYOUT_HPP

#include "listing/page_source.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

struct LayoutWish {
    /// The page begins at or before this rank…
    std::int64_t start = 0;
    /// …and ends behind this one.
    std::int64_t beyond = 0;
    std::int64_t largest = 1;
    /// The page size cannot be chosen: it is `largest`.
    bool isFixed = false;
};

/// The page that reaches furthest; of those, the one that begins last. No value where none does both: every page size
/// up to `largest` has a boundary between `start` and `beyond`.
std::optional<PageRequest> layOutPage(const LayoutWish& wish) noexcept;

/// The smallest page above `largest`, by at most `excess` items, that does both.
std::optional<PageRequest> layOutLargerPage(const LayoutWish& wish, std::int64_t excess) noexcept;

}  // namespace refold::internal

#endif
