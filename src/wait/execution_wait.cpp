// The rhythm of the looks, and what is borne between them.
#include "listing/execution_wait.hpp"

#include "time/duration_text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace refold::internal {

namespace {

using std::chrono::milliseconds;

// Longer ones are as good as none, and would overflow when added to now.
constexpr milliseconds longest = std::chrono::hours(24 * 365);
// How long an outage is borne in a wait that has no timeout of its own.
constexpr milliseconds longestOutage = std::chrono::minutes(5);
// A wait whose next look would come too late looks once more so long before its end.
constexpr milliseconds lastLook{1000};

void requirePositive(const char* name, milliseconds time) {
    if (time.count() > 0) return;
    throw InvalidArgument(name,
                          std::string(name) + " is " + std::to_string(time.count()) + " ms: it must be more than 0");
}

/// Ids and statuses are the user's and the server's words, and end in a message.
std::string printable(const std::string& text) {
    constexpr std::size_t most = 100;
    std::string clean = text.substr(0, most);
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7f'; };
    std::replace_if(clean.begin(), clean.end(), isControl, '?');
    return clean;
}

const ExecutionNode* nodeAtWork(const ExecutionDetail& detail) noexcept {
    if (detail.nodes.empty()) return nullptr;
    const auto node = std::find_if(detail.nodes.begin(), detail.nodes.end(),
                                   [](const ExecutionNode& candidate) { return !candidate.status.isTerminal(); });
    return node == detail.nodes.end() ? &detail.nodes.back() : &*node;
}

}  // namespace

RunState::RunState(const ExecutionDetail& detail) : status(detail.status), percentage(detail.completionPercentage) {
    nodes.reserve(detail.nodes.size());
    for (const ExecutionNode& node : detail.nodes) nodes.push_back({node.id, node.status, node.attemptsMade});
}

bool RunState::operator==(const RunState& other) const {
    const auto same = [](const NodeState& a, const NodeState& b) {
        return a.id == b.id && a.status == b.status && a.attemptsMade == b.attemptsMade;
    };
    return status == other.status && percentage == other.percentage &&
           std::equal(nodes.begin(), nodes.end(), other.nodes.begin(), other.nodes.end(), same);
}

ExecutionWait::ExecutionWait(const std::string& id, DetailSource& source, const WaitOptions& options, Clock& clock,
                             const CancelToken& cancel)
    : id_(id),
      source_(source),
      options_(options),
      clock_(clock),
      cancel_(cancel),
      begin_(clock.now()),
      interval_(std::min(options.interval, longest)),
      lastSeen_(begin_) {
    requirePositive("interval", options.interval);
    if (options.timeout) requirePositive("timeout", *options.timeout);
}

ExecutionDetail ExecutionWait::run() {
    while (true) {
        if (cancel_.isCancelled()) throw Cancelled(ErrorContext{looks_});
        if (std::optional<ExecutionDetail> detail = look()) {
            takeNote(*detail);
            if (detail->status.isTerminal()) return std::move(*detail);
        }
        sleep();
    }
}

std::optional<ExecutionDetail> ExecutionWait::look() {
    atLeast_ = milliseconds(0);
    ++looks_;
    try {
        return source_.fetch(timeLeft());
    } catch (const ApiError& error) {
        if (!isOutage(error)) throw;
        atLeast_ = error.retryAfter().value_or(milliseconds(0));
        bear(error);
    } catch (const TransportError& error) {
        if (!isOutage(error)) throw;
        bear(error);
    }
    return std::nullopt;
}

bool ExecutionWait::isOutage(const Error& error) const {
    const auto* lost = dynamic_cast<const TransportError*>(&error);
    if (lost == nullptr) return error.isTransient();
    // That a look took too long, or found no room in the client's pace, says nothing of the next one. And a name that could
    // be resolved before is not misspelt.
    return lost->isTransient() || lost->kind() == TransportError::Kind::timeout ||
           (lost->kind() == TransportError::Kind::resolve && seen_);
}

/// Called while `error` is being handled: throws it on if it has lasted for too long.
void ExecutionWait::bear(const Error& error) {
    lastError_ = error.what();
    if (!options_.timeout && clock_.now() - lastSeen_ >= longestOutage) throw;
}

void ExecutionWait::takeNote(const ExecutionDetail& detail) {
    lastSeen_ = clock_.now();
    lastError_.clear();
    RunState state(detail);
    if (seen_ && *seen_ == state) return;
    seen_ = std::move(state);
    interval_ = milliseconds(0);
    const ExecutionNode* const node = nodeAtWork(detail);
    nodeName_ = node == nullptr ? std::string() : (node->name.empty() ? node->id : node->name);
    if (options_.observer != nullptr) {
        options_.observer->onProgress({detail.status, detail.completionPercentage, node, detail});
    }
}

void ExecutionWait::sleep() {
    const milliseconds first = std::min(options_.interval, longest);
    const milliseconds largest = std::max(first, std::min(options_.maxInterval, longest));
    // News has set it to 0. What does not grow for being tiny grows by 1 ms.
    interval_ = interval_ < first ? first : interval_;
    milliseconds wait = std::max(interval_, std::min(atLeast_, longest));
    interval_ = std::min(largest, std::max(interval_ * 3 / 2, interval_ + milliseconds(1)));

    const std::optional<milliseconds> left = timeLeft();
    if (left && wait >= *left) {
        const milliseconds spare = std::min(first, lastLook);
        const bool oneMore = *left > spare && atLeast_ < *left - spare;
        wait = oneMore ? *left - spare : *left;
    }
    if (!clock_.sleepUntil(clock_.now() + wait, cancel_)) throw Cancelled(ErrorContext{looks_});
    const std::optional<milliseconds> rest = timeLeft();
    if (rest && rest->count() <= 0) giveUp();
}

std::optional<milliseconds> ExecutionWait::timeLeft() const {
    if (!options_.timeout) return std::nullopt;
    return std::chrono::ceil<milliseconds>(begin_ + std::min(*options_.timeout, longest) - clock_.now());
}

void ExecutionWait::giveUp() const {
    std::string text = "the run " + printable(id_) + " has not ended within the " + inSeconds(*options_.timeout) +
                       " that it was waited for; ";
    if (seen_) {
        text += "it was " + (seen_->status.empty() ? "without a status" : printable(seen_->status.value()));
        if (seen_->percentage) text += " at " + std::to_string(std::lround(*seen_->percentage)) + " %";
        if (!nodeName_.empty()) text += ", in node " + printable(nodeName_) + ",";
        text += " when last seen";
    } else {
        text += "it was never seen";
    }
    if (!lastError_.empty()) text += "; the last look failed: " + lastError_;
    ErrorContext context;
    context.attempts = looks_;
    context.transient = false;
    context.outcomeUnknown = false;
    throw TransportError(TransportError::Kind::timeout, text, context);
}

}  // namespace refold::internal
