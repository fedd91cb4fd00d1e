// Counts independently of the order of the runs: --sort-asc gives the same summary.
#include "history_summary.hpp"

#include <algorithm>
#include <tuple>

namespace cli {
namespace {

/// An id and a name that read alike are not the same key.
std::string keyOf(const std::string& id, const std::string& name) {
    return id.empty() ? "n" + name : "i" + id;
}

bool isWorse(const RunGroup* a, const RunGroup* b) {
    const double rateOfA = a->counts.failureRate().value_or(-1);
    const double rateOfB = b->counts.failureRate().value_or(-1);
    if (rateOfA != rateOfB) return rateOfA > rateOfB;
    if (a->counts.failed() != b->counts.failed()) return a->counts.failed() > b->counts.failed();
    if (a->counts.total() != b->counts.total()) return a->counts.total() > b->counts.total();
    return std::tie(a->name, a->id) < std::tie(b->name, b->id);
}

bool isLater(const FailedRun& a, const FailedRun& b) {
    if (a.createdAt != b.createdAt) return a.createdAt > b.createdAt;
    return a.id < b.id;
}

}  // namespace

std::size_t RunGroups::add(const std::string& id, const std::string& name, const refold::Execution& run) {
    const auto [found, isNew] = indices_.try_emplace(keyOf(id, name), groups_.size());
    if (isNew) groups_.push_back({id, name, {}, {}, run.createdAt});
    RunGroup& group = groups_[found->second];
    group.counts.add(run.status, run.hasEnded());
    group.durations.add(run);
    if (run.createdAt && (!group.latest || *run.createdAt > *group.latest)) {
        group.latest = run.createdAt;
        if (!name.empty()) group.name = name;
    }
    if (group.name.empty()) group.name = name;
    return found->second;
}

std::vector<const RunGroup*> RunGroups::worstFirst() const {
    std::vector<const RunGroup*> sorted;
    sorted.reserve(groups_.size());
    for (const RunGroup& group : groups_) sorted.push_back(&group);
    std::sort(sorted.begin(), sorted.end(), isWorse);
    return sorted;
}

HistorySummary::RunIndices HistorySummary::add(const refold::Execution& run) {
    totals_.add(run.status, run.hasEnded());
    RunIndices indices;
    const auto [found, isNew] = statusIndices_.try_emplace(run.status, statuses_.size());
    if (isNew) statuses_.push_back({run.status, 0});
    indices.status = found->second;
    ++statuses_[indices.status].runs;
    indices.workflow = workflows_.add(run.associatedWorkflow.id, run.associatedWorkflow.name, run);
    indices.application = applications_.add(run.associatedApplication.id, run.associatedApplication.name, run);
    accounts_.add(run.linkedAccountId, run.linkedAccountId, run);
    environments_.add(run.environment.value(), run.environment.value(), run);
    durations_.add(run);
    if (run.createdAt) {
        buckets_.add(*run.createdAt, run.status, run.hasEnded());
    } else {
        ++undated_;
    }
    if (run.status.isFailure()) noteFailure(run);
    return indices;
}

void HistorySummary::noteFailure(const refold::Execution& run) {
    FailedRun failed;
    failed.id = run.id;
    failed.createdAt = run.createdAt;
    const auto position = std::upper_bound(latestFailures_.begin(), latestFailures_.end(), failed, isLater);
    if (position == latestFailures_.end() && latestFailures_.size() == maxFailures) return;
    failed.status = run.status;
    failed.workflowId = run.associatedWorkflow.id;
    failed.workflowName = run.associatedWorkflow.name;
    failed.applicationId = run.associatedApplication.id;
    failed.applicationName = run.associatedApplication.name;
    failed.account = run.linkedAccountId;
    latestFailures_.insert(position, std::move(failed));
    if (latestFailures_.size() > maxFailures) latestFailures_.pop_back();
}

std::vector<StatusCount> HistorySummary::statusesOf(RunOutcome outcome) const {
    std::vector<StatusCount> statuses;
    for (const StatusCount& status : statuses_) {
        if (runOutcomeOf(status.status) == outcome) statuses.push_back(status);
    }
    std::sort(statuses.begin(), statuses.end(), [](const StatusCount& a, const StatusCount& b) {
        return a.runs != b.runs ? a.runs > b.runs : a.status.value() < b.status.value();
    });
    return statuses;
}

}  // namespace cli
