// Implements the simulated server and its record of the history.
#include "listing/history_simulator.hpp"

#include <refold/detail/page_envelope.hpp>
#include <refold/error.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

namespace refold::tests {

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t day = 86'400 * second;

std::int64_t floorTo(std::int64_t time, std::int64_t unit) {
    return time - time % unit;
}

std::string idOf(std::int64_t number) {
    return "run_" + std::to_string(number);
}

std::int64_t numberOf(const std::string& id) {
    return std::stoll(id.substr(4));
}

}  // namespace

HistorySimulator::HistorySimulator(const HistorySetup& setup) : setup_(setup), random_(setup.seed) {
    std::vector<std::int64_t> times;
    for (int i = 0; i < setup_.runs; ++i) times.push_back(nextTime());
    if (setup_.outside > 0) {
        const auto cut = static_cast<std::size_t>(setup_.outside);
        (setup_.ascending ? latest_ : earliest_) = setup_.ascending ? times[times.size() - 1 - cut] : times[cut];
    }
    for (const std::int64_t time : times) {
        Run run = make(time, true);
        // Some runs do not match yet, so that flips can make them match.
        if (random_() % 8 == 0) run.matches = run.steady = false;
        runs_.push_back(run);
        everKnown_.back() = run;
    }
    std::sort(runs_.begin(), runs_.end(), [this](const Run& a, const Run& b) { return before(a, b); });
}

bool HistorySimulator::before(const Run& a, const Run& b) const {
    const auto rank = [this](const Run& run) {
        const bool standsByTime = run.hasDate || setup_.server.field == DateField::missingAmong;
        const std::int64_t time = standsByTime ? run.time : -1;
        return std::pair(setup_.ascending ? time : -time, setup_.ascending ? run.number : -run.number);
    };
    return rank(a) < rank(b);
}

HistorySimulator::Run HistorySimulator::make(std::int64_t time, bool steady) {
    Run run;
    run.number = ++numbers_;
    run.time = time;
    run.steady = steady;
    switch (setup_.server.field) {
        case DateField::present:
            break;
        case DateField::missingSorted:
        case DateField::missingAmong:
            run.hasDate = run.showsDate = random_() % 20 != 0;
            break;
        case DateField::hidden:
            run.showsDate = random_() % 20 != 0;
            break;
        case DateField::absent:
            run.showsDate = false;
            break;
    }
    everKnown_.push_back(run);
    return run;
}

void HistorySimulator::insert(const Run& run) {
    const auto at =
        std::upper_bound(runs_.begin(), runs_.end(), run, [this](const Run& a, const Run& b) { return before(a, b); });
    runs_.insert(at, run);
}

/// Returns the date of the next new run.
std::int64_t HistorySimulator::nextTime() {
    if (atNewest_ == 0 || atNewest_ >= setup_.sharing) {
        newest_ += std::uniform_int_distribution<std::int64_t>(setup_.sharing > 1 ? 1 : 0, setup_.spacing)(random_);
        atNewest_ = 0;
    }
    ++atNewest_;
    return newest_;
}

int HistorySimulator::draw(double expected) {
    if (expected <= 0) return 0;
    return std::poisson_distribution<int>(expected)(random_);
}

/// Returns the index of a run. Half of the picks are near the reading position, where changes disturb a listing most.
std::size_t HistorySimulator::pick() {
    const std::size_t count = runs_.size();
    if (random_() % 2 == 0) return random_() % count;
    const std::size_t reach = 24;
    const std::size_t from = readingAt_ > reach / 2 ? readingAt_ - reach / 2 : 0;
    return std::min(count - 1, from + random_() % reach);
}

