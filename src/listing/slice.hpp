// A page as the paging machine sees it: no documents, only each one's key and its place in the listing's order.
// Everything that decides (what is new, where to look next) works on these, so that it is the same for any item.
#ifndef REFOLD_LISTING_SLICE_HPP
#define REFOLD_LISTING_SLICE_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {

/// Grows along the listing: milliseconds since 1970 where the oldest comes first, their negative where the newest does.
using Place = std::int64_t;

/// The largest numbers that are reckoned with, so that ranks, which are products of them, do not overflow.
constexpr std::int64_t mostPage = 1'000'000'000'000;
constexpr std::int64_t mostLimit = 1'000'000;
constexpr std::int64_t mostDocs = 1'000'000'000'000'000;

struct ItemMark {
    std::uint64_t key = 0;
    std::optional<Place> place = {};
};

/// One answer, which is one look at the history at one time.
struct Slice {
    std::vector<ItemMark> marks = {};
    /// As the envelope names them; 0 where it does not.
    std::int64_t page = 0;
    std::int64_t limit = 0;
    std::int64_t totalDocs = 0;
    bool hasNextPage = false;

    std::int64_t size() const noexcept { return static_cast<std::int64_t>(marks.size()); }
};

/// What is asked for, and where its first item is expected to stand.
struct Aim {
    enum class Kind {
        first,   ///< opens the listing
        probe,   ///< the second request, which shows what the server honours
        window,  ///< the next stretch, overlapping the one before
        plain,   ///< the next page of a server that honours nothing
        repair   ///< asked by the reader because the pages do not join
    };

    Kind kind = Kind::first;
    std::int64_t page = 1;
    std::int64_t limit = 0;
    /// The items from this place on; without it, all of the query's.
    std::optional<Place> anchor = {};
    /// Rank of the first item of the anchored set, then of the window, both in the numbering of `KnownTail`.
    std::int64_t base = 0;
    std::int64_t start = 0;
};

/// Whether all items have a place.
bool allPlaced(const Slice& slice) noexcept;
/// Whether all items have a place and none stands before its predecessor.
bool inPlaceOrder(const Slice& slice) noexcept;
/// The most items that stand at one place; at least 1.
std::int64_t largestTie(const Slice& slice) noexcept;
/// Whether the server granted less than was asked for without saying so: the page is not the last and not full.
bool cutShort(const Aim& aim, const Slice& slice) noexcept;
/// For messages: "page 2 of 10".
std::string describe(const Aim& aim);

}  // namespace refold::internal

#endif
