// Tries page sizes from the largest down, until no smaller page can be better.
#include "listing/page_layout.hpp"

#include <algorithm>

namespace refold::internal {
namespace {

/// Returns the page of this size that contains `wish.start`.
PageRequest pageAt(const LayoutWish& wish, std::int64_t size) noexcept {
    return {std::max<std::int64_t>(wish.start, 0) / size + 1, size};
}

}  // namespace

std::optional<PageRequest> layOutPage(const LayoutWish& wish) noexcept {
    std::optional<PageRequest> best;
    const std::int64_t smallest = wish.isFixed ? wish.largest : 1;
    for (std::int64_t size = wish.largest; size >= smallest; --size) {
        // Smaller pages cannot end later.
        if (best && wish.start + size < best->endRank()) break;
        const PageRequest page = pageAt(wish, size);
        if (page.endRank() <= wish.beyond) continue;
        const bool isBetter = !best || page.endRank() > best->endRank() ||
                              (page.endRank() == best->endRank() && page.firstRank() > best->firstRank());
        if (isBetter) best = page;
    }
    return best;
}

std::optional<PageRequest> layOutLargerPage(const LayoutWish& wish, std::int64_t maxSize) noexcept {
    for (std::int64_t size = wish.largest + 1; size <= maxSize; ++size) {
        const PageRequest page = pageAt(wish, size);
        if (page.endRank() > wish.beyond) return page;
    }
    return std::nullopt;
}

}  // namespace refold::internal