void HistorySimulator::moveOnce() {
    const Churn& churn = setup_.churn;
    for (int i = draw(churn.arrivals); i > 0; --i) {
        insert(make(nextTime(), false));
    }
    for (int i = draw(churn.insertions); i > 0 && !runs_.empty(); --i) insert(make(runs_[pick()].time, false));
    const auto setMatches = [this](bool matches) {
        Run& run = runs_[pick()];
        if (run.matches == matches) return;
        run.matches = matches;
        run.steady = false;
        everKnown_[static_cast<std::size_t>(run.number) - 1].steady = false;
    };
    for (int i = draw(churn.flipsIn); i > 0 && !runs_.empty(); --i) setMatches(true);
    for (int i = draw(churn.flipsOut); i > 0 && !runs_.empty(); --i) setMatches(false);
    for (int i = draw(churn.removals); i > 0 && !runs_.empty(); --i) {
        const std::size_t at = pick();
        everKnown_[static_cast<std::size_t>(runs_[at].number) - 1].steady = false;
        runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    for (int i = draw(churn.expiries); i > 0 && !runs_.empty(); --i) {
        const auto oldest = setup_.ascending ? runs_.begin() : runs_.end() - 1;
        everKnown_[static_cast<std::size_t>(oldest->number) - 1].steady = false;
        runs_.erase(oldest);
    }
}

void HistorySimulator::moveOn(int requests) {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (int i = 0; i < requests; ++i) moveOnce();
}

void HistorySimulator::setChurn(const Churn& churn) {
    const std::lock_guard<std::mutex> lock(mutex_);
    setup_.churn = churn;
}

void HistorySimulator::setFailures(double failures) {
    const std::lock_guard<std::mutex> lock(mutex_);
    setup_.failures = failures;
}

bool HistorySimulator::withinDates(const Run& run) const {
    const DateMode mode = setup_.server.dates;
    const std::optional<std::int64_t>& from = earliest_;
    const std::optional<std::int64_t>& to = latest_;
    if (mode == DateMode::ignored || (!from && !to)) return true;
    if (!run.hasDate) return false;
    const bool excludes = mode == DateMode::exclusive;
    std::int64_t unit = 1;
    if (mode == DateMode::secondFloor || mode == DateMode::secondCeiling) unit = second;
    if (mode == DateMode::dayFloor || mode == DateMode::dayCeiling) unit = day;
    const bool ceiling = mode == DateMode::secondCeiling || mode == DateMode::dayCeiling;
    if (to) {
        const std::int64_t last = ceiling ? floorTo(*to, unit) + unit - 1 : floorTo(*to, unit);
        if (excludes ? run.time >= *to : run.time > last) return false;
    }
    if (from) {
        const std::int64_t first = ceiling || unit == 1 ? floorTo(*from, unit) : floorTo(*from, unit) + unit;
        if (excludes ? run.time <= *from : run.time < first) return false;
    }
    return true;
}

/// Returns the runs from which pages are cut.
std::vector<const HistorySimulator::Run*> HistorySimulator::found() const {
    std::vector<const Run*> found;
    for (const Run& run : runs_) {
        if ((run.matches || setup_.server.filtersPages) && withinDates(run)) found.push_back(&run);
    }
    return found;
}

void HistorySimulator::distort(Page<Execution>& page) {
    const auto draw = [this](std::int64_t right) {
        const std::int64_t wrong[] = {0, 1, 7, right / 2, right + 1, 2 * right + 3, 1'000'000};
        return wrong[random_() % 7];
    };
    const Envelope envelope = setup_.server.envelope;
    if (envelope == Envelope::wrongPage || envelope == Envelope::wrong) page.page = draw(page.page);
    if (envelope == Envelope::wrongLimit || envelope == Envelope::wrong) page.limit = draw(page.limit);
    if (envelope == Envelope::wrongTotal || envelope == Envelope::wrong) {
        page.totalDocs = draw(page.totalDocs);
        page.totalPages = draw(page.totalPages);
    }
}

Page<Execution> HistorySimulator::answer(const internal::PageRequest& request) {
    const ServerTraits& server = setup_.server;
    std::int64_t counted = 0;
    if (server.countsFirst) {
        counted = static_cast<std::int64_t>(found().size());
        if (requests_ <= setup_.restAfter) moveOnce();
    }
    std::vector<const Run*> matching = found();
    if (server.shufflesTies) {
        for (auto from = matching.begin(); from != matching.end();) {
            const auto to =
                std::find_if(from, matching.end(), [&](const Run* run) { return run->time != (*from)->time; });
            std::shuffle(from, to, random_);
            from = to;
        }
    }
    std::int64_t limit = request.limit;
    if (server.cap) limit = std::min(limit, *server.cap);
    if (server.fixedSize) limit = *server.fixedSize;
    const auto size = static_cast<std::int64_t>(matching.size());
    const std::int64_t total = server.countsFirst ? counted : size;
    const std::int64_t from = std::min(size, (request.page - 1) * limit);
    const std::int64_t to = std::min(size, from + limit);

    Page<Execution> page;
    for (std::int64_t i = from; i < to; ++i) {
        const Run& run = *matching[static_cast<std::size_t>(i)];
        if (!run.matches) continue;
        Execution execution;
        execution.id = idOf(run.number);
        if (run.showsDate) execution.createdAt = Timestamp(std::chrono::milliseconds(run.time));
        page.docs.push_back(execution);
    }
    if (from < to) {
        const std::int64_t number = matching[static_cast<std::size_t>(to - 1)]->number;
        const auto last =
            std::find_if(runs_.begin(), runs_.end(), [&](const Run& run) { return run.number == number; });
        readingAt_ = static_cast<std::size_t>(last - runs_.begin());
    }
    internal::PageEnvelope envelope;
    envelope.hasNextPage = request.page * limit < total;
    if (server.namesTotal) {
        envelope.totalDocs = total;
        envelope.totalPages = (total + limit - 1) / limit;
    }
    if (server.namesLimit) envelope.limit = limit;
    if (server.namesPage) envelope.page = request.page;
    internal::completePage(page, envelope, request.page, request.limit);
    distort(page);
    return page;
}

Page<Execution> HistorySimulator::fetch(const internal::PageRequest& request, const CancelToken& cancel) {
    if (cancel.isCancelled()) throw Cancelled();
    Page<Execution> page;
    std::uint32_t waitBefore = 0;
    std::uint32_t waitAfter = 0;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        ++requests_;
        largestLimit_ = std::max(largestLimit_, request.limit);
        waitBefore = static_cast<std::uint32_t>(random_() % 60);
        waitAfter = static_cast<std::uint32_t>(random_() % 60);
        if (request.limit > setup_.server.timesOutAbove.value_or(request.limit)) {
            throw TransportError(TransportError::Kind::timeout, "the simulated server took too long");
        }
        if (request.limit > setup_.server.refusesAbove.value_or(request.limit)) {
            ApiErrorDetails details;
            details.status = 400;
            details.serverMessage = "limit must be at most " + std::to_string(*setup_.server.refusesAbove);
            throw ApiError("the simulated server refuses this", details);
        }
        if (setup_.failures > 0 && std::bernoulli_distribution(setup_.failures)(random_)) {
            throw TransportError(TransportError::Kind::reset, "the simulated connection was lost");
        }
    }
    if (setup_.slow) std::this_thread::sleep_for(std::chrono::microseconds(waitBefore));
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        page = answer(request);
        if (requests_ <= setup_.restAfter) moveOnce();
    }
    if (setup_.slow) std::this_thread::sleep_for(std::chrono::microseconds(waitAfter));
    return page;
}

