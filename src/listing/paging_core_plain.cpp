// Page after page, for servers that honour nothing else. What cannot be proven there is watched: where the total shrinks
// between two pages, the first of them is read again.
#include "listing/paging_core.hpp"

#include <algorithm>
#include <utility>

namespace refold::internal {

namespace {

constexpr int mostRereads = 6;
/// How often a page that was empty, and the last one, is asked for again because the one before says that it follows.
constexpr int mostEmptyEnds = 2;
constexpr int mostAnchorTrials = 3;
constexpr int mostResumePages = 12;

}  // namespace

Aim PagingCore::plainAim(std::int64_t page) const {
    Aim aim;
    aim.kind = Aim::Kind::plain;
    aim.page = page;
    aim.limit = size_.honoured() == PageSize::Honoured::yes ? size_.plain() : size_.wanted();
    return aim;
}

void PagingCore::becomePlain(std::int64_t nextPage) {
    mode_ = Mode::plain;
    nextPage_ = nextPage;
    lastPage_ = nextPage - 1;
}

/// A server that filters its pages after cutting them: ranks among what matches say nothing to it, only page numbers do.
/// True if it has just shown itself, and all that is planned is to be forgotten.
bool PagingCore::mustReadByPages() {
    if (!std::exchange(filtered_, false) || size_.honoured() == PageSize::Honoured::no) return false;
    size_.keepToWanted();
    bounds_.giveUp();
    closing_ = false;
    search_.reset();
    forgetAhead();
    // What was passed over stands in front of the frontier, whose page is this one or a later one.
    const std::int64_t page = std::max<std::int64_t>(0, tail_.lastRank()) / size_.plain() + 1;
    becomePlain(std::max(query_.firstPage, page));
    if (resumed_) {
        // What stands in front of the frontier is not known by its keys.
        mode_ = Mode::searching;
        resumesPlain_ = true;
    }
    stalls_ = stillStalls_ = static_cast<int>(-std::min<std::int64_t>(page, 1'000'000));
    return true;
}

/// By its date it stands in front of the frontier: it came meanwhile, or was delivered.
bool PagingCore::isDatedBefore(const ItemMark& mark) const {
    const std::optional<Place> here = datesOrdered_ ? tail_.lastPlace() : std::nullopt;
    return here && mark.place && *mark.place < *here;
}

/// What is taken of a page that does not join, by a listing that resumes another.
std::vector<std::size_t> PagingCore::behindWhatIsKnown(const Slice& slice) const {
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < slice.marks.size(); ++i) {
        if (seen_.contains(slice.marks[i].key)) {
            rest.clear();
        } else if (!isDatedBefore(slice.marks[i])) {
            rest.push_back(i);
        }
    }
    return rest;
}

Judgement PagingCore::judgePlain(const Aim& aim, const Slice& slice) {
    const std::int64_t page = aim.kind == Aim::Kind::plain ? aim.page : pendingPage_;
    pendingPage_ = page;
    if (anchorTrial_) return {Judgement::Next::repair, {}};
    if (slice.marks.empty()) {
        lastPage_ = page;
        if (!slice.hasNextPage) {
            // The page before said that this one follows: what it held may have moved into that one.
            if (page > 1 && !tail_.empty() && !rejudging_ && plainRereads_++ < mostRereads) {
                return {Judgement::Next::repair, {}};
            }
            if (rejudging_ && rereadSaysMore_ && plainRereads_ <= mostEmptyEnds) {
                nextPage_ = page;
                forgetAhead();
                return {};
            }
            if (rejudging_ && rereadSaysMore_) verified_ = false;
            finished_ = true;
        } else {
            notePassedEmpty();
            verified_ = false;
        }
        return {};
    }
    Verdict verdict;
    verdict.joint = Joint::seamless;
    bool overlaps = tail_.empty();
    for (std::size_t i = 0; i < slice.marks.size(); ++i) {
        const bool known = seen_.contains(slice.marks[i].key);
        overlaps = overlaps || known;
        // What stands in front of it was delivered by the listing that this one resumes.
        if (known && resumed_) verdict.fresh.clear();
        if (!known && !isDatedBefore(slice.marks[i])) verdict.fresh.push_back(i);
    }
    if (overlaps && datesOrdered_ && !tail_.empty()) {
        // Leaves out what came in front of the frontier.
        Verdict dated = examine(aim, slice);
        if (dated.joint == Joint::seamless || dated.joint == Joint::early) {
            verdict.fresh = std::move(dated.fresh);
        } else {
            verified_ = false;
        }
    }
    if (!overlaps) {
        const bool shrank = slice.totalDocs > 0 && slice.totalDocs < plainTotal_;
        if (shrank && anchorTrials_ < mostAnchorTrials && anchorsUsable()) {
            ++anchorTrials_;
            anchorTrial_ = true;
            return {Judgement::Next::repair, {}};
        }
        if (shrank && page > 1 && plainRereads_ < mostRereads) {
            if (plainRereads_++ == 0) return {Judgement::Next::repair, {}};
            // It was read before the page in front of it was read again.
            nextPage_ = page;
            forgetAhead();
            return {};
        }
        verified_ = false;
    }
    plainRereads_ = 0;
    lastPage_ = page;
    Judgement judgement = accept(aim, slice, verdict);
    if (size_.honoured() == PageSize::Honoured::yes && !judgement.fresh.empty() && !finished_) {
        // It was a step across a rank that no window could be laid across.
        shift_ = shiftOf(aim, slice).value_or(shift_);
        forgetAhead();
        mode_ = Mode::windows;
    }
    return judgement;
}

