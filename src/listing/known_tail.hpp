// The last few hundred items that were covered, with their ranks: where the listing stands, what the next page has to
// overlap, and the items whose dates anchor the requests to come.
#ifndef REFOLD_LISTING_KNOWN_TAIL_HPP
#define REFOLD_LISTING_KNOWN_TAIL_HPP

#include "listing/slice.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace refold::internal {

/// Ranks count what was covered, from the rank at which the listing started; they do not change when the history does.
class KnownTail {
  public:
    /// Ranks of what is appended begin here. Before the first `append` only.
    void startAt(std::int64_t rank) noexcept {
        base_ = rank;
        whole_ = rank == 0;
    }
    void append(const ItemMark& mark);

    bool empty() const noexcept { return marks_.empty(); }
    std::size_t size() const noexcept { return marks_.size(); }
    std::int64_t firstRank() const noexcept { return base_; }
    /// Of the frontier: the last item covered; one less than `startAt` while there is none.
    std::int64_t lastRank() const noexcept { return base_ + static_cast<std::int64_t>(marks_.size()) - 1; }
    const ItemMark& frontier() const { return marks_.back(); }
    const ItemMark& at(std::int64_t rank) const { return marks_[static_cast<std::size_t>(rank - base_)]; }
    /// Empty where the item is not among the last ones.
    std::optional<std::int64_t> rankOf(std::uint64_t key) const noexcept;
    /// Whether the item is known to be the first one at its place, so that asking "from this place on" begins with it.
    bool opensPlace(std::int64_t rank) const;
    /// How many items stand at the frontier's place.
    std::int64_t tiesAtFrontier() const noexcept;
    /// The place of the last item that has one.
    std::optional<Place> lastPlace() const noexcept;
    /// What a later listing needs to go on behind `rank`: the items before it, at least `count` where there are as
    /// many, and all that stand at its place.
    std::vector<ItemMark> excerpt(std::int64_t rank, std::size_t count) const;

  private:
    static constexpr std::size_t capacity = 1024;

    std::deque<ItemMark> marks_ = {};
    std::int64_t base_ = 0;
    /// It begins where the history does, and nothing was forgotten yet: the first item is the first at its place.
    bool whole_ = true;
};

}  // namespace refold::internal

#endif
