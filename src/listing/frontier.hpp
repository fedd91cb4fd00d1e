// Where a listing stands: what was delivered, the last items of it in order, and the rank at which the next item is
// expected. Used by the walk and the joint; a checkpoint is an excerpt of it.
#ifndef REFOLD_LISTING_FRONTIER_HPP
#define REFOLD_LISTING_FRONTIER_HPP

#include "listing/page_view.hpp"
#include "listing/seen_keys.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace refold::internal {

class Frontier {
  public:
    /// True while nothing was delivered.
    bool empty() const noexcept { return tail_.empty(); }
    /// The last item delivered. Requires that there is one.
    const ItemMark& last() const { return tail_.back(); }
    /// True if an item of this key was delivered.
    bool knows(std::uint64_t key) const noexcept { return seen_.contains(key); }
    /// Number of items delivered after this one; no value where it is not among the last ones.
    std::optional<std::int64_t> distance(std::uint64_t key) const noexcept;
    /// Number of delivered items with the last one's sort key; 1 where it has none.
    std::int64_t tied() const noexcept;

    /// Rank at which the next item is expected, in the server's numbering.
    std::int64_t nextRank() const noexcept { return nextRank_; }
    void expectNextAt(std::int64_t rank) noexcept { nextRank_ = rank; }

    /// Appends an item. False if it was delivered before.
    bool append(const ItemMark& mark);
    /// The last items in order, without the last `undelivered`: `count` of them, and all with the sort key of the last
    /// one.
    std::vector<ItemMark> excerpt(std::size_t undelivered, std::size_t count) const;

  private:
    static constexpr std::size_t capacity = 1024;

    SeenKeys seen_ = {};
    std::deque<ItemMark> tail_ = {};
    std::int64_t nextRank_ = 0;
};

}  // namespace refold::internal

#endif
