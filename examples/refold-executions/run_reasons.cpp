#include "run_reasons.hpp"

#include "detail_reader.hpp"

#include <optional>
#include <string>

namespace cli {

std::vector<FailureReason> readReasons(const refold::Client& client, const std::vector<refold::Execution>& runs,
                                       const refold::CallOptions& call, const std::function<void(std::size_t)>& onRead,
                                       ReasonsOf which) {
    std::vector<std::string> ids;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool isWanted = which == ReasonsOf::allRuns || runs[i].status.isFailure();
        if (!isWanted || runs[i].id.empty()) continue;
        ids.push_back(runs[i].id);
        places.push_back(i);
    }
    const auto details = readDetails(client, ids, call, onRead);
    std::vector<FailureReason> reasons(runs.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        FailureReason& reason = reasons[places[i]];
        if (details[i].run) reason = failureReasonOf(*details[i].run);
        if (!details[i].error.empty()) reason.message = "its detail cannot be read: " + details[i].error;
    }
    return reasons;
}

}  // namespace cli
