// Where pages do not join: what to ask in search of the place, and what to make of the answers.
#include "listing/paging_core.hpp"

#include "listing/window_planner.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace refold::internal {

namespace {

constexpr std::int64_t anywhere = std::numeric_limits<std::int64_t>::min() / 4;
/// Windows counted from the beginning that could not be laid across the frontier, before pages are read one by one.
constexpr int mostFutileWindows = 8;
/// Windows without anything new, before those in flight are given up.
constexpr int patientStalls = 3;
/// How long the whole set's end is looked for by ranks, and how much nearer the page begins than it should stand.
constexpr int mostClosingAttempts = 5;
constexpr std::int64_t closingRoom = 6;
/// How often a page is laid behind the items at one date by their rank among themselves.
constexpr int mostSteps = 3;
/// How far back an anchor is taken when the frontier's date did not do.
constexpr std::int64_t backwardReach = 16;

}  // namespace

/// A resumed listing whose place has moved can ask how many stand behind it.
bool PagingCore::mayLocate() const {
    return resuming_ && search_.attempts() == 1 && wholeTotal_ > 0 && anchorsUsable() && !anchorsTrusted();
}

Aim PagingCore::repairAim() {
    Aim aim;
    aim.kind = Aim::Kind::repair;
    aim.page = 1;
    const std::int64_t last = tail_.lastRank();
    const std::int64_t ties = std::max<std::int64_t>(1, tail_.tiesAtFrontier());
    if (mode_ == Mode::plain) {
        if (!anchorTrial_) return plainAim(pendingPage_ - 1);
        // An earlier item each time, in case the one before has gone.
        const std::int64_t rank = std::max(tail_.firstRank(), last - std::int64_t{2} * std::max(0, anchorTrials_ - 1));
        aim.limit = size_.wanted();
        aim.anchor = tail_.at(rank).place;
        aim.base = aim.start = rank;
        return aim;
    }
    aim.limit = size_.window();
    if (!anchorsTrusted()) search_.enter(JointSearch::Stage::ranks);
    if (pastTies_ && !triedLargest_ && anchorsTrusted() && size_.largest() > aim.limit) {
        triedLargest_ = true;
        aim.limit = size_.largest();
        aim.anchor = tail_.frontier().place;
        aim.base = aim.start = last + 1 - ties;
        return aim;
    }
    if (pastTies_) {
        const WindowWish wish{last, last, size_.window(), size_.mayVary()};
        std::optional<Aim> window;
        if (anchorsTrusted()) window = anchoredWindow(tail_, wish, query_.earliest, false);
        if (!window && size_.mayVary()) window = unanchoredWindow(wish, shift_);
        if (window) {
            window->kind = Aim::Kind::repair;
            return *window;
        }
        search_.enter(JointSearch::Stage::ranks);
    }
    if (mayLocate()) {
        aim.anchor = tail_.frontier().place;
        aim.base = aim.start = last + 1 - ties;
        return aim;
    }
    // While ranks keep moving, the date is tried again and again.
    const bool byDate = anchorsUsable() && search_.attempts() % 6 == 5;
    switch (byDate ? JointSearch::Stage::boundary : search_.stage()) {
        case JointSearch::Stage::boundary:
            aim.anchor = tail_.frontier().place;
            aim.base = aim.start = last + 1 - ties;
            return aim;
        case JointSearch::Stage::calibrate:
            aim.anchor = search_.witness();
            aim.base = aim.start = last + 1;
            return aim;
        case JointSearch::Stage::back: {
            const std::int64_t reach = std::max(ties + 1, std::min(size_.window() - 1, backwardReach));
            const std::int64_t rank = std::max(tail_.firstRank(), last + 1 - reach);
            const std::optional<Place>& place = tail_.at(rank).place;
            if (place && *place < *tail_.frontier().place && (!query_.earliest || *place >= *query_.earliest)) {
                aim.anchor = place;
                aim.base = aim.start = rank;
                return aim;
            }
            search_.enter(JointSearch::Stage::ranks);
            break;
        }
        case JointSearch::Stage::ranks:
            break;
    }
    return rankAim(search_.nextRank(rankOfJoint()));
}

