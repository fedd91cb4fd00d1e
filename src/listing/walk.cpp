// Plans requests ahead of the reader and judges their pages in order.
#include "listing/walk.hpp"

#include "listing/page_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace refold::internal {
namespace {

/// Attempts to find evidence of a joint, after which it is assumed.
constexpr int maxUnseen = 8;
/// Minimum number of items in a checkpoint.
constexpr std::size_t checkpointItems = 12;
/// The number of items by which a page may exceed an explicit limit if no smaller page overlaps.
constexpr std::int64_t maxExcess = 16;

}  // namespace

Walk::Walk(const WalkOptions& options) : sizes_(options.limit, options.maxPageSize) {
    covered_ = (options.firstPage - 1) * sizes_.wanted();
    frontier_.expectNextAt(covered_);
    report_.verified = true;
}

Walk::Walk(const WalkOptions& options, const Position& position) : Walk(options) {
    if (position.tail.empty() && position.nextRank == 0) return;
    covered_ = position.nextRank;
    for (const ItemMark& mark : position.tail) frontier_.append(mark);
    frontier_.expectNextAt(position.nextRank);
    movement_.resumeFrom(position.totalDocs);
}

// ---- planning requests

PageRequest Walk::planFirst() {
    ahead_.push_front(planBehind(frontier_.nextRank()));
    ahead_.front().isFirst = true;
    return ahead_.front().request;
}

std::optional<PageRequest> Walk::planAhead(std::int64_t wanted) {
    // During a search each request depends on the page before.
    if (done_ || search_.attempts() > 0) return std::nullopt;
    std::int64_t reach = frontier_.nextRank();
    if (!ahead_.empty()) {
        const PageRequest& last = ahead_.back().request;
        reach = last.endRank();
        const bool dependsOnAnswers = needsRequest() || frontier_.empty() || assumes_ || sizes_.isTrial(last.limit);
        // In a fast-moving history a page planned far ahead would not join.
        const double moved = std::abs(movement_.perAnswer()) * static_cast<double>(ahead_.size() + 1);
        const bool isUncertain = 2 * moved > static_cast<double>(sizes_.largest());
        const bool isEnough = reach - frontier_.nextRank() >= wanted;
        const bool reachesEnd = movement_.lastTotal() > 0 && reach >= movement_.lastTotal();
        if (dependsOnAnswers || isUncertain || isEnough || reachesEnd) return std::nullopt;
    }
    ahead_.push_back(planBehind(reach));
    return ahead_.back().request;
}

/// Describes a page that overlaps one ending at `reach`. The overlap grows with the speed of the history.
LayoutWish Walk::layoutWishFor(std::int64_t reach) const {
    LayoutWish wish;
    wish.largest = sizes_.largest();
    wish.isFixed = sizes_.ignoresLimit();
    wish.beyond = wish.start = reach;
    if (frontier_.empty() || assumes_ || !sizes_.showsJoints()) return wish;
    // A page cannot compensate a drift beyond its size; the search does.
    const auto furthest = static_cast<double>(maxSize());
    const double drift = std::clamp(movement_.perAnswer(), -furthest, furthest);
    const std::int64_t margin = overlap() + static_cast<std::int64_t>(std::abs(drift) / 2) + search_.attempts();
    // The overlap and the drift are added to an explicit limit.
    if (sizes_.mayExceed()) {
        const double moved = std::max(std::abs(drift), std::abs(movement_.growthPerAnswer()));
        const std::int64_t excess = std::min(margin + static_cast<std::int64_t>(2 * moved) + 2, maxExcess);
        wish.largest = std::max(wish.largest, sizes_.wanted() + excess);
    }
    wish.start +=
        static_cast<std::int64_t>(std::floor(drift)) - std::min(margin, std::max<std::int64_t>(1, maxSize() - 1));
    wish.beyond = std::max(reach, wish.start);
    return wish;
}

