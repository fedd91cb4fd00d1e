// Keeps the keys of all items and the marks of the last ones.
#include "listing/frontier.hpp"

#include <algorithm>

namespace refold::internal {

std::optional<std::int64_t> Frontier::distance(std::uint64_t key) const noexcept {
    if (!seen_.contains(key)) return std::nullopt;
    const auto it = std::find_if(tail_.rbegin(), tail_.rend(), [key](const ItemMark& mark) { return mark.key == key; });
    if (it == tail_.rend()) return std::nullopt;
    return it - tail_.rbegin();
}

std::int64_t Frontier::tied() const noexcept {
    if (tail_.empty() || !tail_.back().sortKey) return 1;
    const auto it = std::find_if(tail_.rbegin(), tail_.rend(),
                                 [this](const ItemMark& mark) { return mark.sortKey != tail_.back().sortKey; });
    return it - tail_.rbegin();
}

bool Frontier::append(const ItemMark& mark) {
    if (!seen_.insert(mark.key)) return false;
    tail_.push_back(mark);
    return true;
}

void Frontier::trim() {
    // Items that share a sort key are needed together, up to a limit.
    while (tail_.size() > capacity &&
           (!last().sortKey || tail_.front().sortKey != last().sortKey || tail_.size() > 16 * capacity)) {
        tail_.pop_front();
    }
}

std::vector<ItemMark> Frontier::excerpt(std::size_t undelivered, std::size_t count) const {
    if (undelivered >= tail_.size()) return {};
    const auto end = tail_.end() - static_cast<std::ptrdiff_t>(undelivered);
    auto begin = end - 1;
    const std::optional<SortKey> sortKey = begin->sortKey;
    const auto isWanted = [&](const ItemMark& mark) {
        return static_cast<std::size_t>(end - begin) < count || (sortKey && mark.sortKey == sortKey);
    };
    while (begin != tail_.begin() && isWanted(*(begin - 1))) --begin;
    return {begin, end};
}

}  // namespace refold::internal
