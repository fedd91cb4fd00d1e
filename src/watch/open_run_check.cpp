// Follows thousands of open runs with few requests. Lists the runs of each status, up to a thousand per request: an
// open run in that list has not changed. One that is missing has changed, or the server lags; it is searched for, so
// that only observed changes are reported. Changes are rare among open runs. Runs that changed at the same time tend to
// be neighbours, so the history is read further as long as that costs no more than requesting each run.
#include "watch/open_run_check.hpp"

#include "listing/execution_cursor.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace refold::internal {
namespace {

/// Fewer runs are requested one by one, which costs less than a page.
constexpr std::size_t fewRuns = 3;
/// The usual minimum of runs per page.
constexpr std::int64_t usualPage = 100;

bool isUnknownFilter(const ApiError& error) noexcept {
    return error.status() == 400 || error.status() == 422;
}

/// True for a refusal because of the run, not because of the caller.
bool isGone(const ApiError& error) noexcept {
    return error.status() == 400 || error.status() == 404 || error.status() == 410 || error.status() == 422;
}

ListingOptions withoutThreads() {
    ListingOptions options;
    options.prefetch = 0;
    return options;
}

}  // namespace

OpenRunCheck::OpenRunCheck(PageSources& sources, const ExecutionQuery& query, WatchState& state, SeenChanges& changes,
                           CancelToken cancel)
    : sources_(sources), query_(query), state_(state), changes_(changes), cancel_(std::move(cancel)) {
}

void OpenRunCheck::adopt(const std::vector<ExecutionStatus>& statuses, std::optional<CreationTime> since,
                         std::uint64_t poll) {
    beginPoll(poll);
    std::set<ExecutionStatus> wanted{ExecutionStatus::Running, ExecutionStatus::Queued, ExecutionStatus::Stopping};
    for (const ExecutionStatus& status : statuses) {
        if (!status.isTerminal()) wanted.insert(status);
    }
    for (const ExecutionStatus& status : wanted) {
        listStatus(status, [&](Execution& execution) {
            const CreationTime created = creationTime(execution);
            if (since && created >= *since) return;
            state_.learn(executionKey(execution), execution, created, poll);
        });
    }
}

void OpenRunCheck::run(HeadReader& head, std::uint64_t poll) {
    beginPoll(poll);
    std::set<ExecutionStatus> statuses;
    for (const auto& [key, open] : state_.open) {
        static_cast<void>(key);
        if (open.checked != poll && !open.status.empty()) statuses.insert(open.status);
    }
    for (const ExecutionStatus& status : statuses) {
        listStatus(status, [&](Execution& execution) { saw(execution, poll); });
    }
    readOn(head, poll);
    for (const std::uint64_t key : missing(poll)) {
        if (asked_ >= maxAsked) return;
        ask(key, poll);
        ++asked_;
    }
}

void OpenRunCheck::beginPoll(std::uint64_t poll) {
    if (poll_ == poll) return;
    poll_ = poll;
    listed_.clear();
    readOn_ = 0;
    asked_ = 0;
}

/// Calls `take(execution)` for all runs of a status, if the server can list them. Works once per poll.
template <class Take>
void OpenRunCheck::listStatus(const ExecutionStatus& status, Take take) {
    if (!statusHonoured_ || unlistable_.count(status) > 0 || listed_.count(status) > 0) return;
    ExecutionQuery query = query_;
    query.status = status;
    const auto listing = makeExecutionCursor(sources_.of(query), query, withoutThreads(), cancel_);
    try {
        for (listing->start(); !listing->atEnd(); listing->advance()) {
            Execution& execution = listing->current();
            if (execution.status != status && execution.hasEnded()) {
                statusHonoured_ = false;
                return;
            }
            take(execution);
        }
    } catch (const ApiError& error) {
        if (!isUnknownFilter(error)) throw;
        unlistable_.insert(status);
    }
    listed_.insert(status);
}

/// Returns the open runs that this poll has not seen, those not checked for longest first.
std::vector<std::uint64_t> OpenRunCheck::missing(std::uint64_t poll) const {
    std::vector<std::uint64_t> keys;
    for (const auto& [key, open] : state_.open) {
        if (open.checked != poll) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end(), [this](std::uint64_t a, std::uint64_t b) {
        const OpenRun& left = state_.open.at(a);
        const OpenRun& right = state_.open.at(b);
        return std::tie(left.checked, right.created, a) < std::tie(right.checked, left.created, b);
    });
    return keys;
}

void OpenRunCheck::readOn(HeadReader& head, std::uint64_t poll) {
    const std::vector<std::uint64_t> keys = missing(poll);
    const std::size_t enough = idHonoured_ ? fewRuns : 0;
    if (keys.size() <= enough) return;
    CreationTime oldest = state_.open.at(keys.front()).created;
    for (const std::uint64_t key : keys) oldest = std::min(oldest, state_.open.at(key).created);
    auto left = static_cast<std::int64_t>(keys.size());
    while (left > static_cast<std::int64_t>(enough)) {
        // Requesting each run would cost as much; with no other way, the search goes deeper.
        const std::int64_t pages = idHonoured_ ? std::min<std::int64_t>(left, maxAsked) : maxAsked;
        if (readOn_ >= usualPage * pages) return;
        Execution* const execution = head.next();
        if (execution == nullptr) return;
        ++readOn_;
        const CreationTime created = creationTime(*execution);
        if (saw(*execution, poll)) --left;
        if (created != undated && created < oldest) return;
    }
}

/// Requests a run by its id alone, since it may no longer match the filters.
void OpenRunCheck::ask(std::uint64_t key, std::uint64_t poll) {
    ExecutionQuery query;
    query.executionId = state_.open.at(key).id;
    query.extra = query_.extra;
    Page<Execution> page;
    try {
        page = sources_.of(query)->fetch(PageRequest{1, 1}, cancel_);
    } catch (const ApiError& error) {
        if (!isGone(error)) throw;
    }
    for (Execution& execution : page.docs) {
        if (executionKey(execution) == key && saw(execution, poll)) return;
    }
    if (!page.docs.empty()) idHonoured_ = false;
    OpenRun& open = state_.open.at(key);
    open.checked = poll;
    if (++open.misses >= maxMisses) state_.open.erase(key);
}

bool OpenRunCheck::saw(Execution& execution, std::uint64_t poll) {
    const std::uint64_t key = executionKey(execution);
    const auto open = state_.open.find(key);
    if (open == state_.open.end()) return false;
    const bool isFirst = open->second.checked != poll;
    changes_.sawOpen(key, open->second, std::move(execution), poll);
    return isFirst;
}

}  // namespace refold::internal