Walk::Planned Walk::planBehind(std::int64_t reach) const {
    if (frontier_.empty() && report_.pagesRead == 0) return {{reach / sizes_.wanted() + 1, sizes_.wanted()}};
    if (search_.isActive()) {
        LayoutWish wish = layoutWishFor(search_.target());
        wish.start = wish.beyond = search_.target();
        return {*layOutPage(wish), bestVisibility()};
    }
    LayoutWish wish = layoutWishFor(reach);
    const std::int64_t wished = wish.start;
    std::optional<PageRequest> request;
    // At some ranks no page size gives the desired overlap, or any.
    for (; !request; ++wish.start) {
        request = layOutPage(wish);
        if (!request && sizes_.mayExceed()) request = layOutLargerPage(wish, maxSize());
    }
    Visibility visibility = bestVisibility();
    if (request->firstRank() > wished)
        visibility = request->firstRank() < reach ? Visibility::keys : Visibility::byRank;
    if (assumes_) visibility = Visibility::byRank;
    return {*request, visibility};
}

std::int64_t Walk::overlap() const noexcept {
    const std::int64_t tied = frontier_.tied();
    return tied == 1 && movement_.isQuiet() ? 1 : tied + 1;
}

std::int64_t Walk::maxSize() const noexcept {
    return sizes_.mayExceed() ? sizes_.wanted() + maxExcess : sizes_.largest();
}

Visibility Walk::bestVisibility() const noexcept {
    return frontier_.tied() + 2 > maxSize() ? Visibility::keys : Visibility::full;
}

// ---- judging pages

std::optional<std::vector<std::size_t>> Walk::take(const PageView& page, const PageCost& cost) {
    Planned& planned = ahead_.front();
    if (planned.state == PageState::awaited) {
        ++report_.pagesRead;
        planned.request = sizes_.served(planned.request, page, cost);
        observe(planned.request, page);
    }
    PageRequest request = planned.request;
    // A page may have been kept since before the server showed that it ignores the limit.
    if (sizes_.ignoresLimit()) request.limit = sizes_.largest();
    const bool isShort = !page.hasNextPage && page.size() < request.limit;
    const Visibility visibility = sizes_.showsJoints() ? planned.visibility : Visibility::byRank;
    const JointAnswer answer = judgeJoint({frontier_, request, page, isShort, movement_.isQuiet(), visibility});
    const bool isUsable = answer.joint == Joint::joined || answer.joint == Joint::assumed;
    if (!isUsable && mayKeep(answer.joint)) {
        planned = {request, bestVisibility(), planned.isFirst, PageState::blocked};
        if (search_.attempts() == 0) searchFrom(answer.joint, request, page);
        return std::nullopt;
    }
    // A page planned before the frontier was lost says nothing about its rank.
    const bool isStray = !planned.isFirst && search_.attempts() > 0;
    ahead_.pop_front();
    if (isUsable) return deliver(answer, request, page, isShort);
    ++report_.pagesReread;
    if (!isStray) miss(answer.joint, request, page);
    return std::vector<std::size_t>();
}

/// True if the first page may join once the gap before it has been read. A page requested to close such a gap is not
/// kept.
bool Walk::mayKeep(Joint joint) const noexcept {
    const bool isBehind = joint == Joint::late || joint == Joint::tied || joint == Joint::unseen;
    const bool isNear = ahead_.front().request.firstRank() - frontier_.nextRank() < 2 * sizes_.largest();
    return isBehind && isNear && sizes_.showsJoints() && !assumes_ && !sawLastPage_ &&
           (search_.attempts() == 0 || !ahead_.front().isFirst);
}

std::optional<std::int64_t> Walk::rankOfFrontier(const PageRequest& request, const PageView& page) const {
    for (std::int64_t i = page.size() - 1; i >= 0; --i) {
        const auto distance = frontier_.distance(page.items[static_cast<std::size_t>(i)].key);
        if (distance) return request.firstRank() + i + *distance;
    }
    return std::nullopt;
}

void Walk::observe(const PageRequest& request, const PageView& page) {
    if (report_.totalDocsAtStart == 0) report_.totalDocsAtStart = page.totalDocs;
    movement_.sawTotal(page.totalDocs);
    if (frontier_.empty() || !sizes_.showsJoints()) return;
    const std::optional<std::int64_t> rank = rankOfFrontier(request, page);
    if (rank) movement_.sawShift(*rank + 1 - frontier_.nextRank());
}

