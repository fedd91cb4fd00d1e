#include "error_groups.hpp"

#include <algorithm>

namespace cli {

void ErrorGroups::add(const refold::Execution& run, const FailureReason& reason) {
    const std::string folded = foldMessage(reason.message);
    ErrorGroup& group = groups_[{reason.node, folded}];
    group.node = reason.node;
    group.message = folded;
    ++group.runs;
    ++runs_;
    const std::string& name = run.associatedWorkflow.name;
    ++group.workflows[name.empty() ? run.associatedWorkflow.id : name];
    ++group.accounts[run.linkedAccountId];
    ++group.statuses[run.status.value()];
    const ErrorExample example{run.id, run.createdAt, reason.message};
    if (group.runs == 1 || example.createdAt < group.first.createdAt) group.first = example;
    if (group.runs == 1 || example.createdAt > group.last.createdAt) group.last = example;
}

std::vector<const ErrorGroup*> ErrorGroups::mostFrequentFirst() const {
    std::vector<const ErrorGroup*> sorted;
    for (const auto& [key, group] : groups_) sorted.push_back(&group);
    std::stable_sort(sorted.begin(), sorted.end(), [](const ErrorGroup* a, const ErrorGroup* b) {
        return a->runs != b->runs ? a->runs > b->runs : a->last.createdAt > b->last.createdAt;
    });
    return sorted;
}

NameCounts sortedCounts(const std::map<std::string, std::int64_t>& counts) {
    NameCounts sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

}  // namespace cli
