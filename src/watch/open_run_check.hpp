// The second part of a look at the history: what has become of the open runs that the head pass has not met. Used by the watch
// engine.
#ifndef REFOLD_LISTING_OPEN_RUN_CHECK_HPP
#define REFOLD_LISTING_OPEN_RUN_CHECK_HPP

#include "listing/listing_engine.hpp"
#include "listing/page_sources.hpp"
#include "listing/seen_changes.hpp"
#include "listing/watch_state.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_query.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace refold::internal {

class OpenRunCheck {
  public:
    /// Most items of sweeps, and most requests besides, in one look: ten seconds at the API's documented pace.
    static constexpr std::int64_t mostSwept = 2000;
    static constexpr int mostAsked = 200;

    /// `query` has no status; `status` is the one that the watch is for. `state` and `changes` must outlive it.
    OpenRunCheck(PageSources& sources, const ExecutionQuery& query, const std::optional<ExecutionStatus>& status,
                 WatchState& state, SeenChanges& changes, const CancelToken& cancel);

    /// At the start of a watch: takes in the runs that are open now, but for those from `since` on, which are to be new. If it
    /// throws, it can be called again and goes on.
    void adopt(std::optional<Place> since, std::uint64_t look);
    /// Looks after the open runs that were not confirmed in this look. If it throws, it can be called again and goes on. Runs that
    /// the query's status finds and nobody knows are new, but for those from `floor` on, which the next head pass meets.
    void run(std::optional<Place> floor, std::uint64_t look);

  private:
    /// A walk through all runs of one status, over several looks where they are many.
    struct Sweep {
        std::string status;
        std::uint64_t since = 0;
        std::unique_ptr<ListingEngine> listing;
        bool begun = false;
    };

    void planSweeps(std::uint64_t look);
    void beginSweep(const std::string& status, std::uint64_t look);
    /// The next run of the sweep; null at its end. Gives the sweep up where the server pays no heed to the status.
    Execution* nextSwept();
    void takeSwept(Execution& execution, std::optional<Place> floor, std::uint64_t look);
    void endSweep();
    void suspect(const std::string& status, std::uint64_t before);
    void askAfterSuspects(std::uint64_t look);
    bool askPage(std::uint64_t key, std::uint64_t look);
    void askRun(std::uint64_t key, std::uint64_t look);
    void saw(Execution& execution, std::uint64_t look);

    PageSources& sources_;
    const ExecutionQuery query_;
    const std::optional<ExecutionStatus> status_;
    WatchState& state_;
    SeenChanges& changes_;
    const CancelToken cancel_;

    std::optional<Sweep> sweep_ = {};
    std::deque<std::string> toSweep_ = {};
    bool adopting_ = false;
    std::uint64_t plannedLook_ = 0;
    std::int64_t swept_ = 0;
    int asked_ = 0;
    std::deque<std::uint64_t> suspects_ = {};
    std::unordered_set<std::uint64_t> suspected_ = {};
    std::set<std::string> unswept_ = {};
    bool statusHonoured_ = true;
    int pageMisses_ = 0;
};

}  // namespace refold::internal

#endif