ExecutionQuery HistorySimulator::query() const {
    ExecutionQuery query;
    if (setup_.ascending) query.sortAsc = true;
    if (earliest_) query.startDate = Timestamp(std::chrono::milliseconds(*earliest_));
    if (latest_) query.endDate = Timestamp(std::chrono::milliseconds(*latest_));
    return query;
}

/// True if the run lies within the query's dates as this server interprets them.
bool HistorySimulator::asked(const Run& run) const {
    if (setup_.server.dates != DateMode::ignored) return withinDates(run);
    return (!earliest_ || run.time >= *earliest_) && (!latest_ || run.time <= *latest_);
}

int HistorySimulator::requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
}

std::int64_t HistorySimulator::largestLimit() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return largestLimit_;
}

int HistorySimulator::maxSharing() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::map<std::int64_t, int> runs;
    int max = 0;
    for (const Run& run : everKnown_) max = std::max(max, ++runs[run.time]);
    return max;
}

std::vector<std::string> HistorySimulator::matchedThroughout() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<std::string> ids;
    for (const Run& run : runs_) {
        if (run.matches && run.steady && asked(run)) ids.push_back(idOf(run.number));
    }
    return ids;
}

std::string HistorySimulator::complaint(const std::vector<std::string>& delivered, bool mustBeAll) const {
    const std::vector<std::string> wanted = matchedThroughout();
    const std::lock_guard<std::mutex> lock(mutex_);
    std::set<std::string> unique;
    const Run* last = nullptr;
    for (const std::string& id : delivered) {
        if (!unique.insert(id).second) return id + " was delivered twice";
        const Run& run = everKnown_[static_cast<std::size_t>(numberOf(id)) - 1];
        // Without dates, or if the server ignores them, the position of a run that arrived meanwhile is unknown.
        if ((setup_.server.field != DateField::present || !mustBeAll) && !run.steady) continue;
        if (last != nullptr && before(run, *last) && run.time != last->time) {
            return id + " was delivered after " + idOf(last->number);
        }
        last = &run;
    }
    if (!mustBeAll) return {};
    for (const std::string& id : wanted) {
        if (unique.count(id) == 0) return id + " matched throughout and was not delivered";
    }
    return {};
}

}  // namespace refold::tests
