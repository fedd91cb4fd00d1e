// The walk through every page of a query: which page to ask for next, and what of each answer to deliver. No threads,
// no requests, no documents; the cursor carries out what it says.
//
// Requests are laid out by page and limit alone, so that neighbours overlap, and are answered in the order in which
// they were planned. Each answer is judged by the joint; items are delivered from answers that join, and the listing
// ends with one that joins and is short. What does not join is searched for. Answers that deliver nothing are counted,
// so that the walk ends.
#ifndef REFOLD_LISTING_WALK_HPP
#define REFOLD_LISTING_WALK_HPP

#include "listing/checkpoint.hpp"
#include "listing/frontier.hpp"
#include "listing/joint.hpp"
#include "listing/joint_search.hpp"
#include "listing/movement.hpp"
#include "listing/page_layout.hpp"
#include "listing/page_sizes.hpp"
#include "listing/page_source.hpp"
#include "listing/page_view.hpp"
#include "listing/progress_guard.hpp"

#include <refold/listing.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace refold::internal {

struct WalkOptions {
    std::int64_t firstPage = 1;
    std::optional<std::int64_t> limit = {};
    std::int64_t maxPageSize = 1000;
};

class Walk {
  public:
    explicit Walk(const WalkOptions& options);
    Walk(const WalkOptions& options, const Position& position);

    /// The end was reached.
    bool isDone() const noexcept { return done_; }
    /// True if a request must be planned before all others: there are none, or the oldest one's answer is kept until it
    /// joins.
    bool needsRequest() const noexcept { return !done_ && (ahead_.empty() || ahead_.front().isBlocked); }
    /// Plans it.
    PageRequest planFirst();
    /// Plans a request behind all others; no value if that depends on their answers. `wanted` more items are of
    /// interest.
    std::optional<PageRequest> planAhead(std::int64_t wanted);
    /// Judges the answer to the oldest planned request. Returns the indices of the items to deliver, or no value if it
    /// does not join yet: then it is to be judged again once what was planned before it has been. Throws
    /// `ResponseError` if the answers lead nowhere.
    std::optional<std::vector<std::size_t>> take(const PageView& page, const PageCost& cost);
    /// Drops the oldest planned request, which failed, if its size can be the reason; otherwise returns false, and the
    /// request stays planned.
    bool dropForSize(SizeFailure failure);

    /// Fills in what concerns pages; `delivered` and `complete` are the cursor's.
    void fillReport(ListingReport& report) const noexcept;
    /// The place before the last `undelivered` items.
    Position position(std::size_t undelivered) const;

  private:
    struct Planned {
        PageRequest request = {};
        /// How its joint can be seen, by the overlap that it could be given.
        Visibility visibility = Visibility::full;
        /// Planned before all others, for the frontier as it is.
        bool isFirst = false;
        /// Its answer was seen, and is kept.
        bool isSeen = false;
        /// Its answer is not worth a look before another one has joined.
        bool isBlocked = false;
    };

    Planned planBehind(std::int64_t reach) const;
    LayoutWish layoutWishFor(std::int64_t reach) const;
    std::int64_t overlap() const noexcept;
    std::int64_t maxSize() const noexcept;
    Visibility fullestVisibility() const noexcept;
    std::optional<std::int64_t> rankOfFrontier(const PageRequest& request, const PageView& page) const;
    void observe(const PageRequest& request, const PageView& page);
    bool mayKeep(Joint joint) const noexcept;
    std::vector<std::size_t> deliver(const JointAnswer& answer, const PageRequest& request, const PageView& page,
                                     bool isShort);
    void miss(Joint joint, const PageRequest& request, const PageView& page);
    void searchFrom(Joint joint, const PageRequest& request, const PageView& page);

    PageSizes sizes_;
    Frontier frontier_ = {};
    Movement movement_ = {};
    JointSearch search_ = {};
    ProgressGuard guard_ = {};
    std::deque<Planned> ahead_ = {};
    /// Joints at this frontier are assumed: the search did not find it, or an empty page hides it.
    bool assumes_ = false;
    /// The page delivered last was full, and said that there is none after it.
    bool sawLastPage_ = false;
    bool done_ = false;
    /// Items delivered, and those skipped before the first.
    std::int64_t covered_ = 0;
    ListingReport report_ = {};
};

}  // namespace refold::internal

#endif
