// Sorts, filters and changes the history.
#include "testing/history.hpp"

#include "testing/random.hpp"
#include "testing/run_json.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace refold::internal::fake {

namespace {

constexpr std::size_t cachedSelections = 8;

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// The vendor's pages spell sources differently ("API Call", "API_CALL"), so only letters are compared.
std::string lettersOnly(std::string_view text) {
    std::string result;
    for (const char c : lowered(text)) {
        if (c >= 'a' && c <= 'z') result += c;
    }
    return result;
}

bool isAny(std::string_view value) {
    return value.empty() || lowered(value) == "all";
}

/// Marks the matching entries of a table, so that each run costs one lookup.
template <class Wanted>
std::vector<char> mask(std::size_t size, Wanted wanted) {
    std::vector<char> result(size, 0);
    for (std::size_t i = 0; i < size; ++i) result[i] = wanted(i) ? 1 : 0;
    return result;
}

bool isBefore(const Run& a, const Run& b) {
    if (a.createdAt != b.createdAt) return a.createdAt < b.createdAt;
    if (!a.added && !b.added) return a.id < b.id;
    return a.idText() < b.idText();
}

}  // namespace

bool RunFilter::operator==(const RunFilter& other) const {
    return status == other.status && slugs == other.slugs && workflowId == other.workflowId &&
           workflowName == other.workflowName && executionId == other.executionId && type == other.type &&
           source == other.source && from == other.from && to == other.to;
}

bool RunFilter::onlyDates() const {
    return isAny(status) && slugs.empty() && workflowId.empty() && workflowName.empty() && executionId.empty() &&
           isAny(type) && isAny(source);
}

History::History(RunTables tables, std::vector<Run> runs, std::uint64_t seed, std::int64_t now)
    : tables_(std::move(tables)), runs_(std::move(runs)), startedAt_(now), idState_(seed ^ 0x5DEECE66DU) {
}

std::string History::add(refold::testing::FakeRun given) {
    if (!given.id.empty() && find(given.id))
        throw std::invalid_argument("FakeServer: there is a run " + given.id + " already");
    Run run;
    run.createdAt = given.createdAt ? given.createdAt->time_since_epoch().count()
                    : runs_.empty() ? std::int64_t{1781615700887}
                                    : runs_.back().createdAt + 1000;
    run.id = newId(run.createdAt);
    if (given.id.empty()) given.id = toHex(run.id);
    run.workflow = workflowOf(given);
    run.status = tables_.statuses.intern(given.status);
    run.type = tables_.types.intern(given.type);
    run.source = tables_.sources.intern(given.source);
    if (given.completionTime) run.completedAt = given.completionTime->time_since_epoch().count();
    std::string id = given.id;
    run.added = std::make_unique<const refold::testing::FakeRun>(std::move(given));

    cache_.clear();
    runs_.insert(std::upper_bound(runs_.begin(), runs_.end(), run, isBefore), std::move(run));
    return id;
}

bool History::remove(std::string_view id) {
    const auto at = find(id);
    if (!at) return false;
    cache_.clear();
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(*at));
    return true;
}

bool History::setStatus(std::string_view id, std::string_view status) {
    const auto at = find(id);
    if (!at) return false;
    cache_.clear();
    Run& run = runs_[*at];
    run.status = tables_.statuses.intern(status);
    if (!ExecutionStatus(std::string(status)).isTerminal()) {
        run.completedAt = 0;
    } else if (run.completedAt == 0) {
        run.completedAt = std::max(run.createdAt, now());
    }
    return true;
}

std::string History::runJson(std::string_view id) const {
    std::string text;
    appendRunJson(text, at(id), tables_);
    return text;
}

std::string History::statusOf(std::string_view id) const {
    return tables_.statuses[at(id).status];
}

bool History::isWrittenByTest(std::string_view id) const {
    const Run& run = at(id);
    return run.added && !run.added->json.empty();
}

std::string History::rerun(std::string_view id) {
    const Run& first = at(id);
    const Workflow& workflow = tables_.workflows[first.workflow];
    refold::testing::FakeRun next;
    next.workflowId = workflow.id;
    next.workflowName = workflow.name;
    next.slug = workflow.slug;
    next.applicationName = workflow.applicationName;
    next.type = tables_.types[first.type];
    next.source = tables_.sources[first.source];
    next.createdAt = Timestamp(std::chrono::milliseconds(std::max(now(), runs_.back().createdAt + 1)));
    const std::uint8_t account = first.account;
    std::string newId = add(std::move(next));
    runs_[*find(newId)].account = account;
    return newId;
}

std::size_t History::count(const RunFilter& filter) const {
    return select(filter).size();
}

void History::appendRuns(std::string& out, const RunFilter& filter, bool ascending, std::size_t first,
                         std::size_t count) const {
    const Selection selection = select(filter);
    const std::size_t total = selection.size();
    if (first >= total) return;
    const std::size_t last = first + std::min(count, total - first);
    for (std::size_t i = first; i < last; ++i) {
        if (i != first) out += ',';
        appendRunJson(out, runs_[selection.position(ascending ? i : total - 1 - i)], tables_);
    }
}

std::vector<std::string> History::ids(const RunFilter& filter, bool ascending) const {
    const Selection selection = select(filter);
    std::vector<std::string> result(selection.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[ascending ? i : result.size() - 1 - i] = runs_[selection.position(i)].idText();
    }
    return result;
}

