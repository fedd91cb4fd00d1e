// The second part of a poll: checks the open runs that the head did not show. Also finds the runs that are open when a
// watch starts. Used by the watch cursor.
#ifndef REFOLD_WATCH_OPEN_RUN_CHECK_HPP
#define REFOLD_WATCH_OPEN_RUN_CHECK_HPP

#include "watch/head_reader.hpp"
#include "watch/page_sources.hpp"
#include "watch/seen_changes.hpp"
#include "watch/watch_state.hpp"

#include <refold/cancel.hpp>
#include <refold/execution_query.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace refold::internal {

class OpenRunCheck {
  public:
    /// The most runs that a poll requests one by one: ten seconds at the API's rate limit. The rest wait for the next
    /// poll.
    static constexpr int maxAsked = 200;
    /// A run is no longer followed after this many polls in a row without it.
    static constexpr int maxMisses = 5;

    /// `query` has no status. `state` and `changes` must outlive it.
    OpenRunCheck(PageSources& sources, const ExecutionQuery& query, WatchState& state, SeenChanges& changes,
                 CancelToken cancel);

    /// At the start of a watch: adopts the runs that are open now with a status of RUNNING, QUEUED, STOPPING or one of
    /// `statuses`, except those created at `since` or later, which count as new. If it throws, it can be called again.
    void adopt(const std::vector<ExecutionStatus>& statuses, std::optional<CreationTime> since, std::uint64_t poll);
    /// Checks the open runs that this poll has not seen yet. Requires that `head` was read. If it throws, it can be
    /// called again.
    void run(HeadReader& head, std::uint64_t poll);

  private:
    void beginPoll(std::uint64_t poll);
    template <class Take>
    void listStatus(const ExecutionStatus& status, Take take);
    std::vector<std::uint64_t> missing(std::uint64_t poll) const;
    void readOn(HeadReader& head, std::uint64_t poll);
    void ask(std::uint64_t key, std::uint64_t poll);
    bool saw(Execution& execution, std::uint64_t poll);

    PageSources& sources_;
    const ExecutionQuery query_;
    WatchState& state_;
    SeenChanges& changes_;
    const CancelToken cancel_;

    std::uint64_t poll_ = 0;
    /// Done in this poll.
    std::set<ExecutionStatus> listed_ = {};
    std::int64_t readOn_ = 0;
    int asked_ = 0;
    /// Statuses that the server does not accept as a filter.
    std::set<ExecutionStatus> unlistable_ = {};
    bool statusHonoured_ = true;
    /// False if the server was asked for one run and sent others: its runs are searched for in the history only.
    bool idHonoured_ = true;
};

}  // namespace refold::internal

#endif
