// A deque that forgets at its front.
#include "listing/known_tail.hpp"

namespace refold::internal {

void KnownTail::append(const ItemMark& mark) {
    marks_.push_back(mark);
    // Items at the frontier's place are all wanted, within reason: a server may date all its items alike.
    while (marks_.size() > capacity &&
           (!mark.place || marks_.front().place != mark.place || marks_.size() > 16 * capacity)) {
        marks_.pop_front();
        ++base_;
        whole_ = false;
    }
}

std::optional<std::int64_t> KnownTail::rankOf(std::uint64_t key) const noexcept {
    for (std::size_t i = marks_.size(); i-- > 0;) {
        if (marks_[i].key == key) return base_ + static_cast<std::int64_t>(i);
    }
    return std::nullopt;
}

bool KnownTail::opensPlace(std::int64_t rank) const {
    if (rank < base_ || rank > lastRank()) return false;
    if (rank == base_) return whole_ && at(rank).place.has_value();
    const std::optional<Place>& before = at(rank - 1).place;
    const std::optional<Place>& here = at(rank).place;
    return before && here && *before < *here;
}

std::int64_t KnownTail::tiesAtFrontier() const noexcept {
    std::int64_t count = 0;
    for (std::size_t i = marks_.size(); i-- > 0 && marks_[i].place && marks_[i].place == marks_.back().place;) ++count;
    return count;
}

std::optional<Place> KnownTail::lastPlace() const noexcept {
    for (std::size_t i = marks_.size(); i-- > 0;) {
        if (marks_[i].place) return marks_[i].place;
    }
    return std::nullopt;
}

std::vector<ItemMark> KnownTail::excerpt(std::int64_t rank, std::size_t count) const {
    std::vector<ItemMark> result;
    if (marks_.empty() || rank < base_) return result;
    std::int64_t from = rank;
    std::optional<Place> place = at(rank).place;
    while (from > base_) {
        // What shows no place may stand at this one.
        const std::optional<Place>& before = at(from - 1).place;
        const bool sharesPlace = place && (!before || before == place);
        if (static_cast<std::size_t>(rank - from) + 1 >= count && !sharesPlace) break;
        --from;
        if (!place) place = before;
    }
    for (; from <= rank; ++from) result.push_back(at(from));
    return result;
}

}  // namespace refold::internal
