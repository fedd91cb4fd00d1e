// What can be said of a page by itself.
#include "listing/slice.hpp"

#include <algorithm>

namespace refold::internal {

bool allPlaced(const Slice& slice) noexcept {
    return std::all_of(slice.marks.begin(), slice.marks.end(),
                       [](const ItemMark& mark) { return mark.place.has_value(); });
}

bool inPlaceOrder(const Slice& slice) noexcept {
    const auto& marks = slice.marks;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (!marks[i].place || (i > 0 && *marks[i].place < *marks[i - 1].place)) return false;
    }
    return true;
}

std::int64_t largestTie(const Slice& slice) noexcept {
    std::int64_t largest = 1;
    std::int64_t run = 1;
    for (std::size_t i = 1; i < slice.marks.size(); ++i) {
        run = slice.marks[i].place && slice.marks[i].place == slice.marks[i - 1].place ? run + 1 : 1;
        largest = std::max(largest, run);
    }
    return largest;
}

bool cutShort(const Aim& aim, const Slice& slice) noexcept {
    // An envelope without a limit is taken to repeat the request's.
    const bool namesAnother = slice.limit > 0 && slice.limit != aim.limit;
    return slice.hasNextPage && slice.size() < aim.limit && !namesAnother;
}

std::string describe(const Aim& aim) {
    return "page " + std::to_string(aim.page) + " of " + std::to_string(aim.limit);
}

}  // namespace refold::internal
