// Where a listing stands, as a text: `rf2.` and base64url of the rank, the total and the last items' hashes and dates,
// with a checksum. The checksum detects what was cut or mistyped; it is no signature.
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
    /// What was delivered last, in order: some items, and all with the last one's sort key. Empty at the start.
    std::vector<ItemMark> tail = {};
};

std::string encodePosition(const Position& position);

/// Throws `InvalidArgument` for `resumeFrom` if the text is cut, altered, of another version or of another query.
Position decodePosition(std::string_view text, std::uint64_t query);

}  // namespace refold::internal

#endif
