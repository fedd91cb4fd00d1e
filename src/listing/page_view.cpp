// Order by place.
#include "listing/page_view.hpp"

#include <algorithm>

namespace refold::internal {

bool isInPlaceOrder(const PageView& page) noexcept {
    const auto& items = page.items;
    return std::all_of(items.begin(), items.end(), [](const ItemMark& item) { return item.place.has_value(); }) &&
           std::is_sorted(items.begin(), items.end(),
                          [](const ItemMark& a, const ItemMark& b) { return *a.place < *b.place; });
}

}  // namespace refold::internal
