// A look is a transaction in parts: each can be taken up again where an error left it, and nothing of it reaches the state that
// checkpoints are made of. That follows change by change as they are delivered, so that a checkpoint names exactly what its
// reader has had.
#include "listing/watch_engine.hpp"

#include <algorithm>
#include <utility>

namespace refold::internal {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds firstBackoff{1000};

ExecutionQuery withoutStatus(ExecutionQuery query) {
    query.status.reset();
    query.sortAsc.reset();
    return query;
}

/// Servers take several for some parameters; the API calls any status "All".
std::vector<std::string> statusesOf(const ExecutionQuery& query) {
    std::vector<std::string> statuses;
    if (!query.status) return statuses;
    const std::string& text = query.status->value();
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string status = text.substr(begin, end - begin);
        if (status == "All") return {};
        if (!status.empty()) statuses.push_back(std::move(status));
        begin = end + 1;
    }
    return statuses;
}

std::optional<ExecutionStatus> singleStatus(const std::vector<std::string>& statuses) {
    if (statuses.size() != 1) return {};
    return ExecutionStatus(statuses.front());
}

const WatchOptions& checked(const WatchOptions& options, const ExecutionQuery& query) {
    const auto refuse = [](const char* argument, const std::string& message) {
        throw InvalidArgument(argument, message);
    };
    if (query.page) refuse("page", "page is set; a watch has no pages, leave it out");
    if (options.interval < milliseconds(1)) {
        refuse("interval", "interval is " + std::to_string(options.interval.count()) + " ms; it must be 1 ms or more");
    }
    if (options.maxInterval < options.interval) {
        refuse("maxInterval", "maxInterval is " + std::to_string(options.maxInterval.count()) +
                                  " ms; it must not be less than interval, which is " +
                                  std::to_string(options.interval.count()) + " ms");
    }
    if (options.maxInterval > std::chrono::hours(24)) {
        refuse("maxInterval",
               "maxInterval is " + std::to_string(options.maxInterval.count()) + " ms; it must not be more than a day");
    }
    return options;
}

WatchState initialState(const ExecutionQuery& query, const WatchOptions& options) {
    const std::uint64_t identity = watchIdentity(query);
    WatchState state;
    if (!options.resumeFrom.empty()) state = decodeWatchState(options.resumeFrom, identity);
    state.query = identity;
    if (!state.started && !state.floor && options.since) state.floor = options.since->time_since_epoch().count();
    return state;
}

bool isTransient(const Error& error, bool hasWorked) noexcept {
    if (const auto* const transport = dynamic_cast<const TransportError*>(&error)) {
        // A call's own time limit is no limit of the watch's. A name that could be resolved before will be again.
        return transport->isTransient() || transport->kind() == TransportError::Kind::timeout ||
               (hasWorked && transport->kind() == TransportError::Kind::resolve);
    }
    return error.isTransient();
}

}  // namespace

WatchEngine::WatchEngine(WatchParts parts, const ExecutionQuery& query, const WatchOptions& options)
    : parts_(std::move(parts)),
      query_(withoutStatus(query)),
      statuses_(statusesOf(query)),
      options_(checked(options, query)),
      state_(initialState(query, options)),
      openRuns_(*parts_.sources, query_, singleStatus(statuses_), state_, changes_, parts_.cancel),
      due_(parts_.clock->now()),
      lookBegan_(due_),
      wait_(options_.interval) {
}

void WatchEngine::advance() {
    while (true) {
        if (parts_.cancel.isCancelled()) throw Cancelled();
        if (deliverOne()) return;
        try {
            look();
        } catch (const Error& error) {
            if (!isTransient(error, report_.polls > 0)) throw;
            noteOutage(error);
        }
    }
}

bool WatchEngine::deliverOne() {
    while (!pending_.empty()) {
        SeenChange change = std::move(pending_.front());
        pending_.pop_front();
        learn(change);
        const bool matching = matches(change);
        if (matching) {
            current_ = {std::move(change.execution), std::move(change.previous)};
            standing_ = true;
            ++report_.changes;
        }
        if (pending_.empty()) settle();
        if (matching) return true;
    }
    return false;
}

void WatchEngine::learn(const SeenChange& change) {
    const bool isNew = !change.previous;
    if (isNew) state_.boundary[change.key] = change.place;
    const Execution& run = change.execution;
    if (run.status.isTerminal() || run.id.empty()) {
        state_.open.erase(change.key);
    } else {
        state_.open[change.key] = {run.id, run.status.value(), change.place, looks_};
    }
}

bool WatchEngine::matches(const SeenChange& change) const {
    const auto has = [this](const ExecutionStatus& status) {
        return std::find(statuses_.begin(), statuses_.end(), status.value()) != statuses_.end();
    };
    return statuses_.empty() || has(change.execution.status) || (change.previous && has(*change.previous));
}

/// All of a look is delivered.
void WatchEngine::settle() {
    state_.raiseFloor(floorAfter_);
    if (newestAfter_.empty()) return;
    state_.boundary.clear();
    for (const std::uint64_t key : newestAfter_) state_.boundary[key] = noPlace;
    newestAfter_.clear();
}

