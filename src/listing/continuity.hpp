// Whether a page continues what was covered so far without a gap, and what in it is new. The heart of the exactly-once
// promise; pure functions, used by the paging core.
//
// Why it is right. Items have a fixed order. One answer is one look at one time, and shows every item that matched then and
// stands between its first and its last one; so it covers that stretch of the order. An item that matches throughout
// the listing matches at the time of each look: it is delivered if the stretches, put together, leave nothing out
// between the beginning and the end. Totals cannot show that (one removal in front of a joint and one arrival behind it cancel
// out), and neither can the removal of duplicates. What can is the joint itself. With b the last item covered, a page
// covers from b on if and only if it begins at or before b. That is seen
//   - when it begins strictly before b's date (items at one date may come in another order each time, so that b itself
//     proves it only where no two items share a date);
//   - when it is the first page of "from b's date on", begins at that date or before it, or comes from a server
//     that has been seen to keep such bounds to the millisecond (and to leave nothing out: see `DateBounds`);
//   - when it is the first page of the whole query, which begins at the beginning;
//   - without dates, when it contains an item that was covered.
// It covers to the end if it is the last page. The order in which the looks were taken does not matter, so pages may be
// fetched ahead and answered in any order. Nothing is delivered from behind a joint that has not been seen.
//
// From such a page, what stands at or before b is left out: it was delivered, or it came meanwhile. What follows is
// delivered, and becomes the new b. An item therefore comes once, and in order.
#ifndef REFOLD_LISTING_CONTINUITY_HPP
#define REFOLD_LISTING_CONTINUITY_HPP

#include "listing/known_tail.hpp"
#include "listing/seen_keys.hpp"
#include "listing/slice.hpp"

#include <cstddef>
#include <vector>

namespace refold::internal {

enum class Joint {
    seamless,  ///< continues; `fresh` is what is new, which may be nothing
    doubtful,  ///< continues, but the frontier itself is gone and the page may be too short to have shown it
    early,     ///< ends before the frontier
    gap,       ///< does not show what stands between the frontier and itself
    empty      ///< shows nothing at all
};

/// What is known at the time of judging.
struct Continuation {
    const KnownTail& tail;
    const SeenKeys& seen;
    /// Items came in the order of their dates, all that have been compared.
    bool datesOrdered = true;
    /// The server keeps date bounds to the millisecond.
    bool boundsExact = false;
    /// Take a single item at the frontier's date for the only one there. For pages that are full, so that overlapping by two
    /// would cost requests, as long as no two items were seen to share a date.
    bool singlesSuffice = false;
    /// Take items at one date to come in the same order each time.
    bool tolerateTies = false;
    /// The same of a page whose known items do come in the order in which they were delivered. For more items at one date than a
    /// page can hold.
    bool trustOrder = false;
    /// Believe the dates of a page that shows nothing known, and without dates the whole query's first page, from which
    /// nothing is lost, though what came meanwhile may be delivered out of order.
    bool tolerateUnknown = false;
    bool tolerateFront = false;
};

struct Verdict {
    Joint joint = Joint::gap;
    /// Indices into the page.
    std::vector<std::size_t> fresh = {};
    /// It was accepted only because ties were tolerated.
    bool tiesTolerated = false;
};

Verdict judgeSlice(const Continuation& known, const Aim& aim, const Slice& slice);

}  // namespace refold::internal

#endif