Aim PagingCore::rankAim(std::int64_t rank) const {
    if (size_.honoured() == PageSize::Honoured::no) {
        Aim aim = plainAim(rank / size_.granted() + 1);
        aim.kind = Aim::Kind::repair;
        aim.base = -shift_;
        aim.start = (aim.page - 1) * size_.granted() - shift_;
        return aim;
    }
    // The longer it takes, the larger the pages, where they may grow.
    std::int64_t size = size_.window() << std::min(search_.attempts() + (closing_ ? 2 : 0), 6);
    size = size_.mayGrow() ? std::min(size, size_.largest()) : size_.granted();
    const WindowWish wish{rank - shift_, anywhere, size, true};
    const std::int64_t last = tail_.lastRank();
    std::optional<Aim> aim;
    // Where the frontier is expected within the page, the page should reach beyond it. Not every rank has a page of every
    // overlap; less will do unless a page that began there began too late.
    if (wish.start <= last && wish.start + size > last) {
        const std::int64_t least = rank == rankOfJoint() ? 1 : last + 1 - wish.start;
        for (std::int64_t overlap = last + 1 - wish.start; overlap >= least && !aim; overlap /= 2) {
            aim = unanchored(last, overlap, size);
        }
    }
    if (!aim) aim = unanchoredWindow(wish, shift_);
    aim->kind = Aim::Kind::repair;
    return *aim;
}

Judgement PagingCore::judgeRepair(const Aim& aim, const Slice& slice) {
    ++pagesReread_;
    rejudging_ = false;
    const bool locates = aim.anchor && mayLocate();
    learn(aim, slice);
    if (mustReadByPages()) return {};
    search_.countAttempt();
    if (locates && mode_ != Mode::plain) {
        // Not what they are: there may be others without a date among them.
        const std::int64_t room = size_.window() / 2;
        if (slice.totalDocs > 0) search_.aimAt(wholeTotal_ - slice.totalDocs - overlapAtFrontier() - room, false);
        return {};
    }
    if (mode_ == Mode::plain) return judgePlainRepair(aim, slice);

    if (closing_ && search_.attempts() >= mostClosingAttempts && tail_.frontier().place) {
        // It moves too fast for ranks; the dated set's end has to be seen once more.
        closing_ = false;
        search_.reset();
        forgetAhead();
        mode_ = Mode::searching;
    }
    const Verdict verdict = examine(aim, slice);
    const bool settled = verdict.joint == Joint::doubtful && (search_.settlesDoubt() || search_.attempts() > 2);
    if (verdict.joint == Joint::seamless || settled) {
        if (!opening_) opening_ = tail_.at(tail_.firstRank()).place;
        const bool wasClosing = closing_;
        if (resuming_ && isGuess(slice)) verified_ = false;
        Judgement judgement = accept(aim, slice, verdict);
        const bool moved = !judgement.fresh.empty() || finished_ || closing_ != wasClosing;
        // A resumed listing has found its place by that, whether or not something new stands behind it.
        if (moved || std::exchange(resuming_, false)) {
            mode_ = Mode::windows;
        } else if (aim.anchor) {
            // Items of one date may fill the page.
            pastTies_ = !slice.marks.empty() && slice.marks.back().place == tail_.frontier().place &&
                        search_.attempts() <= mostSteps;
            if (!pastTies_) search_.enter(JointSearch::Stage::ranks);
        } else if (search_.attempts() > mostFutileWindows && slice.hasNextPage &&
                   (!anchorsUsable() || !size_.mayVary())) {
            // Small pages that may not grow cannot be laid across this rank, nor can any of one size.
            forgetAhead();
            becomePlain(std::max<std::int64_t>(0, rankBehindFrontier()) / size_.plain() + 1);
        } else {
            search_.tooEarly(serverRank(aim, slice), slice.size(), rankOfJoint());
        }
        return judgement;
    }
    afterMiss(aim, slice, verdict);
    if (!aim.anchor && slice.hasNextPage) noteStall(aim, slice);
    if (search_.exhausted()) {
        search_.reset();
        if (!resumed_ || reached_) {
            throw ResponseError(
                "the pages do not join: " + std::to_string(JointSearch::patience) + " requests, the last for " +
                    describe(aim) +
                    ", did not find where the last run delivered stands; the history moves faster than it "
                    "can be read, or the server's pages overlap at random; narrow the dates, or try again",
                "");
        }
        mode_ = Mode::windows;
        forced_ = true;
    }
    return {};
}

