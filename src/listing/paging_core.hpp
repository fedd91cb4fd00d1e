// The paging machine's mind: decides what to ask next and what of an answer to deliver, and does nothing else. No threads,
// no requests, no documents; `PagingMachine` carries out what it says.
//
// A listing goes like this. The first page is asked as the user would. The second request is a page of one less, which
// therefore begins with the first one's last item: a server that honours `limit` shows so by it, and the joint is proven at the
// same time. From there on windows overlap (see window_planner.hpp), every joint is judged (continuity.hpp), and what does
// not join is searched for (joint_search.hpp). A server that honours neither `limit` nor dates is read page by page,
// which cannot be verified, and the report says so.
#ifndef REFOLD_LISTING_PAGING_CORE_HPP
#define REFOLD_LISTING_PAGING_CORE_HPP

#include "listing/checkpoint.hpp"
#include "listing/continuity.hpp"
#include "listing/date_bounds.hpp"
#include "listing/joint_search.hpp"
#include "listing/known_tail.hpp"
#include "listing/page_size.hpp"
#include "listing/seen_keys.hpp"
#include "listing/slice.hpp"

#include <refold/execution_listing.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace refold::internal {

struct PagingQuery {
    std::int64_t firstPage = 1;
    std::optional<std::int64_t> limit = {};
    /// Where the query's own dates let the listing begin and end. Nothing outside them is asked for.
    std::optional<Place> earliest = {};
    std::optional<Place> latest = {};
};

struct Judgement {
    enum class Next {
        take,    ///< deliver `fresh` (perhaps nothing) and go on with the next window
        repair,  ///< ask `repairAim()` and hand the answer to `judgeRepair`, then judge this page again
        keep,    ///< of a repair: it is the next page, to be judged after the one that is being repaired
        drop     ///< of no use
    };

    Next next = Next::drop;
    /// Indices into the page.
    std::vector<std::size_t> fresh = {};
};

class PagingCore {
  public:
    explicit PagingCore(const PagingQuery& query) : query_(query), size_(query.limit) {}
    PagingCore(const PagingQuery& query, const Position& position);

    bool finished() const noexcept { return finished_; }
    /// The next request that makes sense, given those planned and not judged yet; none if that depends on their answers.
    /// `wanted` more items are of interest.
    std::optional<Aim> plan(std::int64_t wanted);
    /// Judges the answer to the oldest planned request. `again` if it was judged before and a repair came between.
    Judgement judge(const Aim& aim, const Slice& slice, bool again);
    /// What to ask after `Judgement::Next::repair`.
    Aim repairAim();
    /// Judges its answer; never `repair`. After `keep`, `keptAim()` says what it is.
    Judgement judgeRepair(const Aim& aim, const Slice& slice);
    Aim keptAim() const { return plainAim(nextPage_ - 1); }
    /// True, once, if all that is planned is to be forgotten.
    bool takeForgetAhead() noexcept;
    /// The server refused the request itself, perhaps because of its limit. True if it can be put in another way, which was
    /// planned then.
    bool reconsider(const Aim& aim, bool aboutLimit) noexcept;

    /// Fills in what concerns pages; `delivered` and `complete` are the machine's.
    void fillReport(ListingReport& report) const noexcept;
    /// As if only what comes before the last `undelivered` items had been covered.
    Position position(std::int64_t undelivered) const;

  private:
    enum class Mode { opening, searching, probing, windows, plain };

    Aim plainAim(std::int64_t page) const;
    std::optional<Aim> probeAim() const;
    std::optional<Aim> nextWindow();
    std::optional<Aim> unanchored(std::int64_t beyond, std::int64_t overlap, std::int64_t size) const;
    Aim rankAim(std::int64_t rank) const;
    std::int64_t rankOfJoint() const noexcept;
    std::int64_t rankBehindFrontier() const noexcept;
    bool tiesFillPages() const noexcept;
    std::int64_t overlapAtFrontier() const noexcept;
    bool mayPlanAhead(std::int64_t wanted) const;
    bool anchorsUsable() const;
    bool anchorsTrusted() const;
    bool mayLocate() const;
    void becomePlain(std::int64_t nextPage);
    bool mustReadByPages();

    void learn(const Aim& aim, const Slice& slice);
    void learnSize(const Aim& aim, const Slice& slice);
    void learnEnd(const Aim& aim, const Slice& slice);
    std::optional<std::int64_t> shiftOf(const Aim& aim, const Slice& slice) const;
    void learnShift(const Aim& aim, const Slice& slice);
    std::int64_t serverRank(const Aim& aim, const Slice& slice) const noexcept;

