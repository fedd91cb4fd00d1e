// Decides whether a page continues the listing without a gap, and which of its items are new. Used by the walk.
//
// A page shows a contiguous part of the order at one time. If it begins at or before the last delivered item, no item
// that matched throughout can be between that item and the page, however page numbers have shifted. Items are delivered
// from such pages only. Dates are the evidence if they are in order; otherwise known keys are, provided that the order
// is stable.
#ifndef REFOLD_LISTING_JOINT_HPP
#define REFOLD_LISTING_JOINT_HPP

#include "listing/frontier.hpp"
#include "listing/page_source.hpp"
#include "listing/page_view.hpp"

#include <cstddef>
#include <vector>

namespace refold::internal {

enum class Joint {
    joined,   ///< begins at or before the frontier
    assumed,  ///< assumed without evidence: the listing is not verified from here on
    early,    ///< ends before the first new item
    late,     ///< begins after the frontier
    tied,     ///< begins among items with the frontier's date, whose order may change
    unseen    ///< has no evidence
};

/// The evidence that requests can give at this frontier.
enum class Visibility {
    full,   ///< pages can begin before the frontier's date
    keys,   ///< known keys: more items share the frontier's date than fit on a page
    byRank  ///< the rank: pages cannot overlap
};

struct JointQuestion {
    const Frontier& frontier;
    /// The request, with the limit that the server used.
    PageRequest request;
    const PageView& page;
    /// True if the page has fewer items than the limit and no next page.
    bool isShort = false;
    /// True if totals and ranks have not changed since the listing began.
    bool isQuiet = false;
    Visibility visibility = Visibility::full;
};

struct JointAnswer {
    Joint joint = Joint::unseen;
    /// Indices of the items to deliver if joined or assumed.
    std::vector<std::size_t> fresh = {};
};

JointAnswer judgeJoint(const JointQuestion& question);

}  // namespace refold::internal

#endif
