// The position of a listing as a text: `rf2.` and base64url of the rank, the total, and the hashes and dates of the
// last items, with a checksum. The checksum detects truncation and typing errors; it is not a signature. Used by the
// page cursor.
#ifndef REFOLD_LISTING_CHECKPOINT_HPP
#define REFOLD_LISTING_CHECKPOINT_HPP

#include "listing/page_view.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal {

struct Position {
    /// Hash of the query's filters and order.
    std::uint64_t query = 0;
    /// Rank at which the next item is expected.
    std::int64_t nextRank = 0;
    std::int64_t totalDocs = 0;
    /// The last delivered items in order, with all that have the last one's sort key. Empty at the start.
    std::vector<ItemMark> tail = {};
};

std::string encodePosition(const Position& position);

/// Throws `InvalidArgument` for `resumeFrom` if the text is truncated, altered, or of another version or query.
Position decodePosition(std::string_view text, std::uint64_t query);

}  // namespace refold::internal

#endif
