// Takes signs and colours from status_style.cpp, so that a status has the same sign everywhere.
#include "run_outcome.hpp"

#include "status_style.hpp"

#include <cmath>
#include <cstdio>
#include <numeric>

namespace cli {
namespace {

/// A typical status of the outcome.
refold::ExecutionStatus typicalStatus(RunOutcome outcome) {
    switch (outcome) {
        case RunOutcome::completed:
            return refold::ExecutionStatus::Completed;
        case RunOutcome::failed:
            return refold::ExecutionStatus::Failed;
        case RunOutcome::running:
            return refold::ExecutionStatus::Running;
        case RunOutcome::stopped:
            return refold::ExecutionStatus::Stopped;
        case RunOutcome::other:
            break;
    }
    return {};
}

}  // namespace

RunOutcome runOutcomeOf(const refold::ExecutionStatus& status) noexcept {
    if (status == refold::ExecutionStatus::Completed) return RunOutcome::completed;
    if (status.isFailure()) return RunOutcome::failed;
    if (status == refold::ExecutionStatus::Running || status == refold::ExecutionStatus::Queued) {
        return RunOutcome::running;
    }
    if (status == refold::ExecutionStatus::Stopped || status == refold::ExecutionStatus::Stopping) {
        return RunOutcome::stopped;
    }
    return RunOutcome::other;
}

std::string_view nameOf(RunOutcome outcome) noexcept {
    constexpr std::array<std::string_view, runOutcomeCount> names = {"completed", "failed", "running", "stopped",
                                                                     "other"};
    return names[static_cast<std::size_t>(outcome)];
}

std::string_view signOf(RunOutcome outcome, Charset charset) {
    return styleOf(typicalStatus(outcome), charset).sign;
}

Colour colourOf(RunOutcome outcome) {
    return styleOf(typicalStatus(outcome), Charset::ascii).colour;
}

void OutcomeCounts::add(const refold::ExecutionStatus& status, bool ended) noexcept {
    const auto outcome = static_cast<std::size_t>(runOutcomeOf(status));
    ++counts_[outcome];
    if (ended) ++ended_[outcome];
}

void OutcomeCounts::add(const OutcomeCounts& others) noexcept {
    for (std::size_t i = 0; i < runOutcomeCount; ++i) {
        counts_[i] += others.counts_[i];
        ended_[i] += others.ended_[i];
    }
}

std::int64_t OutcomeCounts::total() const noexcept {
    return std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0});
}

std::int64_t OutcomeCounts::ended() const noexcept {
    return std::accumulate(ended_.begin(), ended_.end(), std::int64_t{0});
}

std::optional<double> OutcomeCounts::shareOf(RunOutcome outcome) const noexcept {
    if (ended() == 0) return {};
    return static_cast<double>(ended_[static_cast<std::size_t>(outcome)]) / static_cast<double>(ended());
}

double shownPercent(double share) noexcept {
    return std::round(share * 1000) / 10;
}

std::string percentText(std::optional<double> share) {
    if (!share) return "-";
    const double percent = *share * 100;
    if (percent <= 0) return "0%";
    if (percent >= 100) return "100%";
    if (percent < 0.05) return "<0.1%";
    if (percent >= 99.95) return ">99.9%";
    char text[16];
    std::snprintf(text, sizeof text, "%.1f%%", shownPercent(*share));
    return text;
}

}  // namespace cli
