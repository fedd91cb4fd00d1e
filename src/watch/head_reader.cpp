// This misses nothing: below the floor every run is known, or older than the watch. Above it, a run is known by its
// key. The listing delivers every run that is there throughout, newest first, so reading down to the first run below
// the floor covers all above it. What comes meanwhile is above the floor in the next poll as well, since the floor
// never rises above what was seen. Nothing is forgotten above the floor, so nothing comes twice.
#include "watch/head_reader.hpp"

#include "listing/execution_cursor.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace refold::internal {
namespace {

/// The number of keys that mark the boundary if runs have no dates: a page.
constexpr std::size_t maxNewestKeys = 100;
/// The number of runs without a date in a row that end a poll, since a server lists them last.
constexpr std::size_t maxUndated = 100;

/// How long the service keeps runs.
constexpr std::chrono::hours retention = std::chrono::hours(24) * 30;

Timestamp toTimestamp(CreationTime time) {
    return Timestamp(std::chrono::milliseconds(time));
}

}  // namespace

HeadReader::HeadReader(std::unique_ptr<ListingCursor<Execution>> listing, const Setup& setup, WatchState& state,
                       SeenChanges& changes)
    : listing_(std::move(listing)), setup_(setup), state_(state), changes_(changes) {
}

void HeadReader::read() {
    if (passed_) return;
    while (!passed_) {
        if (Execution* const execution = next()) {
            take(*execution);
        } else {
            passed_ = true;
            dateUndated(undated);
        }
    }
    if (isDateless()) state_.floor.reset();
    finish();
}

Execution* HeadReader::next() {
    if (started_) {
        listing_->advance();
    } else {
        listing_->start();
        started_ = true;
    }
    return listing_->atEnd() ? nullptr : &listing_->current();
}

void HeadReader::take(Execution& execution) {
    const CreationTime created = creationTime(execution);
    SeenChange run{executionKey(execution), created, 0, std::move(execution), {}};
    if (newest_.size() < maxNewestKeys) newest_.push_back(run.key);
    if (created == undated) {
        if (undated_.size() >= maxUndated && endsDated()) return;
        const bool isEnough = endsUndated(run.key);
        if (!isEnough || setup_.adopts) undated_.push_back(std::move(run));
        if (isEnough) {
            passed_ = true;
            dateUndated(undated);
        }
        return;
    }
    oldest_ = created;
    dateUndated(created);
    judge(std::move(run));
    if (!passed_ && held_.wantsMark()) held_.mark(listing_->checkpoint());
}

/// If no run has a date, the order decides: an unknown run after a known one is older than the watch.
bool HeadReader::endsUndated(std::uint64_t key) {
    if (oldest_ || state_.floor) return false;
    if (setup_.adopts) return newest_.size() >= maxNewestKeys;
    const bool isKnown = state_.knows(key);
    hasMetKnown_ = hasMetKnown_ || isKnown;
    return hasMetKnown_ && !isKnown;
}

/// Ends at runs without a date behind dated ones: they are older than the watch. Without a dated run, a floor that no
/// run has confirmed (`WatchOptions::since`) finds none either.
bool HeadReader::endsDated() {
    const bool isUnconfirmed = state_.floor && state_.boundary.empty();
    if (!oldest_ && !isUnconfirmed) return false;
    undated_.clear();
    met(false);
    passed_ = true;
    // Below it are only the runs that were left out.
    if (setup_.adopts) state_.floor = oldest_;
    return true;
}

/// True if the server sends no dates, so that the floor of `WatchOptions::since` says nothing.
bool HeadReader::isDateless() const {
    return state_.floor && state_.boundary.empty() && !oldest_ && !newest_.empty();
}

void HeadReader::dateUndated(CreationTime created) {
    std::vector<SeenChange> runs;
    runs.swap(undated_);
    for (SeenChange& run : runs) {
        run.created = created;
        judge(std::move(run));
    }
}

void HeadReader::judge(SeenChange run) {
    const auto open = state_.open.find(run.key);
    const bool isOpen = open != state_.open.end();
    if (state_.floor && run.created < *state_.floor) {
        if (isOpen) changes_.sawOpen(run.key, open->second, std::move(run.execution), setup_.poll);
        met(isOpen);
        passed_ = passed_ || run.created != undated;
        return;
    }
    if (setup_.adopts && count_ >= boundarySize && run.created < *top_) {
        state_.floor = top_;
        passed_ = true;
        return;
    }
    if (++count_ <= boundarySize) top_ = run.created;

    if (setup_.adopts) {
        state_.boundary[run.key] = run.created;
        state_.learn(run.key, run.execution, run.created, setup_.poll);
    } else if (isOpen) {
        met(isOpen);
        changes_.sawOpen(run.key, open->second, std::move(run.execution), setup_.poll);
    } else if (state_.boundary.count(run.key) > 0) {
        met(isOpen);
    } else {
        if (run.created != undated) oldestNew_ = run.created;
        held_.add(std::move(run));
    }
}

void HeadReader::met(bool isOpen) {
    hasMetKnown_ = true;
    hasMetEnded_ = hasMetEnded_ || !isOpen;
}

void HeadReader::finish() {
    floorAfter_ = state_.floor;
    std::optional<CreationTime> risen = held_.newest();
    if (!isBehind()) risen = count_ >= boundarySize ? top_ : std::nullopt;
    if (risen && *risen != undated && (!floorAfter_ || *risen > *floorAfter_)) floorAfter_ = risen;
    held_.moveTo(changes_);
}

std::vector<std::uint64_t> HeadReader::newestKeys() const {
    const bool isDateless = !oldest_ && !floorAfter_;
    return isDateless ? newest_ : std::vector<std::uint64_t>();
}

std::optional<WatchGap> HeadReader::gap(CreationTime now) const {
    if (hasMetEnded_ || setup_.adopts) return std::nullopt;
    CreationTime newestKnown = state_.floor.value_or(undated);
    bool hasLostEnded = false;
    for (const auto& [key, created] : state_.boundary) {
        newestKnown = std::max(newestKnown, created);
        hasLostEnded = hasLostEnded || state_.open.count(key) == 0;
    }
    const bool hasLostAll = !state_.boundary.empty() && !hasMetKnown_;
    // Runs alone prove nothing if there were none, or if those that were open are still there.
    const bool isOld = state_.polled && now - *state_.polled > std::chrono::milliseconds(retention).count();
    if (!hasLostEnded && !hasLostAll && !isOld) return std::nullopt;

    if (newestKnown == undated) newestKnown = state_.polled.value_or(undated);
    WatchGap gap;
    if (newestKnown != undated) gap.from = toTimestamp(newestKnown);
    if (oldestNew_) gap.to = toTimestamp(*oldestNew_);
    return gap;
}

}  // namespace refold::internal
