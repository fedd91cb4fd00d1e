// The position of a listing: which items were delivered, the last of them in order, and the expected rank of the next
// item. Used by the walk and the joint; a checkpoint is an excerpt of it.
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
    /// True if nothing was delivered yet.
    bool empty() const noexcept { return tail_.empty(); }
    /// The last item delivered. Must not be empty.
    const ItemMark& last() const { return tail_.back(); }
    /// True if an item with this key was delivered.
    bool knows(std::uint64_t key) const noexcept { return seen_.contains(key); }
    /// Number of items delivered after this one; no value if it is not among the last ones.
    std::optional<std::int64_t> distance(std::uint64_t key) const noexcept;
    /// Number of delivered items with the last one's sort key; 1 if it has none.
    std::int64_t tied() const noexcept;

    /// Expected rank of the next item, in the server's numbering.
    std::int64_t nextRank() const noexcept { return nextRank_; }
    void expectNextAt(std::int64_t rank) noexcept { nextRank_ = rank; }

    /// Appends an item. Returns false if it was delivered before.
    bool append(const ItemMark& mark);
    /// Drops the marks that neither a joint nor a checkpoint behind the last item needs. Between two calls all marks
    /// stay, so that a checkpoint can be made at each item appended.
    void trim();
    /// Returns the last items in order, without the last `undelivered`: at least `count`, and all that have the sort
    /// key of the last one.
    std::vector<ItemMark> excerpt(std::size_t undelivered, std::size_t count) const;

  private:
    static constexpr std::size_t capacity = 1024;

    SeenKeys seen_ = {};
    std::deque<ItemMark> tail_ = {};
    std::int64_t nextRank_ = 0;
};

}  // namespace refold::internal

#endif
