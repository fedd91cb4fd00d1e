// Plans ahead of the reader, judges behind it.
#include "listing/walk.hpp"

#include "listing/page_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace refold::internal {
namespace {

/// Attempts to see a joint that nothing shows, after which it is assumed.
constexpr int maxUnseen = 8;
/// Items that a checkpoint names at least.
constexpr std::size_t checkpointItems = 12;
/// How far a page may exceed an explicit limit where no smaller one overlaps.
constexpr std::int64_t maxExcess = 16;

}  // namespace

Walk::Walk(const WalkOptions& options) : sizes_(options.limit, options.maxPageSize) {
    firstRank_ = (options.firstPage - 1) * sizes_.wanted();
    frontier_.expectNextAt(firstRank_);
}

Walk::Walk(const WalkOptions& options, const Position& position) : Walk(options) {
    if (position.tail.empty() && position.nextRank == 0) return;
    firstRank_ = position.nextRank;
    for (const ItemMark& mark : position.tail) frontier_.append(mark);
    frontier_.expectNextAt(position.nextRank);
    movement_.resumeFrom(position.totalDocs);
}

// ---- what to ask

std::optional<PageRequest> Walk::plan(std::int64_t wanted) {
    if (done_) return std::nullopt;
    if (!ahead_.empty()) {
        const PageRequest& last = ahead_.back().request;
        const bool dependsOnAnswers = search_.isActive() || frontier_.empty() || assumes_ ||
                                      sizes_.isTrial(last.limit) || ahead_.back().epoch != epoch_;
        // Where much moves in between, a page planned far ahead would not join.
        const double moved = std::abs(movement_.perAnswer()) * static_cast<double>(ahead_.size() + 1);
        const bool isUncertain = 2 * moved > static_cast<double>(sizes_.largest());
        const bool isEnough = last.endRank() - frontier_.nextRank() >= wanted;
        const bool reachesEnd = movement_.lastTotal() > 0 && last.endRank() >= movement_.lastTotal();
        if (dependsOnAnswers || isUncertain || isEnough || reachesEnd) return std::nullopt;
    }
    const bool isFirst = frontier_.empty() && report_.pagesRead == 0;
    ahead_.push_back(isFirst ? Planned{firstRequest(), epoch_} : nextRequest());
    return ahead_.back().request;
}

PageRequest Walk::firstRequest() const noexcept {
    const std::int64_t size = sizes_.wanted();
    return {firstRank_ / size + 1, size};
}

/// A page that overlaps what ends at `reach`, by more the faster the history moves.
LayoutWish Walk::layoutWishFor(std::int64_t reach) const {
    LayoutWish wish;
    wish.largest = sizes_.largest();
    wish.isFixed = sizes_.ignoresLimit();
    wish.beyond = wish.start = reach;
    if (frontier_.empty() || assumes_ || !sizes_.showsJoints()) return wish;
    const double drift = movement_.perAnswer();
    const std::int64_t margin = overlap() + static_cast<std::int64_t>(std::abs(drift) / 2) + search_.attempts();
    // What overlaps, or has moved in between, comes on top of an explicit limit.
    if (sizes_.mayExceed()) {
        const std::int64_t excess = std::min(margin + static_cast<std::int64_t>(std::abs(drift)) + 2, maxExcess);
        wish.largest = std::max(wish.largest, sizes_.wanted() + excess);
    }
    wish.start +=
        static_cast<std::int64_t>(std::floor(drift)) - std::min(margin, std::max<std::int64_t>(1, maxSize() - 1));
    wish.beyond = std::max(reach, wish.start);
    return wish;
}

Walk::Planned Walk::nextRequest() const {
    if (search_.isActive()) {
        LayoutWish wish = layoutWishFor(search_.target());
        wish.start = wish.beyond = search_.target();
        return {*layOutPage(wish), epoch_, fullestVisibility()};
    }
    const std::int64_t reach = ahead_.empty() ? frontier_.nextRank() : ahead_.back().request.endRank();
    LayoutWish wish = layoutWishFor(reach);
    const std::int64_t wished = wish.start;
    std::optional<PageRequest> request;
    // At some ranks no page of any size overlaps as far as is wished, or at all.
    for (; !request; ++wish.start) {
        request = layOutPage(wish);
        if (!request && sizes_.mayExceed()) request = layOutLargerPage(wish, maxExcess);
    }
    Visibility visibility = fullestVisibility();
    if (request->firstRank() > wished)
        visibility = request->firstRank() < reach ? Visibility::keys : Visibility::byRank;
    if (assumes_) visibility = Visibility::byRank;
    return {*request, epoch_, visibility};
}

std::int64_t Walk::overlap() const noexcept {
    const std::int64_t tied = frontier_.tied();
    return tied == 1 && movement_.isQuiet() ? 1 : tied + 1;
}

std::int64_t Walk::maxSize() const noexcept {
    return sizes_.largest() + (sizes_.mayExceed() ? maxExcess : 0);
}

Visibility Walk::fullestVisibility() const noexcept {
    return frontier_.tied() + 2 > maxSize() ? Visibility::keys : Visibility::full;
}

// ---- what to make of an answer

