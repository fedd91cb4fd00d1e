// What to ask next: the first page, the probe, windows and plain pages; and where the listing stands.
#include "listing/paging_core.hpp"

#include "listing/window_planner.hpp"

#include <algorithm>
#include <numeric>

namespace refold::internal {

namespace {

constexpr std::size_t checkpointTail = 12;
/// Ranks alone get nowhere with pages of this size or less.
constexpr std::int64_t smallPage = 12;

}  // namespace

PagingCore::PagingCore(const PagingQuery& query, const Position& position) : query_(query), size_(query.limit) {
    finished_ = position.finished;
    if (position.tail.empty()) return;
    resumed_ = resuming_ = true;
    mode_ = Mode::searching;
    datesOrdered_ = position.datesOrdered;
    if (position.boundsUseless) bounds_.giveUp();
    resumesByDates_ = position.readsByDates;
    shift_ = position.shift;
    plainTotal_ = position.totalDocs;
    tail_.startAt(position.rank + 1 - static_cast<std::int64_t>(position.tail.size()));
    for (const ItemMark& mark : position.tail) {
        tail_.append(mark);
        seen_.insert(mark.key);
    }
    plannedTo_ = tail_.lastRank();
    if (position.plain) {
        resumesPlain_ = true;
        nextPage_ = position.page;
    }
}

std::optional<Aim> PagingCore::plan(std::int64_t wanted) {
    if (finished_ || (!ahead_.empty() && !mayPlanAhead(wanted))) return std::nullopt;
    std::optional<Aim> aim;
    switch (mode_) {
        case Mode::opening:
            aim.emplace();
            aim->page = query_.firstPage;
            aim->limit = size_.wanted();
            break;
        case Mode::searching:
            aim = resumesPlain_ ? plainAim(nextPage_) : repairAim();
            break;
        case Mode::probing:
            aim = probeAim();
            if (!aim) becomePlain(query_.firstPage + 1);
            break;
        case Mode::windows:
            aim = nextWindow();
            if (!aim && closing_ && tail_.frontier().place) {
                // No page can be laid across this rank; the dated set's end has to be seen once more.
                closing_ = false;
                aim = nextWindow();
            }
            if (!aim && ahead_.empty())
                becomePlain(std::max<std::int64_t>(0, rankBehindFrontier()) / size_.plain() + 1);
            break;
        case Mode::plain:
            break;
    }
    if (!aim && mode_ == Mode::plain) aim = plainAim(nextPage_++);
    if (!aim) return std::nullopt;
    const bool isWindow = aim->kind == Aim::Kind::window || aim->kind == Aim::Kind::probe;
    if (aim->kind == Aim::Kind::window) size_.noteAsked(aim->limit);
    ahead_.push_back(isWindow ? std::max<std::int64_t>(0, aim->start + size_.sure(aim->limit) - 1 - plannedTo_) : 0);
    plannedTo_ += ahead_.back();
    (aim->anchor ? anchorInFlight_ : wholeInFlight_) = true;
    return aim;
}

bool PagingCore::mayPlanAhead(std::int64_t wanted) const {
    if (mode_ == Mode::plain) {
        const std::int64_t pages = (plainTotal_ + size_.plain() - 1) / size_.plain();
        return nextPage_ <= pages && (nextPage_ - lastPage_ - 1) * size_.plain() < wanted;
    }
    return mode_ == Mode::windows && !closing_ && endRank_ && plannedTo_ + 1 < *endRank_ &&
           plannedTo_ - tail_.lastRank() < wanted;
}

bool PagingCore::anchorsUsable() const {
    if (!datesOrdered_ || closing_ || bounds_.useless() || tail_.empty()) return false;
    const std::optional<Place>& place = tail_.frontier().place;
    // A server that ignores dates, or rounds them, lists what lies outside the query's own.
    return place && (!query_.earliest || *place >= *query_.earliest) && (!query_.latest || *place <= *query_.latest);
}

bool PagingCore::anchorsTrusted() const {
    // Dates are taken at their word where ranks get nowhere: with pages of one size, or with small ones while the history moves; and by
    // a listing that resumes one that went by them.
    const bool needed =
        !size_.mayVary() || (size_.largest() <= smallPage && bounds_.cannotTell()) || (resuming_ && resumesByDates_);
    return anchorsUsable() && (bounds_.trusted() || needed);
}

std::optional<Aim> PagingCore::probeAim() const {
    const std::int64_t granted = size_.granted();
    const std::int64_t page = query_.firstPage;
    std::optional<Aim> aim;
    if (granted > 1 && (page < granted - 1 || page == 1)) {
        aim.emplace();
        aim->page = probedTwice_ ? page : page + 1;
        // By two from the first page, where there is room: see `PageSize::overlap`.
        aim->limit = page == 1 && granted > 3 ? granted - 2 : granted - 1;
        aim->base = -shift_;
        aim->start = (aim->page - 1) * aim->limit - shift_;
    } else {
        // One item cannot overlap, and far back a page of one less begins too early: another size it is.
        const std::int64_t last = tail_.lastRank();
        if (granted > 2) aim = unanchoredWindow({last, last, granted - 1, true}, shift_);
        for (std::int64_t more = 1; more <= 4 && !aim && size_.mayGrow(); ++more) {
            aim = unanchoredWindow({last, last, granted + more, false}, shift_);
        }
    }
    if (aim) aim->kind = Aim::Kind::probe;
    return aim;
}

std::optional<Aim> PagingCore::nextWindow() {
    const std::int64_t overlap = size_.overlap();
    const WindowWish wish{plannedTo_ + 1 - overlap, plannedTo_, size_.window(), size_.mayVary()};
    const bool serve = anchorsTrusted() || bounds_.likely();
    const bool anchors =
        anchorsUsable() && (serve || bounds_.mayCompare()) && ((serve && bounds_.exact()) || !anchorInFlight_);
    const bool wholeFirst = bounds_.wantsWholePage() && !wholeInFlight_;
    std::optional<Aim> aim;
    if (endRank_ && size_.mayVary() && plannedTo_ + size_.window() - overlap >= *endRank_ - 1) {
        // The last one shows that nothing stands behind what has a date, if it can reach the whole set's end.
        aim = unanchored(plannedTo_, overlap, size_.window());
        if (aim && aim->start + aim->limit < *endRank_) aim.reset();
    }
    if (!aim && anchors && !wholeFirst) aim = anchoredWindow(tail_, wish, query_.earliest, !bounds_.exact());
    if (!aim && size_.mayVary()) {
        const std::int64_t wanted = ahead_.empty() ? overlapAtFrontier() : overlap;
        aim = unanchored(plannedTo_, wanted, size_.window() + 4);
        // Some ranks can be divided by every small size.
        if (!aim) aim = unanchored(plannedTo_, wanted, size_.window() + 16);
        if (!aim) aim = unanchored(plannedTo_, 1, size_.window() + 16);
    }
    if (!aim && anchorsUsable() && ahead_.empty()) {
        aim = anchoredWindow(tail_, {plannedTo_, plannedTo_, size_.largest(), size_.mayVary()}, query_.earliest, false);
    }
    return aim;
}

/// A window that reaches beyond a rank and overlaps what comes before by so much, or by more if page sizes do not divide
/// well there.
std::optional<Aim> PagingCore::unanchored(std::int64_t beyond, std::int64_t overlap, std::int64_t size) const {
    WindowWish wish{0, beyond, size_.mayGrow() ? std::min(size, size_.largest()) : size_.granted(), true};
    std::optional<Aim> aim;
    for (std::int64_t more = 0; more < 6 && !aim; ++more) {
        wish.start = beyond + 1 - overlap - more;
        aim = unanchoredWindow(wish, shift_);
    }
    return aim;
}

std::int64_t PagingCore::rankBehindFrontier() const noexcept {
    return tail_.lastRank() + 1 + shift_;
}

/// A page that begins before the frontier's date hardly reaches beyond the frontier, if it does.
bool PagingCore::tiesFillPages() const noexcept {
    return 2 * (tail_.tiesAtFrontier() + 1) > size_.largest();
}

/// So that the joint shows an item before the frontier's date, where a page can.
std::int64_t PagingCore::overlapAtFrontier() const noexcept {
    return tiesFillPages() ? size_.overlap() : std::max(size_.overlap(), tail_.tiesAtFrontier() + 1);
}

/// The server's rank at which a page should begin to show what joins: before the frontier's place.
std::int64_t PagingCore::rankOfJoint() const noexcept {
    return std::max<std::int64_t>(0, tail_.lastRank() + shift_ + 1 - overlapAtFrontier());
}

void PagingCore::settle(const Aim& aim) noexcept {
    (aim.anchor ? anchorInFlight_ : wholeInFlight_) = false;
    if (!ahead_.empty()) ahead_.pop_front();
    const std::int64_t last = tail_.lastRank();
    // Windows in flight are taken to have moved with the history as this one has, which at worst makes the next one
    // overlap more.
    const std::int64_t reach = std::accumulate(ahead_.begin(), ahead_.end(), last);
    plannedTo_ = ahead_.empty() ? last : std::max(last, std::min(plannedTo_, reach));
}

void PagingCore::forgetAhead() noexcept {
    ahead_.clear();
    size_.forgetAsked();
    anchorInFlight_ = wholeInFlight_ = false;
    forgetAhead_ = true;
    plannedTo_ = tail_.lastRank();
}

bool PagingCore::takeForgetAhead() noexcept {
    const bool forget = forgetAhead_;
    forgetAhead_ = false;
    return forget;
}

bool PagingCore::reconsider(const Aim& aim, bool aboutLimit) noexcept {
    // The limit first: a listing can do better without larger pages than without dates.
    if (aim.limit > size_.wanted() && size_.mayGrow()) {
        size_.refuseGrowth();
    } else if (aim.kind == Aim::Kind::first && aboutLimit && size_.lower()) {
        // Nothing else was wrong with it, by what the server says.
    } else if (aim.anchor && !bounds_.useless()) {
        bounds_.giveUp();
    } else {
        return false;
    }
    forgetAhead();
    return true;
}

void PagingCore::fillReport(ListingReport& report) const noexcept {
    report.duplicatesDropped = duplicates_;
    report.pagesRead = pagesRead_;
    report.pagesReread = pagesReread_;
    report.totalDocsAtStart = totalAtStart_;
    report.totalDocsAtEnd = totalAtEnd_;
    report.verified = verified_ && (pagesRead_ > 0 || finished_);
}

Position PagingCore::position(std::int64_t undelivered) const {
    Position position;
    position.finished = finished_ && undelivered == 0;
    position.plain = mode_ == Mode::plain || (mode_ == Mode::searching && resumesPlain_);
    position.datesOrdered = datesOrdered_;
    position.boundsUseless = bounds_.useless();
    position.readsByDates = bounds_.trusted() || !size_.mayVary();
    position.rank = tail_.lastRank() - undelivered;
    position.shift = shift_;
    position.page = mode_ == Mode::plain ? std::max<std::int64_t>(1, lastPage_) : nextPage_;
    position.totalDocs = plainTotal_;
    position.tail = tail_.excerpt(position.rank, checkpointTail);
    return position;
}

}  // namespace refold::internal
