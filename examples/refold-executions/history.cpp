#include "history.hpp"

#include "time_text.hpp"

namespace cli {

bool isOutsideOf(const refold::ExecutionQuery& query, const refold::Execution& run) noexcept {
    if (!run.createdAt) return false;
    return (query.startDate && *run.createdAt < *query.startDate) || (query.endDate && *run.createdAt > *query.endDate);
}

std::string periodText(const History& history) {
    const std::string end = minuteText(history.to) + " UTC";
    return history.from ? minuteText(*history.from) + " to " + end : "up to " + end;
}

}  // namespace cli
