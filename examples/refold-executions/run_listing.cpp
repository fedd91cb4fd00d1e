// A run may change its status while the listings are read, and must be neither missed nor delivered twice. Statuses
// change from open to final, never back. So the listings of open statuses are read first, to their end, in the order of
// a run's life; those of final statuses lose no runs, and are merged by date.
#include "run_listing.hpp"

#include "exit_code.hpp"

#include <algorithm>
#include <sstream>
#include <tuple>
#include <utility>

namespace cli {
namespace {

constexpr const char* mergedMark = "merged1";

/// The order of a run's life; unknown statuses are placed in the middle.
int stageOf(const refold::ExecutionStatus& status) {
    if (status.isTerminal()) return 3;
    if (status == "QUEUED") return 0;
    return status == refold::ExecutionStatus::Stopping ? 2 : 1;
}

std::string asWord(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || c == '.' || c == ',';
        constexpr const char* digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (plain) {
            word += c;
        } else {
            word.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
    return word.empty() ? "." : word;
}

}  // namespace

RunListing::RunListing(const refold::Client& client, const Filters& filters, const refold::ListingOptions& options,
                       const refold::CallOptions& call)
    : ascending_(filters.query.sortAsc.value_or(false)), maxItems_(options.maxItems) {
    refold::ExecutionQuery query = filters.datedQuery();
    if (filters.statuses.size() < 2) {
        if (!filters.statuses.empty()) query.status = filters.statuses.front();
        streams_.emplace_back(client.executions(query, options, call));
        return;
    }
    std::vector<refold::ExecutionStatus> statuses = filters.statuses;
    std::stable_sort(statuses.begin(), statuses.end(),
                     [](const auto& a, const auto& b) { return stageOf(a) < stageOf(b); });
    for (const refold::ExecutionStatus& status : statuses) statuses_ += (statuses_.empty() ? "" : ",") + status.value();
    resume(options.resumeFrom, query);
    // Pages are those of the merged listing.
    if (query.page && options.resumeFrom.empty()) skip_ = (*query.page - 1) * query.limit.value_or(0);
    query.page = {};
    refold::ListingOptions each = options;
    each.resumeFrom.clear();
    if (each.maxItems) *each.maxItems += skip_;
    for (const refold::ExecutionStatus& status : statuses) {
        query.status = status;
        streams_.emplace_back(client.executions(query, each, call));
        streams_.back().readsAhead = stageOf(status) < 3;
    }
}

/// Goes on at the date of the run that was delivered last: what lies before it was delivered, and of that date what is
/// named.
void RunListing::resume(const std::string& position, refold::ExecutionQuery& query) {
    if (position.empty()) return;
    std::istringstream in(position);
    std::string mark;
    std::string statuses;
    std::string date;
    if (!(in >> mark >> statuses >> date) || mark != mergedMark || statuses != asWord(statuses_)) {
        throw UsageError("--checkpoint: the export was started with other statuses; give the same flags to resume it");
    }
    for (std::string id; in >> id;) {
        atFrontier_.insert(id);
        undated_.insert(id);
    }
    frontier_ = refold::parseTimestamp(date);
    resumedAt_ = frontier_;
    if (!frontier_) return;
    std::optional<refold::Timestamp>& bound = ascending_ ? query.startDate : query.endDate;
    if (!bound || (ascending_ ? *bound < *frontier_ : *bound > *frontier_)) bound = frontier_;
}

const refold::Execution* RunListing::next() {
    for (; skip_ > 0; --skip_) {
        if (nextMerged() == nullptr) break;
    }
    if (maxItems_ && delivered_ >= *maxItems_) return nullptr;
    const refold::Execution* run = nullptr;
    if (isMerged()) {
        run = nextMerged();
    } else {
        Stream& stream = streams_.front();
        if (start(stream)) step(stream);
        run = headOf(stream);
    }
    if (run == nullptr) {
        reachedEnd_ = true;
    } else {
        ++delivered_;
    }
    return run;
}

/// False at the first call, which moves the stream to its first run.
bool RunListing::start(Stream& stream) {
    if (stream.at) return true;
    stream.at.emplace(stream.listing.begin());
    stream.ended = *stream.at == stream.listing.end();
    return false;
}

void RunListing::readAhead(Stream& stream) {
    for (start(stream); !stream.ended;) {
        stream.ahead.push_back(**stream.at);
        ++*stream.at;
        stream.ended = *stream.at == stream.listing.end();
    }
}

const refold::Execution* RunListing::headOf(Stream& stream) {
    if (stream.readsAhead) return stream.ahead.empty() ? nullptr : &stream.ahead.front();
    return stream.ended ? nullptr : &**stream.at;
}

void RunListing::step(Stream& stream) {
    if (stream.readsAhead) {
        stream.ahead.pop_front();
    } else if (!stream.ended) {
        ++*stream.at;
        stream.ended = *stream.at == stream.listing.end();
    }
}

refold::Timestamp RunListing::dateOf(Stream& stream, const refold::Execution& run) const {
    if (run.createdAt) stream.date = run.createdAt;
    return stream.date.value_or(ascending_ ? refold::Timestamp::min() : refold::Timestamp::max());
}

bool RunListing::wasDelivered(const refold::Execution& run) const {
    if (seen_.count(run.id) > 0) return true;
    if (!resumedAt_) return false;
    if (!run.createdAt) return undated_.count(asWord(run.id)) > 0;
    if (*run.createdAt == *resumedAt_) return atFrontier_.count(asWord(run.id)) > 0;
    return ascending_ ? *run.createdAt < *resumedAt_ : *run.createdAt > *resumedAt_;
}

const refold::Execution* RunListing::nextMerged() {
    if (!std::exchange(started_, true)) {
        for (Stream& stream : streams_) {
            if (stream.readsAhead) readAhead(stream);
        }
        for (Stream& stream : streams_) {
            if (!stream.readsAhead) start(stream);
        }
    }
    for (;;) {
        Stream* best = nullptr;
        refold::Timestamp bestDate = {};
        for (Stream& stream : streams_) {
            const refold::Execution* const run = headOf(stream);
            if (run == nullptr) continue;
            const refold::Timestamp date = dateOf(stream, *run);
            // Runs of the same millisecond are ordered by id, whichever listing they come from.
            const auto place = std::tie(date, run->id);
            const auto bestPlace = std::tie(bestDate, best != nullptr ? headOf(*best)->id : run->id);
            if (best != nullptr && (ascending_ ? place >= bestPlace : place <= bestPlace)) continue;
            best = &stream;
            bestDate = date;
        }
        if (best == nullptr) return nullptr;
        current_ = *headOf(*best);
        step(*best);
        if (wasDelivered(current_)) continue;
        seen_.insert(current_.id);
        if (current_.createdAt && current_.createdAt != frontier_) {
            frontier_ = current_.createdAt;
            atFrontier_.clear();
        }
        (current_.createdAt ? atFrontier_ : undated_).insert(asWord(current_.id));
        return &current_;
    }
}

std::int64_t RunListing::total() const {
    std::int64_t sum = 0;
    for (const Stream& stream : streams_) sum += stream.listing.report().totalDocsAtEnd;
    return sum;
}

bool RunListing::complete() const {
    if (!isMerged()) return streams_.front().listing.report().complete;
    return reachedEnd_;
}

bool RunListing::verified() const {
    return std::all_of(streams_.begin(), streams_.end(),
                       [](const Stream& stream) { return stream.listing.report().verified; });
}

std::string RunListing::checkpoint() const {
    if (!isMerged()) return streams_.front().listing.checkpoint();
    std::set<std::string> ids = undated_;
    ids.insert(atFrontier_.begin(), atFrontier_.end());
    if (!frontier_ && ids.empty()) return {};
    std::string text = std::string(mergedMark) + " " + asWord(statuses_) + " ";
    text += frontier_ ? refold::formatTimestamp(*frontier_) : std::string("-");
    for (const std::string& id : ids) text += " " + id;
    return text;
}

}  // namespace cli
