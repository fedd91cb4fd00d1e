// Searches over a few hundred anchors and page sizes.
#include "listing/window_planner.hpp"

#include <algorithm>

namespace refold::internal {

namespace {

/// Keeps `best` the window that reaches furthest; the smaller page size does not win a tie.
void consider(std::optional<Aim>& best, const WindowWish& wish, std::int64_t base, std::optional<Place> anchor,
              std::int64_t size) {
    const std::int64_t page = (wish.start - base) / size + 1;
    Aim aim;
    aim.kind = Aim::Kind::window;
    aim.page = page;
    aim.limit = size;
    aim.anchor = anchor;
    aim.base = base;
    aim.start = base + (page - 1) * size;
    if (aim.start + size - 1 <= wish.beyond) return;
    if (!best || aim.start + aim.limit > best->start + best->limit) best = aim;
}

std::int64_t smallestSize(const WindowWish& wish) {
    if (!wish.sizeMayVary) return wish.size;
    return wish.size > 12 ? wish.size / 2 : 1;
}

}  // namespace

std::optional<Aim> anchoredWindow(const KnownTail& tail, const WindowWish& wish, std::optional<Place> earliest,
                                  bool firstPageOnly) {
    std::optional<Aim> best;
    const std::int64_t latest = std::min(tail.lastRank(), wish.start);
    for (std::int64_t rank = latest; rank >= tail.firstRank(); --rank) {
        if (firstPageOnly && rank + wish.size <= wish.start) break;
        if (!tail.opensPlace(rank) || (earliest && *tail.at(rank).place < *earliest)) continue;
        consider(best, wish, rank, tail.at(rank).place, wish.size);
        if (best && best->start == wish.start) return best;
    }
    if (best || !wish.sizeMayVary || firstPageOnly) return best;
    for (std::int64_t rank = latest; rank >= tail.firstRank(); --rank) {
        if (!tail.opensPlace(rank) || (earliest && *tail.at(rank).place < *earliest)) continue;
        for (std::int64_t size = wish.size; size >= smallestSize(wish); --size) {
            consider(best, wish, rank, tail.at(rank).place, size);
        }
        if (best) return best;
    }
    return best;
}

std::optional<Aim> unanchoredWindow(const WindowWish& wish, std::int64_t shift) {
    WindowWish inside = wish;
    inside.start = std::max(wish.start, -shift);
    std::optional<Aim> best;
    for (std::int64_t size = wish.size; size >= smallestSize(wish); --size) consider(best, inside, -shift, {}, size);
    return best;
}

}  // namespace refold::internal
