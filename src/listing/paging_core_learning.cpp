// What an answer teaches: how large pages are, what dates do, where the end is, how far the history has moved; and when
// to stop hoping.
#include "listing/paging_core.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <string>

namespace refold::internal {

namespace {

/// Empty pages in a row that are passed, and answers without progress that are put up with.
constexpr int mostEmptyPages = 8;
constexpr int mostStalls = 60;
constexpr int mostPlainStalls = 8;

}  // namespace

std::int64_t PagingCore::serverRank(const Aim& aim, const Slice& slice) const noexcept {
    const std::int64_t said = slice.limit > 0 ? slice.limit : aim.limit;
    return (aim.page - 1) * (!slice.marks.empty() && cutShort(aim, slice) ? slice.size() : said);
}

void PagingCore::learn(const Aim& aim, const Slice& slice) {
    if (pagesRead_++ == 0) totalAtStart_ = slice.totalDocs;
    if (!aim.anchor) wholeTotal_ = slice.totalDocs;
    learnSize(aim, slice);
    if (!slice.marks.empty()) size_.noteTies(largestTie(slice));
    if (!allPlaced(slice)) {
        // Bounds would leave the undated ones out.
        if (!bounds_.useless()) {
            bounds_.giveUp();
            if (anchorInFlight_) forgetAhead();
        }
    } else if (!inPlaceOrder(slice)) {
        datesOrdered_ = false;
        bounds_.giveUp();
    }
    const bool wasUseless = bounds_.useless();
    bounds_.learn(aim, slice, opening_);
    if (!wasUseless && bounds_.useless() && !ahead_.empty()) forgetAhead();
    totalAtEnd_ = slice.totalDocs > 0 && aim.anchor ? aim.base + slice.totalDocs : slice.totalDocs;
}

void PagingCore::learnSize(const Aim& aim, const Slice& slice) {
    const std::int64_t count = slice.size();
    if (aim.kind == Aim::Kind::probe) return;
    if (aim.kind == Aim::Kind::plain) {
        filtered_ = size_.honoured() == PageSize::Honoured::yes && cutShort(aim, slice);
        return;
    }
    const bool opening = aim.kind == Aim::Kind::first;
    const std::int64_t sure = size_.sure(aim.limit);
    // A resumed listing has not seen the first page, and a last page shows nothing.
    const bool knowsNoSize = resumed_ && !sizeSeen_;
    sizeSeen_ = sizeSeen_ || (slice.hasNextPage && count > 0);
    if (count > aim.limit || slice.limit > aim.limit) {
        size_.fix(std::max(count, slice.limit));
    } else if (slice.limit > 0 && slice.limit < aim.limit) {
        if (!opening && size_.honoured() == PageSize::Honoured::no) return;
        size_.cap(slice.limit);
    } else if (cutShort(aim, slice) && count >= (opening || knowsNoSize ? 1 : size_.plain())) {
        size_.cap(count);
    } else {
        if (count == aim.limit) size_.noteAnswered(count);
        filtered_ = !opening && cutShort(aim, slice);
        return;
    }
    // What was planned counted on another size, unless no more was counted on than came.
    if (!opening && size_.granted() != sure) forgetAhead();
}

void PagingCore::learnEnd(const Aim& aim, const Slice& slice) {
    if (slice.totalDocs <= 0) {
        if (slice.hasNextPage) endRank_.reset();
        return;
    }
    if (aim.anchor && bounds_.useless()) return;
    if (!aim.anchor && slice.totalDocs != totalAtStart_) endMoved_ = true;
    const std::optional<std::int64_t> shift = shiftOf(aim, slice);
    const std::int64_t end = slice.totalDocs - shift.value_or(aim.anchor ? -aim.base : shift_);
    if (endRank_ && *endRank_ != end) endMoved_ = true;
    endRank_ = end;
    // A page that was repaired is older than what was compared last.
    if (shift && !rejudging_) bounds_.sawEnd(aim.anchor.has_value(), end);
}

std::optional<std::int64_t> PagingCore::shiftOf(const Aim& aim, const Slice& slice) const {
    for (std::size_t i = slice.marks.size(); i-- > 0;) {
        if (const auto rank = tail_.rankOf(slice.marks[i].key)) {
            return serverRank(aim, slice) + static_cast<std::int64_t>(i) - *rank;
        }
    }
    return std::nullopt;
}

void PagingCore::learnShift(const Aim& aim, const Slice& slice) {
    if (aim.anchor || aim.kind == Aim::Kind::plain) return;
    shift_ = shiftOf(aim, slice).value_or(shift_);
}

void PagingCore::notePassedEmpty() {
    if (++emptyPages_ <= mostEmptyPages) return;
    emptyPages_ = 0;
    throw ResponseError(
        "the server answers empty pages for ever: " + std::to_string(mostEmptyPages + 1) +
            " in a row say that another page follows; ask it with listExecutions for the page that should "
            "hold runs",
        "/hasNextPage");
}

/// At the end: a page that begins with the listing's first item, and holds more than can stand behind it.
void PagingCore::refuseFirstPageAgain(const Aim& aim, const Slice& slice) const {
    const bool beginsAgain =
        aim.page > 1 && !aim.anchor && !slice.marks.empty() && slice.marks.front().key == firstKey_;
    const bool tooMany = slice.totalDocs > 0 && serverRank(aim, slice) + slice.size() > slice.totalDocs;
    if (!beginsAgain || !tooMany) return;
    throw ResponseError("the server answers " + describe(aim) +
                            " with what the first page held, and with more runs than " +
                            std::to_string(slice.totalDocs) + " in all leave for it; it ignores `page`",
                        "/docs");
}

void PagingCore::noteStall(const Aim& aim, const Slice& slice) {
    // Pages counted from the beginning that begin at different ranks begin with different items.
    const std::int64_t rank = serverRank(aim, slice);
    const std::uint64_t first = slice.marks.empty() ? 0 : slice.marks.front().key;
    const Aim before = stallAim_;
    const bool same = stalls_ > 0 && !aim.anchor && !before.anchor && rank != stallRank_ && first == stallFirst_ &&
                      slice.totalDocs == stallTotal_;
    sameAnswers_ = same ? sameAnswers_ + 1 : 0;
    // Stalls while the total changes have an explanation.
    stillStalls_ = stalls_ > 0 && slice.totalDocs != stallTotal_ ? 0 : stillStalls_ + 1;
    ++stalls_;
    stallFirst_ = first;
    stallRank_ = rank;
    stallAim_ = aim;
    stallTotal_ = slice.totalDocs;
    const bool plain = mode_ == Mode::plain;
    const bool tooMany = stalls_ > mostStalls || (plain && stillStalls_ > mostPlainStalls);
    // In a moving history pages may begin alike by chance, small ones more often.
    const int mostAlike = plain ? 2 : slice.totalDocs > 0 ? 5 : 12;
    if (sameAnswers_ < mostAlike && !tooMany) return;
    stalls_ = sameAnswers_ = 0;
    if (tooMany) {
        throw ResponseError("the server answers runs that were delivered before, page after page, up to " +
                                describe(aim) + ", and says that another page follows; its pages repeat",
                            "/docs");
    }
    throw ResponseError("the server answers the same page for " + describe(before) + " and " + describe(aim) +
                            ", and says that another page follows; it repeats a page or ignores `page`",
                        "/docs");
}

}  // namespace refold::internal
