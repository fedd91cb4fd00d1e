// Judging by dates where both sides of the joint have them, by keys alone where not.
#include "listing/continuity.hpp"

#include <algorithm>

namespace refold::internal {

namespace {

using Flags = std::vector<bool>;

Flags findKnown(const SeenKeys& seen, const Slice& slice) {
    Flags known(slice.marks.size());
    for (std::size_t i = 0; i < known.size(); ++i) known[i] = seen.contains(slice.marks[i].key);
    return known;
}

/// One past the last known item; 0 where there is none.
std::size_t endOfKnown(const Flags& known) {
    std::size_t end = known.size();
    while (end > 0 && !known[end - 1]) --end;
    return end;
}

Verdict judgeByKeys(const Continuation& continuation, const Aim& aim, const Slice& slice, const Flags& known) {
    Verdict verdict;
    const std::size_t end = endOfKnown(known);
    const std::optional<Place> here = continuation.datesOrdered ? continuation.tail.lastPlace() : std::nullopt;
    for (std::size_t i = end; i < known.size(); ++i) {
        const std::optional<Place>& place = slice.marks[i].place;
        // What is dated and stands before what was covered came meanwhile, or was delivered before a listing resumed.
        if (!here || !place || *place >= *here) verdict.fresh.push_back(i);
    }
    if (end == 0) {
        const bool fromTheFront = !aim.anchor && aim.page == 1;
        verdict.joint = fromTheFront ? Joint::early : Joint::gap;
        if (fromTheFront && (continuation.tolerateFront || !slice.hasNextPage)) {
            // Nothing that was delivered is left in it.
            verdict.joint = Joint::seamless;
        } else {
            verdict.fresh.clear();
        }
        return verdict;
    }
    const bool showsFrontier = slice.marks[end - 1].key == continuation.tail.frontier().key;
    if (verdict.fresh.empty() && slice.hasNextPage && !showsFrontier) {
        verdict.joint = Joint::early;
    } else {
        verdict.joint = showsFrontier || verdict.fresh.empty() ? Joint::seamless : Joint::doubtful;
    }
    return verdict;
}

/// Whether what was covered comes in the order in which it was delivered.
bool keepsOrder(const Continuation& continuation, const Slice& slice) {
    std::optional<std::int64_t> before;
    for (const ItemMark& mark : slice.marks) {
        const std::optional<std::int64_t> rank = continuation.tail.rankOf(mark.key);
        if (!rank) continue;
        if (before && *rank < *before) return false;
        before = rank;
    }
    return before.has_value();
}

/// Whether a dated page begins at or before the frontier, whose place is `here`.
bool coversFrontier(const Continuation& continuation, const Aim& aim, const Slice& slice, const Flags& known,
                    Place here, bool& tiesTolerated) {
    const Place first = *slice.marks.front().place;
    const bool opensSet = aim.page == 1;
    if (opensSet && !aim.anchor) return true;
    if (opensSet && continuation.boundsExact && *aim.anchor <= here) return true;
    if (opensSet && first <= here) return true;
    if (first < here) return continuation.tolerateUnknown || endOfKnown(known) > 0;
    if (first > here) return false;

    std::size_t atFrontier = 0;
    bool anyKnown = false;
    for (std::size_t i = 0; i < slice.marks.size() && *slice.marks[i].place == here; ++i) {
        ++atFrontier;
        anyKnown = anyKnown || known[i];
    }
    if (!anyKnown) return false;
    if (atFrontier == 1 && continuation.tail.tiesAtFrontier() == 1 && continuation.singlesSuffice) return true;
    tiesTolerated = continuation.tolerateTies || (continuation.trustOrder && keepsOrder(continuation, slice));
    return tiesTolerated;
}

Verdict judgeByDates(const Continuation& continuation, const Aim& aim, const Slice& slice, const Flags& known) {
    Verdict verdict;
    const Place here = *continuation.tail.frontier().place;
    const bool covers = coversFrontier(continuation, aim, slice, known, here, verdict.tiesTolerated);
    const bool anyKnown = endOfKnown(known) > 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!known[i] && *slice.marks[i].place >= here) verdict.fresh.push_back(i);
    }
    const bool endsBefore = *slice.marks.back().place < here;
    if (covers && !endsBefore) {
        verdict.joint = Joint::seamless;
    } else if (endsBefore) {
        const bool believed = anyKnown || continuation.tolerateUnknown || (aim.page == 1 && !aim.anchor);
        verdict.joint = slice.hasNextPage ? Joint::early : believed ? Joint::seamless : Joint::gap;
    } else {
        verdict.joint = Joint::gap;
    }
    if (verdict.joint != Joint::seamless) verdict.fresh.clear();
    return verdict;
}

}  // namespace

Verdict judgeSlice(const Continuation& continuation, const Aim& aim, const Slice& slice) {
    Verdict verdict;
    if (continuation.tail.empty()) {
        verdict.joint = Joint::seamless;
        for (std::size_t i = 0; i < slice.marks.size(); ++i) verdict.fresh.push_back(i);
        return verdict;
    }
    const std::optional<Place>& here = continuation.tail.frontier().place;
    if (slice.marks.empty()) {
        const bool fromTheFront = aim.page == 1 && !aim.anchor;
        const bool fromFrontier =
            aim.page == 1 && aim.anchor && continuation.boundsExact && here && *aim.anchor <= *here;
        const bool nothingLeft = !slice.hasNextPage && (fromTheFront || fromFrontier);
        verdict.joint = nothingLeft ? Joint::seamless : Joint::empty;
        return verdict;
    }
    const Flags known = findKnown(continuation.seen, slice);
    if (continuation.datesOrdered && here && inPlaceOrder(slice)) return judgeByDates(continuation, aim, slice, known);
    return judgeByKeys(continuation, aim, slice, known);
}

}  // namespace refold::internal