    Verdict examine(const Aim& aim, const Slice& slice);
    bool mayLack(const Aim& aim, const Slice& slice) const;
    Judgement judgeFirst(const Aim& aim, const Slice& slice);
    Judgement judgeProbe(const Aim& aim, const Slice& slice);
    Judgement judgeWindow(const Aim& aim, const Slice& slice);
    bool isDatedBefore(const ItemMark& mark) const;
    std::vector<std::size_t> behindWhatIsKnown(const Slice& slice) const;
    Judgement judgePlain(const Aim& aim, const Slice& slice);
    Judgement judgeResumedPlain(const Aim& aim, const Slice& slice);
    Judgement judgePlainRepair(const Aim& aim, const Slice& slice);
    Judgement accept(const Aim& aim, const Slice& slice, const Verdict& verdict);
    bool isGuess(const Slice& slice) const;
    void searchIfStuck();
    void expectFrontierAtEnd(const Slice& slice);
    void afterMiss(const Aim& aim, const Slice& slice, const Verdict& verdict);
    void settle(const Aim& aim) noexcept;
    void forgetAhead() noexcept;
    void refuseFirstPageAgain(const Aim& aim, const Slice& slice) const;
    void noteStall(const Aim& aim, const Slice& slice);
    void notePassedEmpty();

    PagingQuery query_;
    PageSize size_;
    KnownTail tail_;
    SeenKeys seen_;
    DateBounds bounds_;
    JointSearch search_;
    Mode mode_ = Mode::opening;
    bool resumed_ = false;
    /// The place at which it goes on is still looked for.
    bool resuming_ = false;
    bool resumesPlain_ = false;
    bool resumesByDates_ = false;
    bool steppedForward_ = false;
    bool endedEarly_ = false;
    /// Something was delivered.
    bool reached_ = false;
    bool finished_ = false;
    bool datesOrdered_ = true;
    bool verified_ = true;
    /// Believe the next page at its rank, joint or not, since the search found none.
    bool forced_ = false;
    /// The dated set has ended; the whole one has to be seen to end too.
    bool closing_ = false;
    int closings_ = 0;
    bool forgetAhead_ = false;
    /// Items at one date fill whole pages: go on behind them, taking them to come in the same order each time.
    bool pastTies_ = false;
    bool triedLargest_ = false;
    /// The second request did not show whether the server honours `limit`, the third will.
    bool probedTwice_ = false;
    /// A page that is not the last was seen.
    bool sizeSeen_ = false;
    /// The latest page was cut out of more than what matches.
    bool filtered_ = false;

    /// The tail's ranks that each planned window adds, and the rank up to which windows are planned.
    std::deque<std::int64_t> ahead_ = {};
    std::int64_t plannedTo_ = 0;
    bool anchorInFlight_ = false;
    bool wholeInFlight_ = false;

    /// The server's rank of an item, in the whole set, less the tail's; and the tail's rank behind the end.
    std::int64_t shift_ = 0;
    std::optional<std::int64_t> endRank_ = {};
    bool endMoved_ = false;
    bool rejudging_ = false;
    std::optional<Place> opening_ = {};
    /// The listing's very first item, unless it was resumed.
    std::optional<std::uint64_t> firstKey_ = {};

    std::int64_t nextPage_ = 1;
    std::int64_t lastPage_ = 0;
    std::int64_t plainTotal_ = 0;
    int plainRereads_ = 0;
    bool rereadSaysMore_ = false;
    int anchorTrials_ = 0;
    bool anchorTrial_ = false;
    std::int64_t pendingPage_ = 0;

    std::int64_t duplicates_ = 0;
    std::int64_t pagesRead_ = 0;
    std::int64_t pagesReread_ = 0;
    std::int64_t totalAtStart_ = 0;
    std::int64_t wholeTotal_ = 0;
    std::int64_t totalAtEnd_ = 0;

    int stalls_ = 0;
    int stillStalls_ = 0;
    int sameAnswers_ = 0;
    int emptyPages_ = 0;
    std::uint64_t stallFirst_ = 0;
    std::int64_t stallRank_ = 0;
    Aim stallAim_ = {};
    std::int64_t stallTotal_ = 0;
};

}  // namespace refold::internal

#endif
