// Why this misses nothing. Below the floor everything is known, or older than the watch. Above it, a run is known by its id. The
// listing delivers every run that is there throughout the pass, newest first, so going down to the first run below the floor
// covers all above it, whatever came meanwhile; what came meanwhile stands above the floor in the next pass as well, since the
// floor is never raised above what was seen. Nothing is forgotten above the floor, so nothing comes twice.
#include "listing/head_pass.hpp"

#include <refold/timestamp.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace refold::internal {

namespace {

/// How many ids stand for the place where runs without dates are known from; a page.
constexpr std::size_t datelessIds = 100;

Timestamp toTimestamp(Place place) {
    return Timestamp(std::chrono::milliseconds(place));
}

ExecutionQuery queryOf(const HeadPassSetup& setup, const WatchState& state) {
    ExecutionQuery query = setup.query;
    if (setup.dated && state.floor) {
        // A millisecond more, for a server that excludes the bound itself.
        const Timestamp from = toTimestamp(*state.floor - 1);
        query.startDate = query.startDate ? std::max(*query.startDate, from) : from;
        // Behind the query's own end nothing is new, but what is open still changes.
        if (query.endDate) query.startDate = std::min(*query.startDate, *query.endDate);
    }
    if (setup.ceiling) {
        const Timestamp to = toTimestamp(*setup.ceiling + 1);
        query.endDate = query.endDate ? std::min(*query.endDate, to) : to;
        if (query.startDate) query.endDate = std::max(*query.startDate, *query.endDate);
    }
    return query;
}

ListingOptions inTheReadersThread() {
    ListingOptions options;
    options.prefetch = 0;
    return options;
}

}  // namespace

HeadPass::HeadPass(PageSources& sources, const HeadPassSetup& setup, WatchState& state, SeenChanges& changes,
                   const CancelToken& cancel)
    : setup_(setup),
      state_(state),
      changes_(changes),
      listing_(sources.of(queryOf(setup, state)), queryOf(setup, state), inTheReadersThread(), cancel),
      // Without a floor every run is read.
      joined_(!state.floor) {
}

void HeadPass::run() {
    while (!passed_ && !ended_) {
        begun_ ? listing_.advance() : listing_.start();
        begun_ = true;
        if (listing_.atEnd()) {
            ended_ = true;
            place(noPlace);
        } else {
            read(listing_.current());
        }
    }
}

void HeadPass::read(Execution& execution) {
    const std::optional<Timestamp> date = execution.createdAt;
    Item item{ExecutionTraits::key(execution), std::move(execution)};
    if (newest_.size() < datelessIds) newest_.push_back(item.key);
    if (date) {
        const Place here = date->time_since_epoch().count();
        anyDate_ = true;
        place(here);
        if (!passed_) judge(item, here);
        return;
    }
    if (!anyDate_ && !state_.floor) {
        // Nothing has a date: what stands behind a known run and is not known is older than the watch.
        const bool known = state_.knows(item.key);
        metKnown_ = metKnown_ || known;
        const bool enough = setup_.adopts ? newest_.size() >= datelessIds : metKnown_ && !known;
        if (enough) {
            if (setup_.adopts) undated_.push_back(std::move(item));
            passed_ = true;
            place(noPlace);
            return;
        }
    }
    undated_.push_back(std::move(item));
}

void HeadPass::place(Place place) {
    std::deque<Item> items;
    items.swap(undated_);
    for (Item& item : items) judge(item, place);
}

void HeadPass::judge(Item& item, Place place) {
    if (state_.floor && place < *state_.floor) {
        // The end of the listing is no run: where it has ended above the floor, it has not been seen to reach it.
        if (place == noPlace) return;
        joined_ = true;
        passed_ = true;
        return;
    }
    if (setup_.adopts && count_ >= boundarySize && place < *top_) {
        state_.floor = top_;
        passed_ = true;
        return;
    }
    if (state_.floor && place == *state_.floor) joined_ = metFloor_ = true;
    if (++count_ <= boundarySize) top_ = place;

    const auto open = state_.open.find(item.key);
    if (setup_.adopts) {
        state_.boundary[item.key] = place;
        if (open != state_.open.end()) state_.open.erase(open);
        if (!item.execution.status.isTerminal() && !item.execution.id.empty()) {
            state_.open[item.key] = {item.execution.id, item.execution.status.value(), place, setup_.look};
        }
        return;
    }
    if (open != state_.open.end()) {
        changes_.sawOpen(item.key, open->second, std::move(item.execution), setup_.look);
        return;
    }
    if (state_.boundary.count(item.key) == 0) hold(item, place);
}

void HeadPass::hold(Item& item, Place place) {
    fresh_.push_back({item.key, place, std::move(item.execution)});
    ++freshCount_;
    if (place == noPlace || fresh_.size() <= mostHeld) return;
    // The oldest are kept, as they are to be delivered first.
    if (static_cast<std::size_t>(putOff_) % mostHeld == 0) steps_.push_back(fresh_.front().place);
    fresh_.pop_front();
    ++putOff_;
}

void HeadPass::deliver() {
    auto order = static_cast<std::int64_t>(fresh_.size());
    for (Fresh& fresh : fresh_) {
        changes_.sawNew(fresh.key, fresh.place, --order, std::move(fresh.execution));
    }
}

std::optional<Place> HeadPass::floorAfter() const {
    std::optional<Place> floor = state_.floor;
    const auto raiseTo = [&floor](Place place) {
        if (place != noPlace && (!floor || place > *floor)) floor = place;
    };
    if (putOff_ > 0 || setup_.ceiling) {
        if (!fresh_.empty()) raiseTo(fresh_.front().place);
    } else if (count_ >= boundarySize && top_) {
        raiseTo(*top_);
    }
    return floor;
}

}  // namespace refold::internal