Judgement PagingCore::judgePlainRepair(const Aim& aim, const Slice& slice) {
    const Verdict verdict = examine(aim, slice);
    if (anchorTrial_) {
        // One that shows nothing new, as where the items of one date fill pages, is nowhere to go on from.
        const bool leadsOn = !verdict.fresh.empty() || !slice.hasNextPage;
        const bool joined = verdict.joint == Joint::seamless && leadsOn && !bounds_.useless();
        anchorTrial_ = !joined && !bounds_.useless() && anchorTrials_++ < mostAnchorTrials;
        if (slice.page == pendingPage_ + 1 && !joined) {
            // The server answers its pages in a row, whatever it is asked for.
            anchorTrial_ = false;
            bounds_.giveUp();
            ++nextPage_;
            return {Judgement::Next::keep, {}};
        }
        if (!joined) return {};
        // Pages of one size that can be anchored make windows as well.
        size_.fix(std::max(size_.granted(), slice.size()));
        mode_ = Mode::windows;
        return accept(aim, slice, verdict);
    }
    plainTotal_ = slice.totalDocs;
    rereadSaysMore_ = slice.hasNextPage;
    if (verdict.joint != Joint::seamless && verdict.joint != Joint::doubtful) {
        // What has moved out of it is seen nowhere.
        verified_ = false;
        return {};
    }
    if (!slice.hasNextPage) return accept(aim, slice, verdict);
    Slice inTheMiddle = slice;
    inTheMiddle.hasNextPage = true;
    return accept(aim, inTheMiddle, verdict);
}

Judgement PagingCore::judgeResumedPlain(const Aim& aim, const Slice& slice) {
    Verdict verdict = examine(aim, slice);
    search_.countAttempt();
    // Where it shows the frontier, or the page before ended in front of that, no other page could join better.
    const auto isFrontier = [this](const ItemMark& mark) { return mark.key == tail_.frontier().key; };
    const bool follows = std::exchange(endedEarly_, verdict.joint == Joint::early);
    const bool isPlace = follows || std::any_of(slice.marks.begin(), slice.marks.end(), isFrontier);
    const bool joins = verdict.joint == Joint::seamless || verdict.joint == Joint::doubtful;
    if (joins || (isPlace && verdict.joint == Joint::gap) || search_.attempts() >= mostResumePages) {
        if (!joins) verified_ = false;
        if (verdict.joint == Joint::gap) verdict.fresh = behindWhatIsKnown(slice);
        becomePlain(aim.page + 1);
        resumesPlain_ = false;
        return accept(aim, slice, verdict);
    }
    const bool forward = verdict.joint == Joint::early || aim.page == 1 || steppedForward_;
    if (forward && !slice.hasNextPage) {
        finished_ = true;
        verified_ = false;
        return {};
    }
    steppedForward_ = forward;
    nextPage_ = forward ? aim.page + 1 : aim.page - 1;
    return {};
}

}  // namespace refold::internal
