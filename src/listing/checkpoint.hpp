// Where a listing stands, and that as a text: `rf1.` and base64url of a few numbers, the last items' hashes and a checksum.
// The checksum detects what was cut or mistyped; it is no signature.
#ifndef REFOLD_LISTING_CHECKPOINT_HPP
#define REFOLD_LISTING_CHECKPOINT_HPP

#include "listing/slice.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {

struct Position {
    /// Hash of the query's filters and order.
    std::uint64_t query = 0;
    /// The end was reached.
    bool finished = false;
    /// The server honours nothing, so pages are counted.
    bool plain = false;
    /// Items came in the order of their dates.
    bool datesOrdered = true;
    /// Asking for a stretch by its dates leaves something out.
    bool boundsUseless = false;
    /// The listing found its pages by dates.
    bool readsByDates = false;
    /// Rank of the last item delivered, the server's rank less that, and the page it came on.
    std::int64_t rank = 0;
    std::int64_t shift = 0;
    std::int64_t page = 0;
    std::int64_t totalDocs = 0;
    /// What was delivered last, in order: some items, and all that have the last one's date. Empty at the start.
    std::vector<ItemMark> tail = {};
};

std::string encodePosition(const Position& position);

/// Throws `InvalidArgument` for `resumeFrom` if the text is cut, altered, of another version or of another query.
Position decodePosition(std::string_view text, std::uint64_t query);

}  // namespace refold::internal

#endif
