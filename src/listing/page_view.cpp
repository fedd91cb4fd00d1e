// Checks the order of a page by its sort keys.
#include "listing/page_view.hpp"

#include <algorithm>

namespace refold::internal {

bool isInOrder(const PageView& page) noexcept {
    const auto& items = page.items;
    return std::all_of(items.begin(), items.end(), [](const ItemMark& item) { return item.sortKey.has_value(); }) &&
           std::is_sorted(items.begin(), items.end(),
                          [](const ItemMark& a, const ItemMark& b) { return *a.sortKey < *b.sortKey; });
}

}  // namespace refold::internal