/// A resumed listing's place, where nothing that the checkpoint names is left and dates do not tell.
bool PagingCore::isGuess(const Slice& slice) const {
    const bool anyKnown = std::any_of(slice.marks.begin(), slice.marks.end(),
                                      [this](const ItemMark& mark) { return seen_.contains(mark.key); });
    const bool byDates = datesOrdered_ && tail_.frontier().place && inPlaceOrder(slice);
    return !slice.marks.empty() && !anyKnown && !byDates;
}

void PagingCore::afterMiss(const Aim& aim, const Slice& slice, const Verdict& verdict) {
    learnShift(aim, slice);
    const std::int64_t size = std::max<std::int64_t>(1, slice.size());
    if (std::exchange(pastTies_, false)) search_.enter(JointSearch::Stage::ranks);
    if (!aim.anchor) {
        const std::int64_t rank = serverRank(aim, slice);
        if (verdict.joint == Joint::early || verdict.joint == Joint::doubtful) {
            std::optional<std::int64_t> estimate;
            if (tail_.rankOf(slice.marks.back().key) || tail_.rankOf(slice.marks.front().key)) {
                estimate = rankOfJoint();
            }
            search_.tooEarly(rank, size, estimate);
        } else if (rank == 0 && verdict.joint == Joint::gap) {
            search_.tooEarly(rank, size, std::nullopt);
        } else {
            search_.tooLate(rank, size);
        }
        expectFrontierAtEnd(slice);
        return;
    }
    using Stage = JointSearch::Stage;
    switch (search_.stage()) {
        case Stage::boundary: {
            const bool usable = verdict.joint == Joint::gap && slice.marks.front().place &&
                                (!query_.latest || *slice.marks.front().place <= *query_.latest);
            if (usable && !search_.calibrated()) {
                search_.setWitness(*slice.marks.front().place);
                search_.enter(Stage::calibrate);
            } else {
                search_.enter(Stage::back);
            }
            return;
        }
        case Stage::calibrate:
            search_.setCalibrated();
            search_.enter(bounds_.exact() ? Stage::boundary : Stage::back);
            return;
        case Stage::back:
        case Stage::ranks:
            search_.enter(Stage::ranks);
            return;
    }
}

/// After a window without anything new: the next one would show no more, unless others are in flight that do.
void PagingCore::searchIfStuck() {
    if (ahead_.size() > 1 && stalls_ < patientStalls) return;
    if (ahead_.size() > 1) forgetAhead();
    mode_ = Mode::searching;
}

/// While closing: the frontier was the dated set's last, so it stands near the whole one's end.
void PagingCore::expectFrontierAtEnd(const Slice& slice) {
    if (!closing_ || slice.totalDocs <= 0 || search_.attempts() > 2) return;
    for (const ItemMark& mark : slice.marks) {
        if (tail_.rankOf(mark.key)) return;
    }
    shift_ = slice.totalDocs - 1 - tail_.lastRank();
    // With some room, since what comes in front of it moves it on.
    const std::int64_t room = size_.mayGrow() ? closingRoom * (1 + search_.attempts()) : 0;
    search_.aimAt(rankOfJoint() - room, false);
}

}  // namespace refold::internal
