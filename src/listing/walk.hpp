// Walks through every page of a query: plans the requests, and decides which items of each page to deliver. Has no
// threads, sends no requests and knows no documents; the page cursor executes its plan.
//
// Requests use only page and limit, chosen so that neighbouring pages overlap, and are judged in the order in which
// they were planned. Items are delivered from pages that join; the listing ends with a page that joins and is short. If
// a page does not join, the walk searches for the frontier. Pages that deliver nothing are counted, so that the walk
// ends.
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

    /// True if the end was reached.
    bool isDone() const noexcept { return done_; }
    /// True if `planFirst` must be called: no request is planned, or the oldest one's page is kept until it joins.
    bool needsRequest() const noexcept {
        return !done_ && (ahead_.empty() || ahead_.front().state == PageState::blocked);
    }
    /// Plans a request before all others.
    PageRequest planFirst();
    /// Plans a request after all others; returns no value if it depends on their pages. `wanted` is the number of
    /// further items that the reader needs.
    std::optional<PageRequest> planAhead(std::int64_t wanted);
    /// Judges the page of the oldest planned request. Returns the indices of the items to deliver, or no value if the
    /// page does not join yet: then call again after the requests planned before it. Throws `ResponseError` if the
    /// listing makes no progress.
    std::optional<std::vector<std::size_t>> take(const PageView& page, const PageCost& cost);
    /// Drops the oldest planned request, which failed, if its page size may be the reason. Otherwise returns false and
    /// keeps it.
    bool dropForSize(SizeFailure failure);

    /// Sets all members but `delivered` and `complete`, which the cursor sets.
    void fillReport(ListingReport& report) const noexcept;
    /// Returns the position before the last `undelivered` items.
    Position position(std::size_t undelivered) const;

  private:
    enum class PageState {
        awaited,  ///< not judged yet
        blocked,  ///< judged and kept; cannot join before another page has
        kept      ///< judged and kept; may join now
    };

    struct Planned {
        PageRequest request = {};
        /// The evidence that the request's overlap can give.
        Visibility visibility = Visibility::full;
        /// True if planned by `planFirst`, for the current frontier.
        bool isFirst = false;
        PageState state = PageState::awaited;
    };

    Planned planBehind(std::int64_t reach) const;
    LayoutWish layoutWishFor(std::int64_t reach) const;
    std::int64_t overlap() const noexcept;
    std::int64_t maxSize() const noexcept;
    Visibility bestVisibility() const noexcept;
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
    /// True if joints at this frontier are assumed: the search failed, or pages are empty.
    bool assumes_ = false;
    /// True if the last delivered page said that no page follows.
    bool sawLastPage_ = false;
    bool done_ = false;
    /// Number of items delivered, and of those skipped before the first.
    std::int64_t covered_ = 0;
    ListingReport report_ = {};
};

}  // namespace refold::internal

#endif
