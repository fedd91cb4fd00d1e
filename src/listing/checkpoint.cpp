// Encodes and decodes a position.
#include "listing/checkpoint.hpp"

#include "listing/checkpoint_text.hpp"

namespace refold::internal {

namespace {

constexpr std::string_view prefix = "rf2.";

bool isPlausible(const Position& position, std::uint64_t count) {
    return position.nextRank >= 0 && position.nextRank <= maxTotal && position.totalDocs >= 0 &&
           position.totalDocs <= maxTotal && count <= static_cast<std::uint64_t>(maxTotal);
}

}  // namespace

std::string encodePosition(const Position& position) {
    CheckpointWriter writer;
    writer.hash(position.query);
    writer.signedNumber(position.nextRank);
    writer.signedNumber(position.totalDocs);
    writer.number(position.tail.size());
    std::uint64_t before = 0;
    for (const ItemMark& mark : position.tail) {
        writer.hash(mark.key);
        writer.byte(mark.sortKey ? 1 : 0);
        if (!mark.sortKey) continue;
        // Differences take fewer bytes. Unsigned, because they may wrap.
        writer.signedNumber(static_cast<std::int64_t>(static_cast<std::uint64_t>(*mark.sortKey) - before));
        before = static_cast<std::uint64_t>(*mark.sortKey);
    }
    return sealCheckpoint(prefix, writer);
}

Position decodePosition(std::string_view text, std::uint64_t query) {
    const std::string content = openCheckpoint(prefix, "a listing's checkpoint()", text);
    CheckpointReader reader(content);
    Position position;
    position.query = reader.hash();
    if (position.query != query) {
        refuseCheckpoint(
            "was made by a listing of another query; use the same filters, dates and order, or start without "
            "resumeFrom");
    }
    position.nextRank = reader.signedNumber();
    position.totalDocs = reader.signedNumber();
    const std::uint64_t count = reader.number();
    // A checksum can be forged, so accept only numbers that a listing writes.
    if (!isPlausible(position, count) || count > reader.left() / 9) refuseDamagedCheckpoint();
    std::uint64_t before = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        ItemMark mark;
        mark.key = reader.hash();
        if (reader.byte() != 0) {
            before += static_cast<std::uint64_t>(reader.signedNumber());
            mark.sortKey = static_cast<SortKey>(before);
        }
        position.tail.push_back(mark);
    }
    if (!reader.done()) refuseDamagedCheckpoint();
    return position;
}

}  // namespace refold::internal
