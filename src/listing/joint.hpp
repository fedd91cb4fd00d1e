// The joint of two pages: decides whether an answer continues the listing without a gap, and what of it is new.
//
// One answer shows a contiguous stretch of the order at one time. If it is seen to begin at or before the last item
// delivered, no item that matched throughout can stand between the two, whatever happened to page numbers meanwhile.
// Items are delivered from such answers only. Where dates are in order they are the evidence; elsewhere known keys are,
// which takes the order for stable.
#ifndef REFOLD_LISTING_JOINT_HPP
#define REFOLD_LISTING_JOINT_HPP

#include "listing/frontier.hpp"
#include "listing/page_source.hpp"
#include "listing/page_view.hpp"

#include <cstddef>
#include <vector>

namespace refold::internal {

enum class Joint {
    joined,   ///< seen to begin at or before the frontier
    assumed,  ///< cannot be seen, and is assumed: nothing is verified from here on
    early,    ///< ends before anything new
    late,     ///< begins behind the frontier
    tied,     ///< begins among items of the frontier's own date, whose order may change
    unseen    ///< shows nothing to go by
};

/// How a joint can be seen at this frontier, by the requests that the server allows.
enum class Visibility {
    full,   ///< pages can begin before the frontier's date
    keys,   ///< more items share the frontier's date than a page can reach across: known keys have to do
    byRank  ///< pages cannot be made to overlap: the rank has to do
};

struct JointQuestion {
    const Frontier& frontier;
    /// The request as the server counted it.
    PageRequest request;
    const PageView& page;
    /// Fewer items than the limit, and no page after it.
    bool isShort = false;
    /// Nothing has moved since the listing began, as far as totals and ranks show.
    bool isQuiet = false;
    Visibility visibility = Visibility::full;
};

struct JointAnswer {
    Joint joint = Joint::unseen;
    /// Indices of the items to deliver, where joined or assumed.
    std::vector<std::size_t> fresh = {};
};

JointAnswer judgeJoint(const JointQuestion& question);

}  // namespace refold::internal

#endif
