// Compares the status, the percentage, and each node's status and attempts.
#include "wait/run_state.hpp"

#include "text/clean_text.hpp"

#include <algorithm>
#include <cmath>

namespace refold::internal {
namespace {

constexpr std::size_t maxNameBytes = 100;

}  // namespace

const ExecutionNode* nodeAtWork(const ExecutionDetail& detail) noexcept {
    if (detail.nodes.empty()) return nullptr;
    const auto node = std::find_if(detail.nodes.begin(), detail.nodes.end(),
                                   [](const ExecutionNode& candidate) { return !candidate.status.isTerminal(); });
    return node == detail.nodes.end() ? &detail.nodes.back() : &*node;
}

RunState::RunState(const ExecutionDetail& detail) : status_(detail.status), percentage_(detail.completionPercentage) {
    if (const ExecutionNode* const node = nodeAtWork(detail)) nodeName_ = node->name.empty() ? node->id : node->name;
    nodes_.reserve(detail.nodes.size());
    for (const ExecutionNode& node : detail.nodes) nodes_.push_back({node.id, node.status, node.attemptsMade});
}

bool RunState::operator==(const RunState& other) const {
    const auto isSame = [](const NodeState& a, const NodeState& b) {
        return a.id == b.id && a.status == b.status && a.attemptsMade == b.attemptsMade;
    };
    return status_ == other.status_ && percentage_ == other.percentage_ &&
           std::equal(nodes_.begin(), nodes_.end(), other.nodes_.begin(), other.nodes_.end(), isSame);
}

std::string RunState::text() const {
    std::string text = status_.empty() ? "without a status" : cleanText(status_.value(), maxNameBytes);
    if (percentage_) text += " at " + std::to_string(std::lround(*percentage_)) + " %";
    if (!nodeName_.empty()) text += ", in node " + cleanText(nodeName_, maxNameBytes);
    return text;
}

}  // namespace refold::internal