History::Selection History::select(const RunFilter& filter) const {
    Selection selection;
    selection.end = runs_.size();
    if (filter.from != std::numeric_limits<std::int64_t>::min() ||
        filter.to != std::numeric_limits<std::int64_t>::max()) {
        const auto begin = std::lower_bound(runs_.begin(), runs_.end(), filter.from,
                                            [](const Run& run, std::int64_t time) { return run.createdAt < time; });
        const auto end = std::upper_bound(runs_.begin(), runs_.end(), filter.to,
                                          [](std::int64_t time, const Run& run) { return time < run.createdAt; });
        selection.begin = static_cast<std::size_t>(begin - runs_.begin());
        selection.end = std::max(selection.begin, static_cast<std::size_t>(end - runs_.begin()));
    }
    if (filter.onlyDates()) return selection;

    const auto known =
        std::find_if(cache_.begin(), cache_.end(), [&](const auto& entry) { return entry.filter == filter; });
    if (known != cache_.end()) return known->selection;
    selection.picked = std::make_shared<const std::vector<std::uint32_t>>(pick(filter, selection.begin, selection.end));
    if (cache_.size() == cachedSelections) cache_.erase(cache_.begin());
    cache_.push_back({filter, selection});
    return selection;
}

std::vector<std::uint32_t> History::pick(const RunFilter& filter, std::size_t begin, std::size_t end) const {
    std::vector<std::uint32_t> picked;
    if (!filter.executionId.empty()) {
        const auto at = find(filter.executionId);
        if (!at || *at < begin || *at >= end) return picked;
        begin = *at;
        end = *at + 1;
    }
    const std::string name = lowered(filter.workflowName);
    const std::string source = lettersOnly(filter.source);
    const auto statuses = mask(tables_.statuses.size(), [&](std::size_t i) {
        return isAny(filter.status) || tables_.statuses[i] == filter.status;
    });
    const auto types = mask(tables_.types.size(),
                            [&](std::size_t i) { return isAny(filter.type) || tables_.types[i] == filter.type; });
    const auto sources = mask(tables_.sources.size(), [&](std::size_t i) {
        return isAny(filter.source) || lettersOnly(tables_.sources[i]) == source;
    });
    const auto workflows = mask(tables_.workflows.size(), [&](std::size_t i) {
        const Workflow& workflow = tables_.workflows[i];
        return (filter.workflowId.empty() || workflow.id == filter.workflowId) &&
               (name.empty() || workflow.loweredName.find(name) != std::string::npos) &&
               (filter.slugs.empty() ||
                std::find(filter.slugs.begin(), filter.slugs.end(), workflow.slug) != filter.slugs.end());
    });
    for (std::size_t i = begin; i < end; ++i) {
        const Run& run = runs_[i];
        if ((statuses[run.status] & types[run.type] & sources[run.source] & workflows[run.workflow]) != 0) {
            picked.push_back(static_cast<std::uint32_t>(i));
        }
    }
    return picked;
}

std::optional<std::size_t> History::find(std::string_view id) const {
    const auto search = [&](auto begin, auto end) -> std::optional<std::size_t> {
        const auto it = std::find_if(
            begin, end, [&](const Run& run) { return run.added ? run.added->id == id : toHex(run.id) == id; });
        if (it == end) return std::nullopt;
        return static_cast<std::size_t>(it - runs_.begin());
    };
    // A generated id contains its time; only ids chosen by a test must be searched for.
    if (id.size() == 24 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos) {
        const std::int64_t second = std::stoll(std::string(id.substr(0, 8)), nullptr, 16) * 1000;
        const auto begin = std::lower_bound(runs_.begin(), runs_.end(), second,
                                            [](const Run& run, std::int64_t time) { return run.createdAt < time; });
        const auto end = std::lower_bound(begin, runs_.end(), second + 1000,
                                          [](const Run& run, std::int64_t time) { return run.createdAt < time; });
        if (const auto found = search(begin, end)) return found;
    }
    const auto it =
        std::find_if(runs_.begin(), runs_.end(), [&](const Run& run) { return run.added && run.added->id == id; });
    if (it == runs_.end()) return std::nullopt;
    return static_cast<std::size_t>(it - runs_.begin());
}

const Run& History::at(std::string_view id) const {
    const auto position = find(id);
    if (!position) throw std::out_of_range("FakeServer: there is no run " + std::string(id));
    return runs_[*position];
}

std::uint16_t History::workflowOf(const refold::testing::FakeRun& run) {
    for (std::size_t i = 0; i < tables_.workflows.size(); ++i) {
        const Workflow& known = tables_.workflows[i];
        if (known.id == run.workflowId && known.name == run.workflowName && known.slug == run.slug &&
            (known.slug.empty() || known.applicationName == run.applicationName)) {
            return static_cast<std::uint16_t>(i);
        }
    }
    Workflow workflow;
    workflow.id = run.workflowId;
    workflow.name = run.workflowName;
    workflow.slug = run.slug;
    workflow.applicationName = run.applicationName;
    workflow.applicationId = "6992cc7dc124a392c80e9f00";
    workflow.triggerEvent = lettersOnly(run.source) == "schedule" ? "Schedule" : run.source;
    finishWorkflow(workflow);
    tables_.workflows.push_back(std::move(workflow));
    return static_cast<std::uint16_t>(tables_.workflows.size() - 1);
}

ObjectId History::newId(std::int64_t createdAt) {
    return makeObjectId(createdAt, nextRandom(idState_));
}

std::int64_t History::now() const {
    const auto elapsed = std::chrono::steady_clock::now() - start_;
    return startedAt_ + std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
}

}  // namespace refold::internal::fake
