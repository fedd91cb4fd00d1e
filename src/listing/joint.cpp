// Judges by sort keys, or by item keys if sort keys are missing or out of order.
#include "listing/joint.hpp"

namespace refold::internal {
namespace {

std::vector<std::size_t> unknownFrom(const JointQuestion& question, std::size_t first) {
    std::vector<std::size_t> fresh;
    for (std::size_t i = first; i < question.page.items.size(); ++i) {
        if (!question.frontier.knows(question.page.items[i].key)) fresh.push_back(i);
    }
    return fresh;
}

/// True if ranks decide and the page contains the expected rank of the next item.
bool mayAssumeByRank(const JointQuestion& question) {
    const std::int64_t next = question.frontier.nextRank();
    return question.visibility == Visibility::byRank && question.request.firstRank() <= next &&
           question.request.endRank() > next;
}

/// Joined if the page has new items or is the last one; otherwise it ends too early.
JointAnswer joinedWith(const JointQuestion& question, std::vector<std::size_t> fresh) {
    const Joint joint = !fresh.empty() || question.isShort ? Joint::joined : Joint::early;
    return {joint, std::move(fresh)};
}

JointAnswer judgeEmpty(const JointQuestion& question) {
    if (question.request.page == 1 && !question.page.hasNextPage) return {Joint::joined, {}};
    if (mayAssumeByRank(question)) return {Joint::assumed, {}};
    return {question.page.hasNextPage ? Joint::unseen : Joint::late, {}};
}

/// If the order is stable, every item after the last known one is new.
JointAnswer judgeByKeys(const JointQuestion& question) {
    const auto& items = question.page.items;
    std::size_t behindKnown = items.size();
    while (behindKnown > 0 && !question.frontier.knows(items[behindKnown - 1].key)) --behindKnown;
    if (behindKnown > 0) return joinedWith(question, unknownFrom(question, behindKnown));
    const bool isWhole = question.request.page == 1 && question.isShort;
    if (isWhole) return {Joint::joined, unknownFrom(question, 0)};
    if (!mayAssumeByRank(question)) return {};
    return {Joint::assumed, unknownFrom(question, static_cast<std::size_t>(question.frontier.nextRank() -
                                                                           question.request.firstRank()))};
}

/// True if the page begins with the frontier's last items at the ranks where they were delivered, in the same order,
/// and has no other known item. In a quiet history this shows that no item of the same date has moved across the
/// beginning of the page.
bool beginsAsBefore(const JointQuestion& question) {
    const auto& items = question.page.items;
    const std::int64_t overlap = question.frontier.nextRank() - question.request.firstRank();
    if (overlap < 1 || overlap > question.page.size()) return false;
    for (std::int64_t i = 0; i < question.page.size(); ++i) {
        const std::uint64_t key = items[static_cast<std::size_t>(i)].key;
        if (i < overlap ? question.frontier.distance(key) != overlap - 1 - i : question.frontier.knows(key))
            return false;
    }
    return true;
}

JointAnswer judgeTied(const JointQuestion& question, std::vector<std::size_t> fresh) {
    if (question.isQuiet && beginsAsBefore(question)) return joinedWith(question, std::move(fresh));
    if (question.visibility == Visibility::full) return {Joint::tied, {}};
    const Joint byKeys = judgeByKeys(question).joint;
    if (byKeys != Joint::joined && !mayAssumeByRank(question))
        return {byKeys == Joint::early ? byKeys : Joint::tied, {}};
    return {fresh.empty() && !question.isShort ? Joint::early : Joint::assumed, std::move(fresh)};
}

JointAnswer judgeBySortKeys(const JointQuestion& question) {
    const auto& items = question.page.items;
    const SortKey here = *question.frontier.last().sortKey;
    std::size_t from = 0;
    while (from < items.size() && *items[from].sortKey < here) ++from;
    std::vector<std::size_t> fresh = unknownFrom(question, from);
    if (question.request.page == 1 || *items.front().sortKey < here) return joinedWith(question, std::move(fresh));
    if (*items.front().sortKey == here) return judgeTied(question, std::move(fresh));
    if (mayAssumeByRank(question)) return {Joint::assumed, std::move(fresh)};
    return {Joint::late, {}};
}

}  // namespace

JointAnswer judgeJoint(const JointQuestion& question) {
    if (question.frontier.empty()) return {Joint::joined, unknownFrom(question, 0)};
    if (question.page.items.empty()) return judgeEmpty(question);
    const bool bySortKeys = question.frontier.last().sortKey.has_value() && isInOrder(question.page);
    return bySortKeys ? judgeBySortKeys(question) : judgeByKeys(question);
}

}  // namespace refold::internal
