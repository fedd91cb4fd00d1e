// The numbers of a position, in their order in the text.
#include "listing/checkpoint.hpp"

#include "listing/checkpoint_text.hpp"

#include <optional>

namespace refold::internal {

namespace {

constexpr std::string_view prefix = "rf1.";

enum Flag : unsigned { finishedFlag = 1, plainFlag = 2, datesFlag = 4, boundsFlag = 8, byDatesFlag = 16 };

}  // namespace

std::string encodePosition(const Position& position) {
    CheckpointWriter writer;
    writer.hash(position.query);
    writer.byte((position.finished ? finishedFlag : 0U) | (position.plain ? plainFlag : 0U) |
                (position.datesOrdered ? datesFlag : 0U) | (position.boundsUseless ? boundsFlag : 0U) |
                (position.readsByDates ? byDatesFlag : 0U));
    writer.signedNumber(position.rank);
    writer.signedNumber(position.shift);
    writer.signedNumber(position.page);
    writer.signedNumber(position.totalDocs);
    writer.number(position.tail.size());
    std::uint64_t before = 0;
    for (const ItemMark& mark : position.tail) {
        writer.hash(mark.key);
        writer.byte(mark.place ? 1 : 0);
        if (!mark.place) continue;
        // Differences are short; unsigned, so that they may wrap.
        writer.signedNumber(static_cast<std::int64_t>(static_cast<std::uint64_t>(*mark.place) - before));
        before = static_cast<std::uint64_t>(*mark.place);
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
            "was made by a listing of another query; the filters, the dates and the order must be the same");
    }
    const std::uint64_t flags = reader.byte();
    position.finished = (flags & finishedFlag) != 0;
    position.plain = (flags & plainFlag) != 0;
    position.datesOrdered = (flags & datesFlag) != 0;
    position.boundsUseless = (flags & boundsFlag) != 0;
    position.readsByDates = (flags & byDatesFlag) != 0;
    position.rank = reader.signedNumber();
    position.shift = reader.signedNumber();
    position.page = reader.signedNumber();
    position.totalDocs = reader.signedNumber();
    const std::uint64_t count = reader.number();
    // A checksum can be made for anything; the numbers must be such as a listing writes.
    const auto sane = [](std::int64_t value) { return value >= -mostDocs && value <= mostDocs; };
    const bool counted =
        position.page >= (position.plain ? 1 : 0) && position.page <= mostPage && position.totalDocs >= 0;
    if (!sane(position.rank) || !sane(position.shift) || !sane(position.totalDocs) || !counted ||
        count > reader.left() / 9 || position.rank + 1 < static_cast<std::int64_t>(count)) {
        refuseDamagedCheckpoint();
    }
    std::uint64_t before = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        ItemMark mark;
        mark.key = reader.hash();
        if (reader.byte() != 0) {
            before += static_cast<std::uint64_t>(reader.signedNumber());
            mark.place = static_cast<Place>(before);
        }
        position.tail.push_back(mark);
    }
    if (!reader.done()) refuseDamagedCheckpoint();
    return position;
}

}  // namespace refold::internal
