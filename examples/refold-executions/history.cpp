#include "history.hpp"

#include "time_text.hpp"

#include <chrono>

namespace cli {

namespace {

constexpr std::chrono::hours retention{30 * 24};

}  // namespace

bool isOutsideOf(const refold::ExecutionQuery& query, const refold::Execution& run) noexcept {
    if (!run.createdAt) return false;
    return (query.startDate && *run.createdAt < *query.startDate) || (query.endDate && *run.createdAt > *query.endDate);
}

bool reachesBeyondRetention(const History& history) noexcept {
    return !history.from || *history.from < history.readAt - retention;
}

std::string retentionNote(const History& history) {
    if (!history.previous || !reachesBeyondRetention(*history.previous)) return {};
    const bool isGone = history.previous->to < history.readAt - retention;
    return std::string(isGone ? "all" : "part") +
           " of the period before is older than 30 days, and the service keeps runs for 30 days: some may be missing";
}

std::string periodText(const History& history) {
    const std::string end = minuteText(history.to) + " UTC";
    return history.from ? minuteText(*history.from) + " to " + end : "up to " + end;
}

}  // namespace cli