void WatchEngine::look() {
    if (!look_) {
        waitForTurn();
        lookBegan_ = parts_.clock->now();
        ++looks_;
        look_ = WatchLook();
    } else if (failures_ > 0) {
        waitForTurn();
    }
    WatchLook& look = *look_;
    if (!state_.started && !look.adopted) {
        // Before the newest runs are read: one that starts in between is found there, and is no change yet.
        openRuns_.adopt(state_.floor, looks_);
        look.adopted = true;
    }
    if (!look.headDone) lookAtHead(look);
    // Not while there is more to catch up with, or a run that ended would be told of before one that is older.
    if (!look.behind) openRuns_.run(look.floor, looks_);

    std::vector<SeenChange> seen = changes_.take();
    const bool quiet = seen.empty();
    PollEvent event;
    event.found = static_cast<std::int64_t>(seen.size());
    pending_.assign(std::make_move_iterator(seen.begin()), std::make_move_iterator(seen.end()));
    floorAfter_ = look.floor;
    const bool behind = look.behind;
    look_.reset();
    state_.started = true;
    ++report_.polls;
    noteRecovery();
    planNextLook(quiet, behind);
    if (quiet) settle();
    event.polls = report_.polls;
    event.wait = std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(due_ - parts_.clock->now()));
    tell(event);
}

HeadPassSetup WatchEngine::headSetup() const {
    HeadPassSetup setup;
    setup.query = query_;
    setup.adopts = !state_.started && !state_.floor;
    setup.look = looks_;
    if (!steps_.empty()) setup.ceiling = steps_.back();
    if (!datesUseless_ && state_.floor) {
        // Only a run that is known to stand at the floor shows that the answer reaches down to it.
        for (const auto& [key, place] : state_.boundary) {
            static_cast<void>(key);
            setup.dated = setup.dated || place == *state_.floor;
        }
    }
    return setup;
}

void WatchEngine::lookAtHead(WatchLook& look) {
    HeadPassSetup setup = headSetup();
    if (!look.head) {
        look.head = std::make_unique<HeadPass>(*parts_.sources, setup, state_, changes_, parts_.cancel);
    }
    look.head->run();
    if (setup.dated && !look.head->joined()) {
        // What stood at the floor has gone, or the server leaves it out: without a date there is no doubt.
        datesUseless_ = true;
        look.head.reset();
        setup.dated = false;
        look.head = std::make_unique<HeadPass>(*parts_.sources, setup, state_, changes_, parts_.cancel);
        look.head->run();
        datesUseless_ = look.head->metFloor();
    }
    HeadPass& head = *look.head;
    head.deliver();
    if (!steps_.empty() && !head.putOff()) steps_.pop_back();
    steps_.insert(steps_.end(), head.steps().begin(), head.steps().end());
    look.floor = head.floorAfter();
    look.behind = head.putOff() || setup.ceiling.has_value();
    if (head.dateless() && !look.floor) newestAfter_ = head.newest();
    look.headDone = true;
    look.head.reset();
}

void WatchEngine::waitForTurn() {
    if (!parts_.clock->sleepUntil(due_, parts_.cancel)) throw Cancelled();
}

void WatchEngine::planNextLook(bool quiet, bool behind) {
    wait_ = quiet ? std::min(wait_ * 2, options_.maxInterval) : options_.interval;
    // A look that took longer than the time between looks is not followed by the next at once.
    const Clock::TimePoint now = parts_.clock->now();
    due_ = behind ? now : std::max(lookBegan_ + wait_, now + wait_ / 2);
}

void WatchEngine::noteOutage(const Error& error) {
    const Clock::TimePoint now = parts_.clock->now();
    if (failures_ == 0) {
        outageBegan_ = now;
        ++report_.outages;
    }
    ++failures_;
    milliseconds most = firstBackoff;
    for (std::int64_t i = 1; i < failures_ && most < options_.maxInterval; ++i) most *= 2;
    most = std::min(most, options_.maxInterval);
    // Half of it for sure, since a look was a whole call with its own retries; half by chance, or all watches come back at once.
    milliseconds wait(
        static_cast<milliseconds::rep>(static_cast<double>(most.count()) * (0.5 + 0.5 * parts_.random->unit())));
    if (const auto* const api = dynamic_cast<const ApiError*>(&error)) {
        const milliseconds asked =
            std::min<milliseconds>(api->retryAfter().value_or(milliseconds(0)), std::chrono::hours(24));
        wait = std::max(wait, asked);
    }
    due_ = now + wait;
    tell({false, error.what(), failures_, wait, std::chrono::duration_cast<milliseconds>(now - outageBegan_)});
}

void WatchEngine::noteRecovery() {
    if (failures_ == 0) return;
    const auto lasted = parts_.clock->now() - outageBegan_;
    tell({true, {}, failures_, milliseconds(0), std::chrono::duration_cast<milliseconds>(lasted)});
    failures_ = 0;
}

void WatchEngine::tell(const OutageEvent& event) noexcept {
    if (parts_.observer == nullptr) return;
    try {
        parts_.observer->onOutage(event);
    } catch (...) {
        // Watching must not change what happens.
    }
}

void WatchEngine::tell(const PollEvent& event) noexcept {
    if (parts_.observer == nullptr) return;
    try {
        parts_.observer->onPoll(event);
    } catch (...) {
        // As above.
    }
}

std::string WatchEngine::checkpoint() const {
    WatchState state = state_;
    // As long as new runs are waiting to be delivered, everything from the oldest of them on stays open to doubt.
    if (!pending_.empty()) {
        std::optional<Place> floor = floorAfter_;
        for (const SeenChange& change : pending_) {
            // What has come back from below the floor is found there again.
            const bool isHead = !state_.floor || change.place >= *state_.floor;
            if (!change.previous && isHead && floor && change.place < *floor) floor = change.place;
        }
        state.raiseFloor(floor);
    }
    return encodeWatchState(state);
}

WatchReport WatchEngine::report() const noexcept {
    WatchReport report = report_;
    report.openRuns = static_cast<std::int64_t>(state_.open.size());
    return report;
}

}  // namespace refold::internal
