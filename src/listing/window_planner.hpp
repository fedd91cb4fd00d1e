// Where to aim the next request: page and limit, and a date to count them from, so that the window begins at a wanted rank
// (or a little before it) and reaches as far as possible. Used by the paging core.
//
// Pages of one size, anchored at consecutive known items, are windows that overlap by one: with size m, page k + 1 from
// the item of rank r begins at rank r + k * m, so for a window that is to begin at s the anchor is the item of rank s - k * m. Any number
// of windows can be in flight that way, each overlapping its neighbour, and none is moved by what arrives in
// front of its anchor. Without anchors, the page size is varied so that a page happens to begin near the wanted rank.
#ifndef REFOLD_LISTING_WINDOW_PLANNER_HPP
#define REFOLD_LISTING_WINDOW_PLANNER_HPP

#include "listing/known_tail.hpp"
#include "listing/slice.hpp"

#include <cstdint>
#include <optional>

namespace refold::internal {

struct WindowWish {
    /// The latest rank at which the window may begin.
    std::int64_t start = 0;
    /// The rank it must reach beyond.
    std::int64_t beyond = 0;
    /// The page size; smaller ones only where it may vary.
    std::int64_t size = 0;
    bool sizeMayVary = false;
};

/// Anchored at an item that is known to open its place, of those from `earliest` on. `firstPageOnly` for servers whose bounds
/// are still to be tried.
std::optional<Aim> anchoredWindow(const KnownTail& tail, const WindowWish& wish, std::optional<Place> earliest,
                                  bool firstPageOnly);

/// Counted from the beginning; `shift` is the server's rank of an item less the tail's.
std::optional<Aim> unanchoredWindow(const WindowWish& wish, std::int64_t shift);

}  // namespace refold::internal

#endif
