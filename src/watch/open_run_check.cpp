// How thousands of open runs are looked after with few requests. The runs of one status are listed, a hundred a request: an open run
// that is there has not changed. One that is not there has changed, or the listing has missed it; either way it is asked for, so
// that what is reported was seen and not guessed. Changes are rare among open runs, so this takes about open / 100 requests
// and one for each change.
//
// Where many have changed at once, a page that ends at the date of the newest of them shows that one and, as they tend to stand
// together, many others: never more requests than asking one by one, and a hundredth of them where they are dense.
// A server that pays no heed to the status leaves only these pages, and those take turns: the runs that were not seen for
// longest come first. Both are bounded for each look, so that a look ends; what is left is the next one's.
#include "listing/open_run_check.hpp"

#include "listing/page_size.hpp"

#include <refold/error.hpp>
#include <refold/timestamp.hpp>

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

namespace refold::internal {

namespace {

/// With fewer runs to ask for, a page of a hundred costs more than it saves.
constexpr std::size_t fewRuns = 3;
/// Pages that did not show the run whose date they end at, until they are given up.
constexpr int mostPageMisses = 3;

ExecutionQuery withStatus(ExecutionQuery query, const std::string& status) {
    query.status = status;
    return query;
}

bool isRefusal(const ApiError& error) noexcept {
    return error.status() == 400 || error.status() == 422;
}

}  // namespace

OpenRunCheck::OpenRunCheck(PageSources& sources, const ExecutionQuery& query,
                           const std::optional<ExecutionStatus>& status, WatchState& state, SeenChanges& changes,
                           const CancelToken& cancel)
    : sources_(sources), query_(query), status_(status), state_(state), changes_(changes), cancel_(cancel) {
}

void OpenRunCheck::adopt(std::optional<Place> since, std::uint64_t look) {
    if (!adopting_) {
        adopting_ = true;
        toSweep_ = {ExecutionStatus(ExecutionStatus::Running).value(),
                    ExecutionStatus(ExecutionStatus::Stopping).value()};
        if (status_ && !status_->isTerminal() &&
            std::find(toSweep_.begin(), toSweep_.end(), status_->value()) == toSweep_.end()) {
            toSweep_.push_back(status_->value());
        }
    }
    while (sweep_ || !toSweep_.empty()) {
        if (!sweep_) beginSweep(toSweep_.front(), look);
        while (Execution* const execution = nextSwept()) {
            const Place place = execution->createdAt ? execution->createdAt->time_since_epoch().count() : noPlace;
            if (since && place >= *since) continue;
            if (execution->id.empty()) continue;
            state_.open[ExecutionTraits::key(*execution)] = {execution->id, execution->status.value(), place, look};
        }
        sweep_.reset();
        if (!toSweep_.empty()) toSweep_.pop_front();
    }
    adopting_ = false;
}

void OpenRunCheck::run(std::optional<Place> floor, std::uint64_t look) {
    if (plannedLook_ != look) {
        plannedLook_ = look;
        swept_ = 0;
        asked_ = 0;
        if (!sweep_ && toSweep_.empty()) planSweeps(look);
    }
    while ((sweep_ || !toSweep_.empty()) && swept_ < mostSwept) {
        if (!sweep_) beginSweep(toSweep_.front(), look);
        Execution* const execution = nextSwept();
        if (execution == nullptr) {
            endSweep();
            continue;
        }
        ++swept_;
        takeSwept(*execution, floor, look);
    }
    askAfterSuspects(look);
}

void OpenRunCheck::planSweeps(std::uint64_t look) {
    std::set<std::string> statuses;
    for (const auto& [key, run] : state_.open) {
        static_cast<void>(key);
        if (run.confirmed != look) statuses.insert(run.status);
    }
    // Runs that come back to the status, from one that nobody could list, are found by sweeping it every time.
    if (status_) statuses.insert(status_->value());
    const bool mayAsk = suspects_.empty();
    for (const std::string& status : statuses) {
        const bool watched = status_ && status_->value() == status;
        if (watched && (status_->isTerminal() || status.empty())) continue;
        if (statusHonoured_ && unswept_.count(status) == 0) {
            toSweep_.push_back(status);
        } else if (mayAsk) {
            suspect(status, look);
        }
    }
}

void OpenRunCheck::beginSweep(const std::string& status, std::uint64_t look) {
    ListingOptions options;
    options.prefetch = 0;
    const ExecutionQuery query = withStatus(query_, status);
    sweep_ = Sweep{status, look, std::make_unique<ListingEngine>(sources_.of(query), query, options, cancel_)};
}

Execution* OpenRunCheck::nextSwept() {
    ListingEngine& listing = *sweep_->listing;
    try {
        sweep_->begun ? listing.advance() : listing.start();
    } catch (const ApiError& error) {
        if (!isRefusal(error)) throw;
        // It does not know this status as a filter.
        unswept_.insert(sweep_->status);
        return nullptr;
    }
    sweep_->begun = true;
    if (listing.atEnd()) return nullptr;
    Execution& execution = listing.current();
    if (execution.status.isTerminal()) {
        statusHonoured_ = false;
        return nullptr;
    }
    return &execution;
}

void OpenRunCheck::takeSwept(Execution& execution, std::optional<Place> floor, std::uint64_t look) {
    const std::uint64_t key = ExecutionTraits::key(execution);
    if (state_.open.count(key) > 0) {
        saw(execution, look);
        return;
    }
    const bool watched = status_ && status_->value() == sweep_->status;
    if (!watched || !floor || !execution.createdAt) return;
    const Place place = execution.createdAt->time_since_epoch().count();
    if (place < *floor) changes_.sawNew(key, place, 0, std::move(execution));
}

void OpenRunCheck::endSweep() {
    suspect(sweep_->status, sweep_->since);
    sweep_.reset();
    toSweep_.pop_front();
}

void OpenRunCheck::suspect(const std::string& status, std::uint64_t before) {
    std::vector<std::uint64_t> missing;
    for (const auto& [key, run] : state_.open) {
        if (run.status == status && run.confirmed < before) missing.push_back(key);
    }
    std::sort(missing.begin(), missing.end(), [this](std::uint64_t a, std::uint64_t b) {
        const OpenRun& left = state_.open.at(a);
        const OpenRun& right = state_.open.at(b);
        return std::tie(left.confirmed, right.place, a) < std::tie(right.confirmed, left.place, b);
    });
    for (const std::uint64_t key : missing) {
        if (suspected_.insert(key).second) suspects_.push_back(key);
    }
}

void OpenRunCheck::askAfterSuspects(std::uint64_t look) {
    while (!suspects_.empty() && asked_ < mostAsked) {
        const std::uint64_t key = suspects_.front();
        const auto open = state_.open.find(key);
        // The head pass, a sweep or another's page may have met it since.
        if (open != state_.open.end() && open->second.confirmed != look) {
            const bool byPage = suspects_.size() > fewRuns && pageMisses_ < mostPageMisses;
            if (!byPage || !askPage(key, look)) askRun(key, look);
        }
        suspected_.erase(key);
        suspects_.pop_front();
    }
}

bool OpenRunCheck::askPage(std::uint64_t key, std::uint64_t look) {
    const Place place = state_.open.at(key).place;
    if (place == noPlace) return false;
    PageRequest request;
    request.limit = query_.limit.value_or(PageSize::usual);
    request.endDate = Timestamp(std::chrono::milliseconds(place));
    // A server that ignores dates has shown a run from before the query's own.
    if (query_.startDate && *request.endDate < *query_.startDate) return false;
    ++asked_;
    Page<Execution> page = sources_.of(query_)->fetch(request, cancel_);
    for (Execution& execution : page.docs) {
        if (state_.open.count(ExecutionTraits::key(execution)) > 0) saw(execution, look);
    }
    const bool shown = state_.open.at(key).confirmed == look;
    pageMisses_ = shown ? 0 : pageMisses_ + 1;
    return shown;
}

void OpenRunCheck::askRun(std::uint64_t key, std::uint64_t look) {
    // By its id alone: it may have left the filters as well.
    ExecutionQuery query;
    query.executionId = state_.open.at(key).id;
    query.extra = query_.extra;
    PageRequest request;
    request.limit = 1;
    Page<Execution> page;
    ++asked_;
    try {
        page = sources_.of(query)->fetch(request, cancel_);
    } catch (const NotFoundError&) {
        // Some servers say so, and others answer with an empty page.
    }
    for (Execution& execution : page.docs) {
        if (ExecutionTraits::key(execution) == key) {
            saw(execution, look);
            return;
        }
    }
    // Another run than the one asked for: the server pays no heed to the id, and nothing is known of this run.
    if (page.docs.empty()) state_.open.erase(key);
}

void OpenRunCheck::saw(Execution& execution, std::uint64_t look) {
    const std::uint64_t key = ExecutionTraits::key(execution);
    changes_.sawOpen(key, state_.open.at(key), std::move(execution), look);
}

}  // namespace refold::internal
