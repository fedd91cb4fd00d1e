// A poll reads the head of the history until it joins what is known, then checks the open runs.
#include "watch/execution_watch_cursor.hpp"

#include "listing/checkpoint_text.hpp"
#include "listing/execution_cursor.hpp"

#include <refold/error.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace refold::internal {
namespace {

/// How long a page or text in place of JSON is tolerated before any poll has succeeded. The base URL may be wrong.
constexpr std::chrono::minutes maxUnconfirmed{5};

ExecutionQuery withoutStatus(const ExecutionQuery& query) {
    if (query.page) throw InvalidArgument("page", "page is set; a watch has no pages, so leave it unset");
    // Not a parameter that is moved out: g++ 14 warns of an unused status.
    ExecutionQuery anyStatus = query;
    anyStatus.status.reset();
    anyStatus.sortAsc.reset();
    return anyStatus;
}

/// Some servers accept several, separated by commas; "All" means any.
std::vector<ExecutionStatus> statusesOf(const ExecutionQuery& query) {
    std::vector<ExecutionStatus> statuses;
    if (!query.status) return statuses;
    const std::string& text = query.status->value();
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const ExecutionStatus status(text.substr(begin, end - begin));
        if (status == "All") return {};
        if (!status.empty()) statuses.push_back(status);
        begin = end + 1;
    }
    return statuses;
}

WatchState initialState(const ExecutionQuery& query, const WatchOptions& options) {
    const std::uint64_t identity = watchIdentity(query);
    WatchState state;
    if (!isBlankCheckpoint(options.resumeFrom)) state = decodeWatchState(options.resumeFrom, identity);
    state.query = identity;
    if (!state.started && !state.floor && options.since) state.floor = options.since->time_since_epoch().count();
    return state;
}

}  // namespace

ExecutionWatchCursor::ExecutionWatchCursor(WatchParts parts, const ExecutionQuery& query, const WatchOptions& options)
    : parts_(std::move(parts)),
      query_(withoutStatus(query)),
      statuses_(statusesOf(query)),
      state_(initialState(query, options)),
      queue_(state_),
      openRuns_(*parts_.sources, query_, state_, changes_, parts_.cancel),
      schedule_(options, *parts_.clock, *parts_.random),
      outage_(*parts_.clock, parts_.observer) {
}

void ExecutionWatchCursor::advance() {
    while (true) {
        // Before or during a poll, whose observer may fork.
        if (!process_.isCurrent()) {
            throw TransportError(TransportError::Kind::other,
                                 "the process forked while this watch was read; start a new one in the child");
        }
        if (parts_.cancel.isCancelled()) throw Cancelled();
        if (deliverOne()) return;
        try {
            poll();
        } catch (const Error& error) {
            if (!outage_.tolerates(error) || mayBeWrongUrl(error)) throw;
            outage_.failed(error, schedule_.backOff(outage_.failures() + 1, requestedWait(error)));
        }
    }
}

bool ExecutionWatchCursor::mayBeWrongUrl(const Error& error) const {
    const bool isUnreadable = dynamic_cast<const ResponseError*>(&error) != nullptr;
    return isUnreadable && !state_.started && outage_.duration() >= maxUnconfirmed;
}

bool ExecutionWatchCursor::deliverOne() {
    while (!queue_.isEmpty()) {
        SeenChange change = queue_.take();
        if (!matches(change)) continue;
        current_ = {std::move(change.execution), std::move(change.previous)};
        started_ = true;
        ++report_.changes;
        return true;
    }
    return false;
}

bool ExecutionWatchCursor::matches(const SeenChange& change) const {
    const ExecutionStatus& status = change.execution.status;
    if (change.previous == status) return false;
    const auto isWanted = [this](const ExecutionStatus& candidate) {
        return std::find(statuses_.begin(), statuses_.end(), candidate) != statuses_.end();
    };
    return statuses_.empty() || isWanted(status) || (change.previous && isWanted(*change.previous));
}

void ExecutionWatchCursor::poll() {
    const bool continues = poll_.head != nullptr || poll_.adopted;
    if (!continues || outage_.failures() > 0) schedule_.waitForTurn(parts_.cancel);
    if (!continues) {
        schedule_.beginPoll();
        ++poll_.number;
    }
    if (!state_.started && !poll_.adopted) {
        // Before the head: a run that starts in between is found there, and is no change yet.
        openRuns_.adopt(statuses_, state_.floor, poll_.number);
        poll_.adopted = true;
    }
    if (poll_.head == nullptr) poll_.head = makeHead();
    poll_.head->read();
    // Not while newer runs are deferred, or the end of a run would be delivered before the start of an older one.
    if (!poll_.head->isBehind()) openRuns_.run(*poll_.head, poll_.number);
    finishPoll();
}

std::unique_ptr<HeadReader> ExecutionWatchCursor::makeHead() {
    ListingOptions options;
    options.prefetch = 0;
    if (!blocks_.empty()) options.resumeFrom = blocks_.back();
    HeadReader::Setup setup;
    setup.adopts = !state_.started && !state_.floor;
    setup.isAtHead = blocks_.empty();
    setup.poll = poll_.number;
    auto listing = makeExecutionCursor(parts_.sources->of(query_), query_, options, parts_.cancel);
    return std::make_unique<HeadReader>(std::move(listing), setup, state_, changes_);
}

void ExecutionWatchCursor::finishPoll() {
    HeadReader& head = *poll_.head;
    const CreationTime now = parts_.clock->calendarNow().time_since_epoch().count();
    if (report_.polls == 0 && state_.started) report_.gap = head.gap(now);
    if (!blocks_.empty() && !head.hasDeferred()) blocks_.pop_back();
    blocks_.insert(blocks_.end(), head.blocks().begin(), head.blocks().end());

    std::vector<SeenChange> changes = changes_.take();
    PollResult result = changes.empty() ? PollResult::nothing : PollResult::changes;
    if (head.isBehind()) result = PollResult::more;
    PollEvent event;
    // A run that ended without a change of status is learned, and no change.
    event.found = std::count_if(changes.begin(), changes.end(),
                                [](const SeenChange& change) { return change.previous != change.execution.status; });
    queue_.fill(std::move(changes), head.floorAfter(), head.newestKeys(), poll_.number);
    poll_.head.reset();
    poll_.adopted = false;
    state_.started = true;
    state_.notePoll(now);
    ++report_.polls;
    outage_.succeeded();
    event.wait = schedule_.plan(result);
    event.polls = report_.polls;
    tell(event);
}

void ExecutionWatchCursor::tell(const PollEvent& event) const noexcept {
    if (parts_.observer == nullptr) return;
    try {
        parts_.observer->onPoll(event);
    } catch (...) {
        // An observer's exceptions are swallowed.
    }
}

WatchReport ExecutionWatchCursor::report() const {
    WatchReport report = report_;
    report.outages = outage_.count();
    report.openRuns = static_cast<std::int64_t>(state_.open.size());
    return report;
}

}  // namespace refold::internal