std::vector<std::size_t> Walk::deliver(const JointAnswer& answer, const PageRequest& request, const PageView& page,
                                       bool isShort) {
    const bool isAssumed = answer.joint == Joint::assumed;
    if (isAssumed || (page.items.empty() && !isShort)) report_.verified = false;
    const std::int64_t known = std::count_if(page.items.begin(), page.items.end(),
                                             [this](const ItemMark& item) { return frontier_.knows(item.key); });
    const std::int64_t planned = std::max<std::int64_t>(0, frontier_.nextRank() - request.firstRank());
    report_.duplicatesDropped += std::max<std::int64_t>(0, known - planned);

    frontier_.trim();
    std::vector<std::size_t> fresh;
    for (const std::size_t index : answer.fresh) {
        if (frontier_.append(page.items[index])) fresh.push_back(index);
    }
    covered_ += static_cast<std::int64_t>(fresh.size());
    const std::optional<std::int64_t> rank = rankOfFrontier(request, page);
    if (rank) frontier_.expectNextAt(*rank + 1);
    // Items that the server left out of a page have ranks too.
    const bool isByRank = isAssumed || frontier_.empty() || !sizes_.showsJoints();
    if (isByRank && !isShort) frontier_.expectNextAt(std::max(frontier_.nextRank(), request.endRank()));
    search_.reset();
    if (!ahead_.empty() && ahead_.front().state == PageState::blocked) ahead_.front().state = PageState::kept;

    sawLastPage_ = !page.hasNextPage;
    const bool isTakenForLast = !isShort && !page.hasNextPage && (isAssumed || sizes_.ignoresLimit());
    if (isTakenForLast) report_.verified = false;
    done_ = isShort || isTakenForLast;
    if (done_ && movement_.isQuiet() && covered_ < movement_.lastTotal()) report_.verified = false;
    if (!fresh.empty()) {
        guard_.delivered(request, page);
        assumes_ = false;
    } else if (!done_) {
        guard_.countFruitless(request, page, true);
        assumes_ = isByRank;
    }
    return fresh;
}

void Walk::miss(Joint joint, const PageRequest& request, const PageView& page) {
    // The last page was full, and requests after it return its end again or nothing.
    if (sawLastPage_ && !page.hasNextPage && search_.attempts() > maxUnseen) {
        done_ = true;
        report_.verified = false;
        return;
    }
    const bool isKnown = std::all_of(page.items.begin(), page.items.end(),
                                     [this](const ItemMark& item) { return frontier_.knows(item.key); });
    guard_.countFruitless(request, page, isKnown);
    if (joint == Joint::early && !sizes_.showsJoints()) {
        frontier_.expectNextAt(std::max(frontier_.nextRank(), request.endRank()));
        search_.found();
        return;
    }
    searchFrom(joint, request, page);
}

void Walk::searchFrom(Joint joint, const PageRequest& request, const PageView& page) {
    const std::optional<std::int64_t> rank = rankOfFrontier(request, page);
    if (rank) {
        frontier_.expectNextAt(*rank + 1);
        search_.found();
        return;
    }
    assumes_ = joint == Joint::unseen &&
               (assumes_ || search_.attempts() >= maxUnseen || (page.items.empty() && search_.attempts() > 0));
    // Ranks shift with the size of the history.
    const std::int64_t growth = movement_.growth();
    const bool mayFollow = joint == Joint::unseen || (joint == Joint::early && search_.attempts() == 0 && growth > 0);
    if (mayFollow) frontier_.expectNextAt(std::max<std::int64_t>(0, frontier_.nextRank() + growth));
    if (joint == Joint::early && mayFollow) {
        search_.found();
    } else if (joint == Joint::early) {
        search_.tooEarly(request);
    } else if (joint == Joint::unseen) {
        search_.unseen(frontier_.nextRank(), request.limit);
    } else {
        search_.tooLate(request);
    }
    if (joint != Joint::early && page.totalDocs > 0) search_.clampTo(page.totalDocs);
    if (assumes_) search_.reset();
}

bool Walk::dropForSize(SizeFailure failure) {
    if (!sizes_.learnFailure(ahead_.front().request.limit, failure)) return false;
    ahead_.pop_front();
    return true;
}

void Walk::fillReport(ListingReport& report) const noexcept {
    report = report_;
    report.totalDocsAtEnd = movement_.lastTotal();
}

Position Walk::position(std::size_t undelivered) const {
    Position position;
    position.tail = frontier_.excerpt(undelivered, checkpointItems);
    position.nextRank = std::max<std::int64_t>(0, frontier_.nextRank() - static_cast<std::int64_t>(undelivered));
    position.totalDocs = movement_.lastTotal();
    return position;
}

}  // namespace refold::internal
