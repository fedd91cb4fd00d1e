// What to make of an answer: is it a continuation, what of it is delivered, and what it teaches about the server.
#include "listing/paging_core.hpp"

#include <algorithm>

namespace refold::internal {

namespace {

/// How often the whole set's end is looked for.
constexpr int mostClosings = 24;
/// Attempts after which the search takes the order of items at one date for fixed.
constexpr int tieAttempts = 10;
/// And after which it believes that nothing delivered is left.
constexpr int frontAttempts = 8;

}  // namespace

Verdict PagingCore::examine(const Aim& aim, const Slice& slice) {
    Continuation known{tail_, seen_, datesOrdered_, bounds_.exact()};
    // Pages that are read one by one begin where they begin.
    const bool cannotOverlapByTwo = size_.overlap() == 1 || mode_ == Mode::plain || resumesPlain_;
    known.singlesSuffice = cannotOverlapByTwo && !size_.tiesSeen();
    known.tolerateTies =
        (pastTies_ && (triedLargest_ || size_.largest() <= aim.limit)) || search_.attempts() >= tieAttempts;
    known.trustOrder = tiesFillPages();
    known.tolerateFront = !resumed_ && search_.attempts() >= frontAttempts;
    known.tolerateUnknown = resumed_ || search_.attempts() >= 2;
    Verdict verdict = judgeSlice(known, aim, slice);
    if (verdict.joint == Joint::seamless && mayLack(aim, slice)) {
        // Ranks will tell.
        bounds_.sawEnd(true, aim.base + slice.totalDocs);
        verdict.joint = Joint::gap;
        verdict.fresh.clear();
    }
    return verdict;
}

/// What has no date might stand among these.
bool PagingCore::mayLack(const Aim& aim, const Slice& slice) const {
    const bool compares = aim.anchor && aim.kind == Aim::Kind::window && !anchorsTrusted();
    return compares && !bounds_.leavesNothingOut(aim.base + slice.totalDocs);
}

Judgement PagingCore::accept(const Aim& aim, const Slice& slice, const Verdict& verdict) {
    Judgement judgement;
    judgement.next = Judgement::Next::take;
    if (verdict.tiesTolerated) verified_ = false;
    std::int64_t known = 0;
    for (const ItemMark& mark : slice.marks) known += seen_.contains(mark.key) ? 1 : 0;
    const bool overlaps = mode_ != Mode::plain && (aim.kind == Aim::Kind::window || aim.kind == Aim::Kind::probe);
    const std::int64_t expected = overlaps ? std::max<std::int64_t>(0, tail_.lastRank() + 1 - aim.start) : 0;
    if (aim.kind != Aim::Kind::repair) duplicates_ += std::max<std::int64_t>(0, known - expected);
    for (const std::size_t index : verdict.fresh) {
        if (!seen_.insert(slice.marks[index].key)) {
            ++duplicates_;
            continue;
        }
        tail_.append(slice.marks[index]);
        judgement.fresh.push_back(index);
    }
    learnShift(aim, slice);
    learnEnd(aim, slice);
    plainTotal_ = slice.totalDocs;
    if (!judgement.fresh.empty()) {
        reached_ = true;
        // It has grown: what has a date is read by date.
        if (closing_ && slice.hasNextPage && tail_.frontier().place) closing_ = false;
        search_.reset();
        pastTies_ = triedLargest_ = false;
        stalls_ = stillStalls_ = sameAnswers_ = emptyPages_ = 0;
    } else if (slice.hasNextPage) {
        noteStall(aim, slice);
    }
    if (!slice.hasNextPage) {
        if (judgement.fresh.empty()) refuseFirstPageAgain(aim, slice);
        // A dated set ends before what has no date. Where nothing has moved, the totals show that there is nothing such.
        const bool maybeMore = aim.anchor && !bounds_.trusted() && (endMoved_ || !bounds_.endsAt(tail_.lastRank() + 1));
        if (maybeMore && !size_.mayVary() && closings_++ == 0) {
            // The page on which the frontier should stand shows what follows it.
            forgetAhead();
            becomePlain(std::max<std::int64_t>(0, tail_.lastRank() + shift_) / size_.plain() + 1);
        } else if (maybeMore && size_.mayVary() && closings_ < mostClosings) {
            ++closings_;
            closing_ = true;
            search_.reset();
            forgetAhead();
        } else {
            // In a history that has stood still, that page shows whether dates have left something out.
            const bool stillLacking = closings_ > 0 && !size_.mayVary() && !aim.anchor &&
                                      slice.totalDocs == totalAtStart_ && shiftOf(aim, slice).value_or(0) > 0;
            if (maybeMore || stillLacking) verified_ = false;
            finished_ = true;
        }
    }
    return judgement;
}

Judgement PagingCore::judge(const Aim& aim, const Slice& slice, bool again) {
    if (finished_) return {};
    rejudging_ = again;
    if (mode_ == Mode::searching && !resumesPlain_) {
        Judgement judgement = judgeRepair(aim, slice);
        --pagesReread_;
        settle(aim);
        return judgement;
    }
    if (!again) {
        learn(aim, slice);
        if (mustReadByPages()) return {};
    } else if (mayLack(aim, slice)) {
        settle(aim);
        return {};
    } else if (ahead_.empty() && aim.kind == Aim::Kind::window) {
        // All that was planned was forgotten while it was being repaired.
        return {};
    }
    Judgement judgement;
    switch (mode_) {
        case Mode::opening:
            judgement = judgeFirst(aim, slice);
            break;
        case Mode::probing:
            judgement = judgeProbe(aim, slice);
            break;
        case Mode::windows:
            judgement = judgeWindow(aim, slice);
            break;
        case Mode::searching:
            judgement = judgeResumedPlain(aim, slice);
            break;
        case Mode::plain:
            if (aim.kind != Aim::Kind::window) judgement = judgePlain(aim, slice);
            break;
    }
    if (judgement.next != Judgement::Next::repair) settle(aim);
    return judgement;
}

Judgement PagingCore::judgeFirst(const Aim& aim, const Slice& slice) {
    const std::int64_t page = query_.firstPage;
    const std::int64_t granted = size_.granted();
    tail_.startAt((page - 1) * granted);
    if (!slice.marks.empty()) {
        opening_ = slice.marks.front().place;
        firstKey_ = slice.marks.front().key;
    }
    Verdict verdict;
    verdict.joint = Joint::seamless;
    for (std::size_t i = 0; i < slice.marks.size(); ++i) verdict.fresh.push_back(i);
    Judgement judgement = accept(aim, slice, verdict);
    if (finished_) return judgement;
    const bool full = slice.size() == granted && judgement.fresh.size() == slice.marks.size();
    const bool contradictory = slice.totalDocs > 0 && slice.totalDocs <= page * granted;
    const bool tooSmall = granted == 1 && (!size_.mayGrow() || slice.totalDocs == 1 || slice.limit == 0);
    if (!full || contradictory || tooSmall) {
        if (slice.marks.empty()) {
            notePassedEmpty();
            verified_ = false;
        }
        becomePlain(page + 1);
    } else {
        mode_ = Mode::probing;
    }
    return judgement;
}

Judgement PagingCore::judgeProbe(const Aim& aim, const Slice& slice) {
    const std::int64_t count = slice.size();
    const bool sizeKept = (slice.limit == 0 || slice.limit == aim.limit) && count <= aim.limit &&
                          (count == aim.limit || !slice.hasNextPage) && (slice.page == 0 || slice.page == aim.page);
    const auto isKnown = [this](const ItemMark& mark) { return seen_.contains(mark.key); };
    const bool anyKnown = std::any_of(slice.marks.begin(), slice.marks.end(), isKnown);
    const bool allKnown = std::all_of(slice.marks.begin(), slice.marks.end(), isKnown);
    const bool totalsAgree = slice.totalDocs > 0 ? slice.hasNextPage == (aim.page * aim.limit < slice.totalDocs)
                                                 : anyKnown || count > size_.granted() || slice.hasNextPage;
    // A last page that is short and joins nothing may be one of another size, or what moved in front of it has gone.
    const bool ambiguous = aim.page > query_.firstPage && count < aim.limit && !slice.hasNextPage && !anyKnown;
    if (sizeKept && totalsAgree && ambiguous && !probedTwice_) {
        probedTwice_ = true;
        return {};
    }
    if (sizeKept && totalsAgree && count > 0) {
        size_.setHonoured();
        mode_ = Mode::windows;
        return judgeWindow(aim, slice);
    }

    const std::int64_t first = query_.firstPage;
    if (cutShort(aim, slice) && count < size_.granted()) {
        // Neither the limit nor a size of its own: what was left of a page after filtering. Its numbers count from the
        // first page's limit.
        size_.keepToWanted();
        becomePlain(first + 1);
        return {};
    }
    size_.fix(size_.granted());
    if (aim.page <= first && allKnown && slice.hasNextPage) {
        // The first page once more, which is what was asked for.
        becomePlain(first + 1);
        return {};
    }
    // The first page once more, though something has moved, or one that the server counted on to.
    const bool firstAgain = aim.page <= first && anyKnown && slice.page <= first;
    pendingPage_ = aim.page > first ? aim.page : std::max(slice.page, firstAgain ? first : first + 1);
    becomePlain(pendingPage_ + 1);
    lastPage_ = pendingPage_ - 1;
    const bool trustworthy = size_.granted() >= 5 && slice.totalDocs > 3 * size_.granted() && inPlaceOrder(slice);
    if (trustworthy && anchorsUsable()) {
        ++anchorTrials_;
        anchorTrial_ = true;
        return {Judgement::Next::repair, {}};
    }
    return judgePlain(aim, slice);
}

Judgement PagingCore::judgeWindow(const Aim& aim, const Slice& slice) {
    Verdict verdict = examine(aim, slice);
    if (forced_) {
        forced_ = false;
        verified_ = false;
        if (verdict.joint == Joint::gap) verdict.fresh = behindWhatIsKnown(slice);
        return accept(aim, slice, verdict);
    }
    switch (verdict.joint) {
        case Joint::seamless: {
            Judgement judgement = accept(aim, slice, verdict);
            const bool stuck = judgement.fresh.empty() && !finished_ && !closing_ && aim.kind == Aim::Kind::window;
            if (stuck) searchIfStuck();
            return judgement;
        }
        case Joint::doubtful: {
            std::size_t lastKnown = verdict.fresh.front();
            while (lastKnown > 0 && !seen_.contains(slice.marks[lastKnown].key)) --lastKnown;
            const auto rank = tail_.rankOf(slice.marks[lastKnown].key);
            learnShift(aim, slice);
            if (!rank || !size_.mayVary() || search_.attempts() > 0) return accept(aim, slice, verdict);
            search_.aimAt(*rank + shift_, true);
            return {Judgement::Next::repair, {}};
        }
        case Joint::early:
            learnShift(aim, slice);
            learnEnd(aim, slice);
            if (!aim.anchor) expectFrontierAtEnd(slice);
            if (!aim.anchor && !closing_ && !tail_.rankOf(slice.marks.back().key)) {
                // All that it shows, at least, has come in front of the frontier.
                shift_ += slice.size() << std::min(stalls_, 20);
                if (slice.totalDocs > 0) shift_ = std::min(shift_, slice.totalDocs - 1 - tail_.lastRank());
            }
            noteStall(aim, slice);
            searchIfStuck();
            return {};
        case Joint::empty:
            if (slice.hasNextPage) notePassedEmpty();
            if (!aim.anchor && search_.attempts() == 0) expectFrontierAtEnd(slice);
            return {Judgement::Next::repair, {}};
        case Joint::gap:
            if (!aim.anchor && search_.attempts() == 0) expectFrontierAtEnd(slice);
            break;
    }
    return {Judgement::Next::repair, {}};
}

}  // namespace refold::internal