std::vector<std::size_t> Walk::take(const PageView& page, const PageCost& cost) {
    const Planned planned = ahead_.front();
    ahead_.pop_front();
    ++report_.pagesRead;
    const bool isStale = planned.epoch != epoch_;
    const PageRequest request = sizes_.served(planned.request, page, cost);
    if (request.limit != planned.request.limit) ++epoch_;
    observe(request, page, isStale);

    const bool isShort = !page.hasNextPage && page.size() < request.limit;
    Visibility visibility = isStale ? fullestVisibility() : planned.visibility;
    if (!sizes_.showsJoints()) visibility = Visibility::byRank;
    const JointAnswer answer = judgeJoint({frontier_, request, page, isShort, movement_.isQuiet(), visibility});
    const bool isUsable = answer.joint == Joint::joined || answer.joint == Joint::assumed;
    if (isStale && !(isUsable && !answer.fresh.empty())) {
        ++report_.pagesReread;
        return {};
    }
    if (isUsable) return deliver(answer, request, page, isShort);
    miss(answer.joint, request, page);
    return {};
}

std::optional<std::int64_t> Walk::rankOfFrontier(const PageRequest& request, const PageView& page) const {
    for (std::int64_t i = page.size() - 1; i >= 0; --i) {
        const auto distance = frontier_.distance(page.items[static_cast<std::size_t>(i)].key);
        if (distance) return request.firstRank() + i + *distance;
    }
    return std::nullopt;
}

void Walk::observe(const PageRequest& request, const PageView& page, bool isStale) {
    if (report_.totalDocsAtStart == 0) report_.totalDocsAtStart = page.totalDocs;
    movement_.sawTotal(page.totalDocs);
    if (isStale || frontier_.empty() || !sizes_.showsJoints()) return;
    const std::optional<std::int64_t> rank = rankOfFrontier(request, page);
    if (rank) movement_.sawShift(*rank + 1 - frontier_.nextRank());
}

std::vector<std::size_t> Walk::deliver(const JointAnswer& answer, const PageRequest& request, const PageView& page,
                                       bool isShort) {
    const bool isAssumed = answer.joint == Joint::assumed;
    if (isAssumed || (page.items.empty() && !isShort)) verified_ = false;
    const std::int64_t known = std::count_if(page.items.begin(), page.items.end(),
                                             [this](const ItemMark& item) { return frontier_.knows(item.key); });
    const std::int64_t planned = std::max<std::int64_t>(0, frontier_.nextRank() - request.firstRank());
    report_.duplicatesDropped += std::max<std::int64_t>(0, known - planned);

    std::vector<std::size_t> fresh;
    for (const std::size_t index : answer.fresh) {
        if (frontier_.append(page.items[index])) fresh.push_back(index);
    }
    covered_ += static_cast<std::int64_t>(fresh.size());
    const std::optional<std::int64_t> rank = rankOfFrontier(request, page);
    if (rank) frontier_.expectNextAt(*rank + 1);
    // What was left out of a page, or did not match, is behind it all the same.
    const bool isByRank = isAssumed || frontier_.empty() || !sizes_.showsJoints();
    if (isByRank && !isShort) frontier_.expectNextAt(std::max(frontier_.nextRank(), request.endRank()));
    search_.reset();

    sawLastPage_ = !page.hasNextPage;
    const bool isTakenForLast = !isShort && !page.hasNextPage && (isAssumed || sizes_.ignoresLimit());
    if (isTakenForLast) verified_ = false;
    done_ = isShort || isTakenForLast;
    if (done_ && movement_.isQuiet() && firstRank_ + covered_ < movement_.lastTotal()) verified_ = false;
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
    ++epoch_;
    ++report_.pagesReread;
    // A last page was full, and what is asked for behind it shows no more than its end again, or nothing at all.
    const bool showsEnd = !page.items.empty() && page.items.back().key == frontier_.last().key;
    if (sawLastPage_ && !page.hasNextPage && search_.attempts() > (showsEnd ? 0 : maxUnseen)) {
        done_ = true;
        verified_ = false;
        return;
    }
    const std::optional<std::int64_t> rank = rankOfFrontier(request, page);
    const bool isKnown = std::all_of(page.items.begin(), page.items.end(),
                                     [this](const ItemMark& item) { return frontier_.knows(item.key); });
    guard_.countFruitless(request, page, isKnown);
    if (joint == Joint::early && !sizes_.showsJoints()) {
        frontier_.expectNextAt(std::max(frontier_.nextRank(), request.endRank()));
        search_.found();
        return;
    }
    if (rank) {
        frontier_.expectNextAt(*rank + 1);
        search_.found();
        return;
    }
    assumes_ = joint == Joint::unseen &&
               (assumes_ || search_.attempts() >= maxUnseen || (page.items.empty() && search_.attempts() > 0));
    // Where the history has grown or shrunk, its ranks have moved with it.
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
    const std::int64_t limit = ahead_.front().request.limit;
    if (limit <= sizes_.largest() && !sizes_.learnFailure(limit, failure)) return false;
    ++epoch_;
    ahead_.pop_front();
    return true;
}

void Walk::fillReport(ListingReport& report) const noexcept {
    report.pagesRead = report_.pagesRead;
    report.pagesReread = report_.pagesReread;
    report.duplicatesDropped = report_.duplicatesDropped;
    report.totalDocsAtStart = report_.totalDocsAtStart;
    report.totalDocsAtEnd = movement_.lastTotal();
    report.verified = verified_;
}

Position Walk::position(std::size_t undelivered) const {
    Position position;
    position.tail = frontier_.excerpt(undelivered, checkpointItems);
    position.nextRank = std::max<std::int64_t>(0, frontier_.nextRank() - static_cast<std::int64_t>(undelivered));
    position.totalDocs = movement_.lastTotal();
    return position;
}

}  // namespace refold::internal
